// `npm run bench [verification|agents|reports|phantom|statistics|dicom|dashboard]`: measures on this machine, as it is now, one table.
import { cpus, loadavg } from 'node:os';
import { table } from '@sidemark/terminal';
import { benchAgents } from './agents.ts';
import { benchDashboard } from './dashboard.ts';
import { benchDicom } from './dicom.ts';
import type { Line } from './line.ts';
import { benchPhantom } from './phantom.ts';
import { benchReports } from './reports.ts';
import { benchStatistics } from './statistics.ts';
import { benchVerification } from './verification.ts';

const benches: Readonly<Record<string, () => Line[] | Promise<Line[]>>> = {
  verification: benchVerification,
  reports: benchReports,
  agents: benchAgents,
  phantom: benchPhantom,
  statistics: benchStatistics,
  dicom: benchDicom,
  dashboard: benchDashboard,
};

const load = (): string =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(', ');

const wanted = process.argv.slice(2);
const names = wanted.length > 0 ? wanted : Object.keys(benches);
const lines: Line[] = [];
console.log(
  `${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} cores, Node ${process.version}, load ${load()}`,
);
for (const name of names) {
  const bench = benches[name];
  if (bench === undefined) throw new RangeError(`no bench ${name}: ${Object.keys(benches).join(', ')}`);
  const measured = await bench();
  lines.push(...measured);
  console.log(`${name} done, load ${load()}`);
}
const rows = lines.map(({ what, measured, reference, ratio, limit }) => [
  what,
  measured,
  reference,
  ratio,
  limit,
]);
console.log(table(['what', 'measured', 'reference in the same run', 'ratio', 'what limits it'], rows));
