import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Response } from 'express';
import { ProblemFilter } from './http/problem.filter.ts';
import { JsonLog } from './json-log.ts';
import { Random } from './random.ts';

const planted = 'MUSTERMANN^ERIKA';

function captured(act: () => void): Record<string, unknown>[] {
  const lines: string[] = [];
  Logger.overrideLogger(
    new JsonLog(
      (line) => lines.push(line),
      () => new Date(0),
    ),
  );
  act();
  return lines.map((line) => {
    expect(line.endsWith('\n') && !line.slice(0, -1).includes('\n')).toBe(true);
    return JSON.parse(line) as Record<string, unknown>;
  });
}

describe('the log of the coordinator', () => {
  it('is one JSON document a line, with time, level and context', () => {
    expect(captured(() => new Logger('link').warn({ event: 'cut', seconds: 3 }))).toEqual([
      { at: '1970-01-01T00:00:00.000Z', level: 'warn', context: 'link', event: 'cut', seconds: 3 },
    ]);
    expect(captured(() => new Logger('link').error('two\nlines'))).toMatchObject([{ message: 'two\nlines' }]);
  });

  it('says of an unexpected error what it is and where, and nothing that it quotes', () => {
    const response = {
      ...{ locals: {}, headersSent: true, destroy: () => undefined, hasHeader: () => true },
    } as unknown as Response;
    const failure = Object.assign(new TypeError(`cannot read ${planted}`), { code: 'ERR_STRANGE' });
    const lines = captured(() => new ProblemFilter(new Random()).answer(failure, response));
    expect(lines).toMatchObject([
      { level: 'error', context: 'problem', cause: 'TypeError', code: 'ERR_STRANGE' },
    ]);
    expect(JSON.stringify(lines)).not.toContain(planted);
    expect((lines[0]!['frames'] as string[])[0]).toMatch(/json-log\.spec/);
  });

  it('says nothing of a refusal that was expected', () => {
    expect(captured(() => new Logger('start').log(planted))).toEqual([]);
  });
});
