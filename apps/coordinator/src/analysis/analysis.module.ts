import { Module } from '@nestjs/common';
import { ModelsModule } from '../models/models.module.ts';
import { ProtocolsModule } from '../protocols/protocols.module.ts';
import { ReportsModule } from '../reports/reports.module.ts';
import { RunsModule } from '../runs/runs.module.ts';
import { SitesModule } from '../sites/sites.module.ts';
import { AnalysisController } from './analysis.controller.ts';
import { AnalysisService } from './analysis.service.ts';
import { DistributionController } from './distribution.controller.ts';
import { DistributionService } from './distribution.service.ts';

@Module({
  imports: [ModelsModule, ProtocolsModule, ReportsModule, RunsModule, SitesModule],
  controllers: [AnalysisController, DistributionController],
  providers: [AnalysisService, DistributionService],
  exports: [AnalysisService],
})
export class AnalysisModule {}
