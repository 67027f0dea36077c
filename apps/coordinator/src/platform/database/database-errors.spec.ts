import { describe, expect, it } from '@jest/globals';
import { databaseError } from './database-errors.ts';

const prisma = (fields: object): Error =>
  Object.assign(new Error('failed'), { clientVersion: '7', ...fields });

describe('an error of the database', () => {
  it.each([
    [prisma({ code: 'P1001' })],
    [prisma({ code: 'P2028' })],
    [prisma({ cause: Object.assign(new Error('x'), { originalCode: '57P01' }) })],
    [prisma({ cause: new Error('timeout exceeded when trying to connect') })],
    [Object.assign(new Error('x'), { code: 'ECONNREFUSED', syscall: 'connect', port: 5432 })],
  ])('means the database is out of reach: %#', (error) => {
    expect(databaseError(error)?.code).toBe('database-unavailable');
  });

  it('means that the disk of the database is full', () => {
    const error = databaseError(prisma({ cause: Object.assign(new Error('x'), { originalCode: '53100' }) }));
    expect([error?.code, error?.failureClass]).toEqual(['disk-failed', 'transient']);
  });

  it('means that something exists already', () => {
    expect(databaseError(prisma({ code: 'P2002' }))?.code).toBe('already-exists');
  });

  it.each([
    [prisma({ code: 'P2025' })],
    [new Error('timeout exceeded when trying to connect')],
    ['text'],
    [undefined],
  ])('or nothing that a caller could act on: %#', (error) => {
    expect(databaseError(error)).toBeUndefined();
  });
});
