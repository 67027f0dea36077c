import { Controller, Inject, Param, StreamableFile } from '@nestjs/common';
import { Id, type RunBundle } from '@sidemark/core/contract';
import { ApiRoute } from '../platform/http/api-route.ts';
import { ZodPipe } from '../platform/http/zod.pipe.ts';
import { EvidenceService } from './evidence.service.ts';
import { RunReportService } from './run-report.service.ts';

@Controller()
export class EvidenceController {
  constructor(
    @Inject(EvidenceService) private readonly evidence: EvidenceService,
    @Inject(RunReportService) private readonly reports: RunReportService,
  ) {}

  @ApiRoute('exportBundle')
  bundle(@Param('id', new ZodPipe(Id)) run: string): Promise<RunBundle> {
    return this.evidence.bundle(run);
  }

  @ApiRoute('runReportPdf')
  async pdf(@Param('id', new ZodPipe(Id)) run: string): Promise<StreamableFile> {
    return file(await this.reports.pdf(run), 'application/pdf', `run-${run}.pdf`);
  }

  @ApiRoute('runReportHtml')
  async html(@Param('id', new ZodPipe(Id)) run: string): Promise<StreamableFile> {
    return file(await this.reports.html(run), 'text/html; charset=utf-8', `run-${run}.html`);
  }
}

/** To be saved: a browser shows neither within the coordinator's own pages. */
function file(bytes: Uint8Array, type: string, name: string): StreamableFile {
  return new StreamableFile(bytes, {
    type,
    disposition: `attachment; filename="${name}"`,
    length: bytes.length,
  });
}
