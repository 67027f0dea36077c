// SIGKILL or a cut network at every named step of a job: nothing is lost, nothing is doubled, and the result digest is the same.
// `npm run test:kill` runs every point and prints the table; `npm test` runs the short form.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { table } from '@sidemark/terminal';
import { killPoints } from './kill-points.ts';
import { Stage } from './stage.ts';

const patience = 300_000;
const points =
  process.env['SIDEMARK_KILL'] === 'all' ? killPoints : killPoints.filter(({ short }) => short === true);
const rows: string[][] = [];
let stage: Stage;
let undisturbed: string;

beforeAll(async () => {
  stage = await Stage.set();
  const { reports } = await stage.perform();
  undisturbed = reports[0]?.resultDigest ?? '';
}, patience);

afterAll(async () => {
  process.stdout.write(
    `${table(['struck', 'at', 'reports', 'lost', 'doubled', 'result digest', 'audit log', 'seconds to the receipt'], rows)}\n`,
  );
  await stage.clear();
}, patience);

describe('a job whose processes are killed and whose network is cut', () => {
  it.each(points.map((point) => [point.victim, point.step, point] as const))(
    '%s at: %s',
    async (victim, step, point) => {
      const { run, reports, seconds } = await stage.perform(point);
      const accepted = reports.filter((report) => report.state === 'accepted');
      const same = accepted[0]?.resultDigest === undisturbed;
      const [lost, doubled] = [Math.max(0, 1 - accepted.length), Math.max(0, reports.length - 1)];
      const holds = await stage.auditHolds();
      rows.push([
        ...[victim, step, `${reports.length}`, `${lost}`, `${doubled}`],
        ...[same ? 'same' : 'DIFFERENT', holds ? 'holds' : 'BROKEN', seconds.toFixed(1)],
      ]);
      expect(run.jobs.map((job) => job.state)).toEqual(['reported']);
      expect({ lost, doubled, same }).toEqual({ lost: 0, doubled: 0, same: true });
      expect(undisturbed).toMatch(/^[0-9a-f]{64}$/);
      expect(holds).toBe(true);
    },
    patience,
  );
});
