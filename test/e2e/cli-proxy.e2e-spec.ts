// The command line behind a proxy: through it where the environment says so, past it where that says so, in words where
// the proxy is of no use.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ConnectProxy } from '../../apps/site-agent/src/link/proxies.sample.ts';
import { type RunningCoordinator, startCoordinator } from '../support/coordinator.ts';

const sidemark = join(import.meta.dirname, '../../apps/cli/bin/sidemark.mjs');
const run = promisify(execFile);
let coordinator: RunningCoordinator;
let proxy: ConnectProxy;
beforeAll(async () => {
  // this machine, by an address that is not one of loopback
  coordinator = await startCoordinator({ env: { SIDEMARK_HOST: '0.0.0.0' } });
  proxy = await new ConnectProxy().start();
});
afterAll(async () => {
  proxy.stop();
  await coordinator.close();
});

async function listStudies(env: Record<string, string>, url = coordinator.url): Promise<string> {
  const settings = { SIDEMARK_URL: url, SIDEMARK_TOKEN: coordinator.adminToken, NODE_OPTIONS: '', ...env };
  const { stdout } = await run(process.execPath, [sidemark, 'study', 'list', '--json'], {
    env: { PATH: process.env['PATH'], ...settings },
  });
  return stdout;
}

it.each<[string, () => Record<string, string>, boolean]>([
  ['through HTTP_PROXY', () => ({ HTTP_PROXY: `http://${proxy.host}` }), true],
  ['through http_proxy without a scheme', () => ({ http_proxy: proxy.host }), true],
  ['past it with NO_PROXY', () => ({ HTTP_PROXY: `http://${proxy.host}`, NO_PROXY: '0.0.0.0' }), false],
  ['straight out where only HTTPS_PROXY is set', () => ({ HTTPS_PROXY: `http://${proxy.host}` }), false],
])('goes %s', async (_what, env, isTunnelled) => {
  const before = proxy.tunnels.length;
  expect(JSON.parse(await listStudies(env()))).toEqual([]);
  const tunnels = proxy.tunnels.slice(before);
  expect(new Set(tunnels)).toEqual(new Set(isTunnelled ? [new URL(coordinator.url).host] : []));
  expect(proxy.plain).toEqual([]);
});

it('never uses a proxy for this machine', async () => {
  const url = coordinator.url.replace('0.0.0.0', '127.0.0.1');
  expect(JSON.parse(await listStudies({ HTTP_PROXY: 'http://127.0.0.1:9' }, url))).toEqual([]);
});

it('says what is wrong with a proxy', async () => {
  await expect(listStudies({ HTTP_PROXY: 'http://127.0.0.1:9' })).rejects.toThrow(/coordinator-unreachable/);
  await expect(listStudies({ HTTP_PROXY: 'socks5://127.0.0.1:9' })).rejects.toThrow(
    /HTTP_PROXY cannot be used/,
  );
});
