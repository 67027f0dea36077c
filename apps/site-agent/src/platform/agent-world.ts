// What the agent does not make itself: its configuration, its directory, time, chance, and who listens.
import type { AgentConfig } from '../config.ts';
import type { PassphraseSource } from '../identity/passphrase.ts';
import type { Clock } from './clock.ts';
import type { DataDirectory } from './disk/data-directory.ts';
import type { Log } from './log.ts';
import type { Narrator } from './narrator.ts';
import type { Random } from './random.ts';
import type { FilmTime } from './stopwatch.ts';

/** Abstract, so that it can be a token of Nest. */
export abstract class AgentWorld {
  abstract readonly config: AgentConfig;
  abstract readonly directory: DataDirectory;
  abstract readonly clock: Clock;
  abstract readonly random: Random;
  abstract readonly log: Log;
  abstract readonly narrator: Narrator;
  /** hears of each film that is done; absent: nobody measures */
  abstract readonly onFilm?: (outcome: string, took: FilmTime) => void;
  /** opens the site key where it is locked; absent: nobody can be asked */
  abstract readonly passphrase?: PassphraseSource;
}
