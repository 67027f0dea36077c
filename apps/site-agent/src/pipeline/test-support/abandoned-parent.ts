// A parent that starts an inference child, says its process id, and waits to be killed.
import { WorkerPool } from '../../inference/worker-pool.ts';
import { localClassifier } from './tiny-models.ts';
import { temporaryFolder } from './tiny-study.ts';

const model = await localClassifier(await temporaryFolder());
const pool = new WorkerPool({ size: 1, start: { kind: 'canaries' } });
function* endless() {
  for (let index = 0; ; index++) yield { index, message: { canaries: model } };
}
let told = false;
await pool.run(endless(), () => {
  if (told) return;
  told = true;
  process.stdout.write(`${pool.pids.join(' ')}\n`);
});
