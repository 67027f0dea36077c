// The one Socket.IO door. A socket can do nothing until its key has answered the challenge; then it gets offers, and
// may say how far a job is.
import { Inject, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type OnGatewayConnection, WebSocketGateway } from '@nestjs/websockets';
import {
  type CoordinatorEvents,
  JobProgress,
  type SiteEvents,
  socketPath,
  readWith,
} from '@sidemark/core/contract';
import type { Socket } from 'socket.io';
import { CallerLimits } from '../auth/caller-limits.ts';
import type { SiteIdentity } from '../auth/site-identity.ts';
import { callerAddress } from '../platform/http/caller-address.ts';
import { asDomainError, problemOf } from '../platform/http/problem.ts';
import { Random } from '../platform/random.ts';
import { AdmissionService, type Admitted } from './admission.service.ts';
import { ChannelService } from './channel.service.ts';
import { Presence, type SiteLink } from './presence.ts';
import { errorFields } from '../platform/json-log.ts';

type SiteSocket = Socket<SiteEvents, CoordinatorEvents>;

const answerMs = 10_000;
/** a living agent answers in less, also on a slow line */
const probeMs = 3000;
/** Time for the refusal to arrive: a socket closed in the tick it opened keeps both ends waiting for 30 seconds. */
const farewellMs = 100;

@WebSocketGateway({
  path: socketPath,
  transports: ['websocket', 'polling'],
  maxHttpBufferSize: 64 * 1024,
  serveClient: false,
})
export class SiteGateway implements OnGatewayConnection<SiteSocket> {
  private readonly logger = new Logger('link');

  constructor(
    @Inject(AdmissionService) private readonly admission: AdmissionService,
    @Inject(ChannelService) private readonly channel: ChannelService,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(CallerLimits) private readonly limits: CallerLimits,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(Random) private readonly random: Random,
  ) {}

  async handleConnection(socket: SiteSocket): Promise<void> {
    try {
      this.limits.opening(callerAddress(this.host.httpAdapter.getInstance(), socket.request));
      const admitted = await this.admission.admit(socket.handshake.auth, (challenge) =>
        socket.timeout(answerMs).emitWithAck('link:challenge', challenge),
      );
      if (socket.connected) await this.welcome(socket, admitted);
    } catch (error) {
      this.refuse(socket, error);
    }
  }

  private async welcome(socket: SiteSocket, { site, ready }: Admitted): Promise<void> {
    const link: SiteLink = {
      offer: (envelope) => socket.emit('job:offer', envelope),
      cancel: (job) => socket.emit('job:cancel', { job }),
      answers: () =>
        socket
          .timeout(probeMs)
          .emitWithAck('link:probe')
          .then(
            () => true,
            () => false,
          ),
      close: () => socket.disconnect(true),
    };
    socket.on('disconnect', () => this.presence.leave(site.siteId, link));
    socket.on('job:progress', (progress: unknown) => void this.heard(site, progress));
    this.presence.arrive(site.siteId, link);
    await this.admission.confirm(site).catch((error: unknown) => {
      this.presence.leave(site.siteId, link);
      throw error;
    });
    socket.emit('link:ready', ready);
    await this.channel.siteIsReady(site);
  }

  private async heard(site: SiteIdentity, progress: unknown): Promise<void> {
    const parsed = readWith(JobProgress, progress);
    if (parsed.success) await this.channel.siteProgressed(site, parsed.data);
  }

  private refuse(socket: SiteSocket, error: unknown): void {
    const refusal = asDomainError(error);
    const requestId = this.random.uuid();
    if (refusal.code === 'internal')
      this.logger.error({ event: 'internal', requestId, ...errorFields(refusal.cause) });
    socket.emit('link:refused', problemOf(refusal, requestId));
    setTimeout(() => socket.disconnect(true), farewellMs).unref();
  }
}
