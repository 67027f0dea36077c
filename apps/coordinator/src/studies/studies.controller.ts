import { Body, Controller, Inject } from '@nestjs/common';
import { CreateStudy, type Study } from '@sidemark/core/contract';
import type { z } from 'zod';
import { ApiRoute } from '../platform/http/api-route.ts';
import { ZodPipe } from '../platform/http/zod.pipe.ts';
import { StudiesService } from './studies.service.ts';

@Controller()
export class StudiesController {
  constructor(@Inject(StudiesService) private readonly studies: StudiesService) {}

  @ApiRoute('createStudy')
  create(@Body(new ZodPipe(CreateStudy)) body: z.infer<typeof CreateStudy>): Promise<Study> {
    return this.studies.create(body);
  }

  @ApiRoute('listStudies')
  list(): Promise<Study[]> {
    return this.studies.list();
  }
}
