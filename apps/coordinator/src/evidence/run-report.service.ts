// The report of a run for people: made of its evidence, by the same code as `sidemark report make`, so by the same bytes.
import { Inject, Injectable } from '@nestjs/common';
import { htmlReport, runDocument } from '@sidemark/run-report';
import { EvidenceService } from './evidence.service.ts';

@Injectable()
export class RunReportService {
  constructor(@Inject(EvidenceService) private readonly evidence: EvidenceService) {}

  /** @throws DomainError `not-found` */
  async pdf(run: string): Promise<Uint8Array> {
    // loaded when it is first asked for: a coordinator starts without it
    const { pdfReport } = await import('@sidemark/run-report/pdf');
    return pdfReport(runDocument(await this.evidence.bundle(run)));
  }

  /** UTF-8. @throws DomainError `not-found` */
  async html(run: string): Promise<Uint8Array> {
    return Buffer.from(htmlReport(runDocument(await this.evidence.bundle(run))));
  }
}
