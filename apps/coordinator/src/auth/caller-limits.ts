// How often one caller may knock where nobody is asked for a key, and how often it may present a wrong one.
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { isDomainError } from '@sidemark/core/errors';
import { type Config, CONFIG } from '../config.ts';
import { Clock } from '../platform/clock.ts';
import { callerOf, RateLimit } from '../platform/http/rate-limit.ts';

/** What a wrong secret is answered with. */
const wrong: ReadonlySet<string> = new Set(['unauthenticated', 'sign-in-refused', 'one-time-link-invalid']);

@Injectable()
export class CallerLimits {
  private readonly enrolments: RateLimit;
  private readonly failures: RateLimit;
  private readonly openings: RateLimit;

  constructor(@Inject(CONFIG) config: Config, @Inject(Clock) clock: Clock) {
    const now = (): number => clock.now().getTime();
    this.enrolments = new RateLimit(config.enrolmentsPerMinute, now);
    this.failures = new RateLimit(config.authFailuresPerMinute, now);
    this.openings = new RateLimit(config.linkOpeningsPerMinute, now);
  }

  /** One request to an open route of enrolment. @throws DomainError `rate-limited` */
  enrolment(address: string | undefined): void {
    this.enrolments.take(callerOf(address));
  }

  /** One opening of the link: before it has proved itself it costs a look-up and a signature. @throws DomainError `rate-limited` */
  opening(address: string | undefined): void {
    this.openings.take(callerOf(address));
  }

  /**
   * An administrator's credential. Only wrong ones count, and none at all is not wrong (a browser starts so); beyond the limit none is looked at, so that guessing learns
   * nothing and costs the database nothing.
   * @throws DomainError `rate-limited`, and what `authenticate` throws.
   */
  async guessing(
    { ip, headers }: Pick<Request, 'ip' | 'headers'>,
    authenticate: (header: string | undefined) => Promise<void>,
  ): Promise<void> {
    const { authorization } = headers;
    await this.attempt(ip, () => authenticate(authorization), authorization !== undefined);
  }

  /**
   * Work that looks at a secret somebody presents: a token, a password, a one-time link.
   * @param isGuess false: nothing was presented
   * @throws DomainError `rate-limited`, and what the work throws.
   */
  async attempt<T>(address: string | undefined, work: () => Promise<T>, isGuess = true): Promise<T> {
    const caller = callerOf(address);
    this.failures.assertLeft(caller);
    return work().catch((error: unknown) => {
      if (isGuess && isDomainError(error) && wrong.has(error.code)) this.failures.count(caller);
      throw error;
    });
  }
}
