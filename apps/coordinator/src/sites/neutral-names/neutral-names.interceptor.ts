// Before an answer goes to a reader: where a study hides its sites' names, labels stand in their place. Here and not in
// the pages, so that no way of asking gives the names away.
import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common';
import { mergeMap, type Observable } from 'rxjs';
import { Database } from '../../platform/database/database.ts';
import { actingAccount } from '../../platform/http/acting.ts';
import { hiddenSites } from './hidden-sites.repository.ts';
import { labelled, withNeutralNames } from './neutral-names.ts';

@Injectable()
export class NeutralNamesInterceptor implements NestInterceptor {
  constructor(@Inject(Database) private readonly database: Database) {}

  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (actingAccount()?.role !== 'reader') return next.handle();
    return next.handle().pipe(mergeMap((answer) => this.neutral(answer)));
  }

  private async neutral(answer: unknown): Promise<unknown> {
    if (answer instanceof StreamableFile) return answer;
    const hidden = labelled(await this.database.read(hiddenSites));
    return hidden.length === 0 ? answer : withNeutralNames(answer, hidden);
  }
}
