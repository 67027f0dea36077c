import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { ModelsModule } from '../models/models.module.ts';
import { StudiesModule } from '../studies/studies.module.ts';
import { DraftsService } from './drafts.service.ts';
import { ProtocolsController } from './protocols.controller.ts';
import { ProtocolsService } from './protocols.service.ts';

@Module({
  imports: [AuditModule, ModelsModule, StudiesModule],
  controllers: [ProtocolsController],
  providers: [ProtocolsService, DraftsService],
  exports: [ProtocolsService],
})
export class ProtocolsModule {}
