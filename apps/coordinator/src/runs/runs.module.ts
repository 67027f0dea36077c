import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { ChannelModule } from '../channel/channel.module.ts';
import { ModelsModule } from '../models/models.module.ts';
import { ProtocolsModule } from '../protocols/protocols.module.ts';
import { SitesModule } from '../sites/sites.module.ts';
import { StudiesModule } from '../studies/studies.module.ts';
import { DispatchService } from './jobs/dispatch.service.ts';
import { JobExportService } from './jobs/job-export.service.ts';
import { JobsController } from './jobs/jobs.controller.ts';
import { JobsService } from './jobs/jobs.service.ts';
import { OfferPress } from './jobs/offer-press.ts';
import { ProgressBoard } from './jobs/progress-board.ts';
import { RunEndService } from './run-end.service.ts';
import { RunRequirements } from './run-requirements.ts';
import { RunStartService } from './run-start.service.ts';
import { RunsController } from './runs.controller.ts';
import { RunsService } from './runs.service.ts';

@Module({
  imports: [AuditModule, ChannelModule, ModelsModule, ProtocolsModule, SitesModule, StudiesModule],
  controllers: [RunsController, JobsController],
  providers: [
    RunsService,
    RunStartService,
    RunEndService,
    RunRequirements,
    JobsService,
    JobExportService,
    DispatchService,
    OfferPress,
    ProgressBoard,
  ],
  exports: [RunsService, JobsService, ProgressBoard],
})
export class RunsModule {}
