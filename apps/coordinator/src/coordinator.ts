// From settings to a listening coordinator, and back to nothing: for main.ts and for the tests alike.
import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { AppModule } from './app.module.ts';
import { AdministratorsService } from './auth/administrators.service.ts';
import type { Config } from './config.ts';
import { readMetricsToken, serveMetrics } from './metrics/serve-metrics.ts';
import { serveDocuments } from './openapi/documents.ts';
import { DatabaseServer } from './platform/database/database-server.ts';
import { followActing } from './platform/http/acting.ts';
import { serveDashboard } from './platform/http/dashboard.ts';
import { openToTheNetwork, readTls } from './platform/http/network.ts';
import { JsonLog } from './platform/json-log.ts';
import { PublicAddress } from './platform/http/public-address.ts';
import { Random } from './platform/random.ts';

export interface Coordinator {
  readonly app: NestExpressApplication;
  /** where it listens */
  readonly url: string;
  /** only at first start */
  readonly firstToken: string | undefined;
  close(): Promise<void>;
}

function addressOf(app: NestExpressApplication, { host, tls }: Config): string {
  const { port } = app.getHttpServer().address() as AddressInfo;
  return `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function keepToken(config: Config, token: string): Promise<void> {
  if (config.adminTokenFile !== undefined)
    await writeFile(config.adminTokenFile, `${token}\n`, { mode: 0o600 });
}

/** Opens database, keys and doors. What it opened is closed again when a later step fails. */
export async function openCoordinator(config: Config): Promise<Coordinator> {
  const server = await DatabaseServer.open(config, new Random());
  try {
    return await openDoors(config, server);
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function openDoors(config: Config, server: DatabaseServer): Promise<Coordinator> {
  const httpsOptions = await readTls(config);
  const metricsToken = await readMetricsToken(config);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config, server), {
    logger: new JsonLog(),
    abortOnError: false,
    bodyParser: false,
    forceCloseConnections: true,
    ...(httpsOptions === undefined ? {} : { httpsOptions }),
  });
  try {
    openToTheNetwork(app, config);
    serveMetrics(app, metricsToken);
    serveDocuments(app);
    serveDashboard(app, config);
    app.useBodyParser('json', { limit: '1mb' });
    app.use(followActing);
    app.useWebSocketAdapter(new IoAdapter(app));
    await app.init();
    const firstToken = await app.get(AdministratorsService).firstToken((token) => keepToken(config, token));
    await app.listen(config.port, config.host);
    const url = addressOf(app, config);
    app.get(PublicAddress).listensOn(url);
    return { app, url, firstToken, close: () => app.close() };
  } catch (error) {
    await app.close();
    throw error;
  }
}
