import { Body, Controller, Inject, Param } from '@nestjs/common';
import { Id, type Run, StartRun } from '@sidemark/core/contract';
import { ApiRoute } from '../platform/http/api-route.ts';
import { ZodPipe } from '../platform/http/zod.pipe.ts';
import { RunEndService } from './run-end.service.ts';
import { RunStartService } from './run-start.service.ts';
import { RunsService } from './runs.service.ts';

@Controller()
export class RunsController {
  constructor(
    @Inject(RunsService) private readonly runs: RunsService,
    @Inject(RunStartService) private readonly starting: RunStartService,
    @Inject(RunEndService) private readonly ending: RunEndService,
  ) {}

  @ApiRoute('startRun')
  start(@Body(new ZodPipe(StartRun)) { protocol }: { protocol: string }): Promise<Run> {
    return this.starting.start(protocol);
  }

  @ApiRoute('listRuns')
  list(): Promise<Run[]> {
    return this.runs.list();
  }

  @ApiRoute('showRun')
  show(@Param('id', new ZodPipe(Id)) id: string): Promise<Run> {
    return this.runs.show(id);
  }

  @ApiRoute('cancelRun')
  cancel(@Param('id', new ZodPipe(Id)) id: string): Promise<Run> {
    return this.ending.end(id, 'cancel');
  }

  @ApiRoute('closeRun')
  close(@Param('id', new ZodPipe(Id)) id: string): Promise<Run> {
    return this.ending.end(id, 'close');
  }
}
