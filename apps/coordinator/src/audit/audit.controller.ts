import { Controller, Inject, Query } from '@nestjs/common';
import { z } from 'zod';
import type { AuditEntry, AuditVerdict } from '@sidemark/core/contract';
import { ApiRoute } from '../platform/http/api-route.ts';
import { ZodPipe } from '../platform/http/zod.pipe.ts';
import { AuditService } from './audit.service.ts';

const After = z.coerce.number().int().min(0).max(2_147_483_647).default(0);

@Controller()
export class AuditController {
  constructor(@Inject(AuditService) private readonly audit: AuditService) {}

  @ApiRoute('listAudit')
  list(@Query('after', new ZodPipe(After)) after: number): Promise<AuditEntry[]> {
    return this.audit.list(after);
  }

  @ApiRoute('verifyAudit')
  verify(): Promise<AuditVerdict> {
    return this.audit.verify();
  }
}
