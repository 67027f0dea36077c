// The questions of the console page, each handed to the service.
import { ConsoleDecision, ConsolePicturesAsked } from '@sidemark/core/contract';
import { z } from 'zod';
import type { ConsoleService } from './console.service.ts';
import { bytes, get, post, type Route } from './server/route.ts';

const nothing = z.strictObject({});

export function consoleRoutes(service: ConsoleService): readonly Route[] {
  return [
    get('overview', () => service.overview()),
    get('jobs/:job', (job = '') => service.job(job)),
    post('jobs/:job/decision', ConsoleDecision, (decision, job = '') => service.decide(job, decision)),
    get('jobs/:job/distribution', (job = '') => service.distribution(job)),
    get('jobs/:job/pictures', (job = '') => service.pictures(job)),
    post('jobs/:job/pictures', ConsolePicturesAsked, ({ rows }, job = '') => service.draw(job, rows)),
    bytes('jobs/:job/pictures/:file', async (job = '', file = '') => ({
      type: 'image/png',
      bytes: await service.picture(job, file),
    })),
    get('egress', () => service.egress()),
    get('egress/left/:sequence', (sequence = '') => service.left(sequence)),
    get('egress/waiting/:sequence', (sequence = '') => service.waiting(sequence)),
    get('datasets', () => service.datasets()),
    post('datasets/:study/check', nothing, (_body, study = '') => service.checkDataset(study)),
    get('log', () => service.log()),
    get('doctor', () => service.doctor()),
  ];
}
