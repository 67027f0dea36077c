import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { ModelsModule } from '../models/models.module.ts';
import { RunsModule } from '../runs/runs.module.ts';
import { AcceptanceService } from './acceptance/acceptance.service.ts';
import { StatementDesk } from './acceptance/statement-desk.service.ts';
import { QualificationAcceptanceService } from './qualifications/qualification-acceptance.service.ts';
import { QualificationsController } from './qualifications/qualifications.controller.ts';
import { QualificationsService } from './qualifications/qualifications.service.ts';
import { ReceiptsService } from './receipts.service.ts';
import { ReportsController } from './reports.controller.ts';
import { ReportsService } from './reports.service.ts';

@Module({
  imports: [AuditModule, ModelsModule, RunsModule],
  controllers: [ReportsController, QualificationsController],
  providers: [
    ...[ReportsService, StatementDesk, AcceptanceService, ReceiptsService],
    ...[QualificationsService, QualificationAcceptanceService],
  ],
  exports: [ReportsService, ReceiptsService, QualificationsService],
})
export class ReportsModule {}
