import { Body, Controller, Inject } from '@nestjs/common';
import {
  CarriedEnrolment,
  Enrolment,
  type EnrolmentPending,
  type LinkChallenge,
} from '@sidemark/core/contract';
import type { z } from 'zod';
import { ApiRoute } from '../../platform/http/api-route.ts';
import { ZodPipe } from '../../platform/http/zod.pipe.ts';
import { EnrolmentService } from './enrolment.service.ts';

@Controller()
export class EnrolmentController {
  constructor(@Inject(EnrolmentService) private readonly enrolment: EnrolmentService) {}

  @ApiRoute('enrolmentHello')
  hello(@Body() body: unknown): LinkChallenge {
    return this.enrolment.hello(body);
  }

  @ApiRoute('enrol')
  enrol(
    @Body(new ZodPipe(Enrolment)) body: z.infer<typeof Enrolment>,
  ): Promise<z.infer<typeof EnrolmentPending>> {
    return this.enrolment.enrol(body);
  }

  @ApiRoute('importEnrolment')
  carried(
    @Body(new ZodPipe(CarriedEnrolment)) body: CarriedEnrolment,
  ): Promise<z.infer<typeof EnrolmentPending>> {
    return this.enrolment.carried(body);
  }
}
