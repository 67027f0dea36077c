// The address that kits and hellos name: the configured one, or the one the coordinator listens on.
import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '../../config.ts';

@Injectable()
export class PublicAddress {
  private listening: string | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Told once, when the port is known. */
  listensOn(url: string): void {
    this.listening = url;
  }

  get url(): string {
    const url = this.config.publicUrl ?? this.listening;
    if (url === undefined) throw new Error('the coordinator does not listen yet');
    return url;
  }
}
