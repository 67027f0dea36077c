// Apart from the channel, so that sites can say who is on-line without knowing how.
import { Module } from '@nestjs/common';
import { Presence } from './presence.ts';

@Module({ providers: [{ provide: Presence, useFactory: () => new Presence() }], exports: [Presence] })
export class PresenceModule {}
