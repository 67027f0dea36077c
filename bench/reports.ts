// Reports accepted per second, durably: PostgreSQL with fsync, over HTTP, each verified, judged, stored with its audit
// entry and answered with a signed receipt. Beside it, in turns: bare INSERTs of the same bytes on the same server.
import pg from 'pg';
import { BenchCoordinator, type Submission } from './coordinator.ts';
import { type Line, median, perSecond, round } from './line.ts';

const rounds = 5;
const perRound = 100;
/** requests under way at the same time, and connections of the bare INSERTs */
const lanes = 8;

async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<number> {
  const queue = [...items];
  const start = performance.now();
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return performance.now() - start;
}

export async function benchReports(): Promise<Line[]> {
  const coordinator = BenchCoordinator.start();
  const runs = ((rounds + 1) * perRound) / 2;
  const { url, databaseUrl, submissions } = await coordinator.ask({ ask: 'reports', runs });
  const pool = new pg.Pool({ connectionString: databaseUrl, max: lanes });
  try {
    const { rows } = await pool.query<{ fsync: string; commit: string }>(
      `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`,
    );
    await pool.query('CREATE TABLE bench_bytes (id bigserial PRIMARY KEY, body jsonb NOT NULL)');
    const submit = async ({ token, body }: Submission): Promise<void> => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const response = await fetch(`${url}/api/site/reports`, { method: 'POST', headers, body });
      if (!response.ok) throw new Error(await response.text());
      await response.arrayBuffer();
    };
    const insert = async ({ body }: Submission): Promise<void> =>
      void (await pool.query('INSERT INTO bench_bytes (body) VALUES ($1)', [body]));
    const [accepted, bare, cpu]: [number[], number[], number[]] = [[], [], []];
    for (let i = 0; i <= rounds; i += 1) {
      const batch = submissions.slice(i * perRound, (i + 1) * perRound);
      const before = await coordinator.ask({ ask: 'usage' });
      const ms = await inLanes(batch, submit);
      const after = await coordinator.ask({ ask: 'usage' });
      const bareMs = await inLanes(batch, insert);
      // the first round warms up
      if (i === 0) continue;
      accepted.push(perSecond(perRound, ms));
      bare.push(perSecond(perRound, bareMs));
      cpu.push((after.cpuMs - before.cpuMs) / ms);
    }
    const bytes = Buffer.byteLength(submissions[0]?.body ?? '');
    const settings = `fsync ${rows[0]?.fsync}, synchronous_commit ${rows[0]?.commit}`;
    const ratio = median(accepted.map((value, i) => value / bare[i]!));
    const share = median(cpu);
    return [
      {
        what: `reports of ${bytes} bytes accepted, ${lanes} at a time, ${settings}`,
        measured: `${round(median(accepted))} /s`,
        reference: `bare INSERTs of the same bytes: ${round(median(bare))} /s`,
        ratio: ratio.toFixed(3),
        limit:
          `${(share * 100).toFixed(0)} % of one core in the coordinator, ${round((share * 1000) / median(accepted))} ms each; ` +
          'acceptances queue for the one head of the audit chain',
      },
    ];
  } finally {
    await pool.end();
    await coordinator.close();
  }
}
