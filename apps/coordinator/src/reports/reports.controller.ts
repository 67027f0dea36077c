import { Body, Controller, Inject, Param } from '@nestjs/common';
import {
  type CarriedReceipt,
  CarriedReport,
  type Envelope,
  Id,
  payloadTypes,
  type ReportBundle,
  type ReportList,
  Sha256,
} from '@sidemark/core/contract';
import { FromSite, type SiteIdentity } from '../auth/site-identity.ts';
import { ApiRoute } from '../platform/http/api-route.ts';
import { ZodPipe } from '../platform/http/zod.pipe.ts';
import { AcceptanceService } from './acceptance/acceptance.service.ts';
import { QualificationAcceptanceService } from './qualifications/qualification-acceptance.service.ts';
import { ReportsService } from './reports.service.ts';

@Controller()
export class ReportsController {
  constructor(
    @Inject(ReportsService) private readonly reports: ReportsService,
    @Inject(AcceptanceService) private readonly acceptance: AcceptanceService,
    @Inject(QualificationAcceptanceService) private readonly answers: QualificationAcceptanceService,
  ) {}

  @ApiRoute('siteReport')
  submit(@FromSite() { siteId }: SiteIdentity, @Body() envelope: unknown): Promise<Envelope> {
    return this.acceptance.submit(siteId, envelope);
  }

  @ApiRoute('importReport')
  carried(@Body(new ZodPipe(CarriedReport)) body: CarriedReport): Promise<CarriedReceipt> {
    const { payloadType } = body.report;
    return payloadType === payloadTypes.qualification
      ? this.answers.carried(body)
      : this.acceptance.carried(body);
  }

  @ApiRoute('listReports')
  list(@Param('id', new ZodPipe(Id)) run: string): Promise<ReportList> {
    return this.reports.list(run);
  }

  @ApiRoute('showReport')
  show(@Param('digest', new ZodPipe(Sha256)) digest: string): Promise<ReportBundle> {
    return this.reports.bundle(digest);
  }
}
