// One of several processes that draw a site's films side by side; started by write-site.ts only.
import process from 'node:process';
import { type FilmsTask, writeFilms } from './write-films.ts';

process.once('message', (task: FilmsTask) => {
  void draw(task);
});

async function draw(task: FilmsTask): Promise<void> {
  for await (const written of writeFilms(task)) process.send?.(written);
  process.disconnect();
}
