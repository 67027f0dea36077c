import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { StudiesController } from './studies.controller.ts';
import { StudiesService } from './studies.service.ts';

@Module({
  imports: [AuditModule],
  controllers: [StudiesController],
  providers: [StudiesService],
  exports: [StudiesService],
})
export class StudiesModule {}
