import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { BlobStore } from './blobs/blob.store.ts';
import { ModelsController } from './models.controller.ts';
import { ModelsService } from './models.service.ts';
import { PacksController } from './packs/packs.controller.ts';
import { PacksService } from './packs/packs.service.ts';
import { SiteModelsController } from './handout/site-models.controller.ts';
import { SiteModelsService } from './handout/site-models.service.ts';

@Module({
  imports: [AuditModule],
  controllers: [ModelsController, SiteModelsController, PacksController],
  providers: [BlobStore, ModelsService, SiteModelsService, PacksService],
  exports: [ModelsService, PacksService],
})
export class ModelsModule {}
