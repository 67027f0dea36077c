import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { RunsModule } from '../runs/runs.module.ts';
import { AcceptanceService } from './acceptance/acceptance.service.ts';
import { ReceiptsService } from './receipts.service.ts';
import { ReportsController } from './reports.controller.ts';
import { ReportsService } from './reports.service.ts';

@Module({
  imports: [AuditModule, RunsModule],
  controllers: [ReportsController],
  providers: [ReportsService, AcceptanceService, ReceiptsService],
  exports: [ReportsService, ReceiptsService],
})
export class ReportsModule {}
