import { Module } from '@nestjs/common';
import { AnalysisModule } from '../analysis/analysis.module.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { ModelsModule } from '../models/models.module.ts';
import { ProtocolsModule } from '../protocols/protocols.module.ts';
import { ReportsModule } from '../reports/reports.module.ts';
import { RunsModule } from '../runs/runs.module.ts';
import { EvidenceController } from './evidence.controller.ts';
import { EvidenceService } from './evidence.service.ts';
import { RunReportService } from './run-report.service.ts';

@Module({
  imports: [AnalysisModule, AuditModule, ModelsModule, ProtocolsModule, ReportsModule, RunsModule],
  controllers: [EvidenceController],
  providers: [EvidenceService, RunReportService],
})
export class EvidenceModule {}
