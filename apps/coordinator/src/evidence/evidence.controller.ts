import { Controller, Inject, Param } from '@nestjs/common';
import { Id, type RunBundle } from '@sidemark/core/contract';
import { ApiRoute } from '../platform/http/api-route.ts';
import { ZodPipe } from '../platform/http/zod.pipe.ts';
import { EvidenceService } from './evidence.service.ts';

@Controller()
export class EvidenceController {
  constructor(@Inject(EvidenceService) private readonly evidence: EvidenceService) {}

  @ApiRoute('exportBundle')
  bundle(@Param('id', new ZodPipe(Id)) run: string): Promise<RunBundle> {
    return this.evidence.bundle(run);
  }
}
