import { Controller, Inject, Param } from '@nestjs/common';
import { type Analysis, Id } from '@sidemark/core/contract';
import { ApiRoute } from '../platform/http/api-route.ts';
import { ZodPipe } from '../platform/http/zod.pipe.ts';
import { AnalysisService } from './analysis.service.ts';

@Controller()
export class AnalysisController {
  constructor(@Inject(AnalysisService) private readonly analysis: AnalysisService) {}

  @ApiRoute('analyseRun')
  analyse(@Param('id', new ZodPipe(Id)) run: string): Promise<Analysis> {
    return this.analysis.analyse(run);
  }
}
