import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { BlobStore } from './blobs/blob.store.ts';
import { ModelsController } from './models.controller.ts';
import { ModelsService } from './models.service.ts';
import { SiteModelsController } from './handout/site-models.controller.ts';
import { SiteModelsService } from './handout/site-models.service.ts';

@Module({
  imports: [AuditModule],
  controllers: [ModelsController, SiteModelsController],
  providers: [BlobStore, ModelsService, SiteModelsService],
  exports: [ModelsService],
})
export class ModelsModule {}
