// Passwords as argon2id hashes. Costs are those that OWASP's cheat sheet on password storage names first for argon2id
// (19 MiB, two passes, one lane).
import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@sidemark/core/errors';
import { Slots } from '../platform/database/slots.ts';

const costs = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** at the same time, each with its 19 MiB */
const hashesAtOnce = 4;
const leastDifferentSigns = 5;
const leastBeyondName = 8;

@Injectable()
export class Passwords {
  private readonly slots = new Slots(hashesAtOnce);
  private nobodys: Promise<string> | undefined;

  /** @param name of the account. @throws DomainError `password-weak` */
  async hash(password: string, name: string): Promise<string> {
    const plain = normal(password);
    const beyondName = plain.toLowerCase().replaceAll(name, '');
    const isWeak = beyondName.length < leastBeyondName || new Set(plain).size < leastDifferentSigns;
    if (isWeak) throw new DomainError('password-weak');
    return this.slots.run(() => hash(plain, costs));
  }

  /** @param stored null: there is none, which takes as long to find out as a wrong one. */
  async fits(stored: string | null, password: string): Promise<boolean> {
    const plain = normal(password);
    const compared = stored ?? (await (this.nobodys ??= hash('no account has this password', costs)));
    const isRight = await this.slots.run(() => verify(compared, plain));
    return isRight && stored !== null;
  }
}

/** However the keyboard wrote its accents. */
const normal = (password: string): string => password.normalize('NFKC');
