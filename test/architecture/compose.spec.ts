// docker-compose.yml and Dockerfile name commands, options, variables, routes and files that exist in the code. No Docker
// engine takes part: what only an engine can tell (that the image builds, that it runs read-only) is not tested here.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const Service = z.looseObject({
  image: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  tmpfs: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});
const Compose = z.looseObject({
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.unknown()),
});

const compose = Compose.parse(parse(read('docker-compose.yml'), { merge: true }));
const services = Object.entries(compose.services);
const ours = services.filter(([, { image }]) => image === undefined);
const dockerfile = read('Dockerfile');

const helpOf = (words: readonly string[]): string =>
  execFileSync(process.execPath, ['apps/cli/bin/sidemark.mjs', ...words, '--help'], {
    cwd: root,
    encoding: 'utf8',
  });

describe('docker-compose.yml', () => {
  const helps = new Map<string, string>();
  beforeAll(() => {
    for (const [, { command = [] }] of ours) {
      const verb = command.slice(0, 2).join(' ');
      if (!helps.has(verb)) helps.set(verb, helpOf(command.slice(0, 2)));
    }
  });

  it.each(ours)('%s runs a command that exists, with options it has', (_name, { command = [] }) => {
    const help = helps.get(command.slice(0, 2).join(' ')) ?? '';
    expect(help).toMatch(new RegExp(`Usage:.* ${command.slice(0, 2).join(' ')}`));
    const options = command.filter((word) => word.startsWith('--'));
    expect(options.filter((option) => !help.includes(`${option} `))).toEqual([]);
  });

  it.each(ours)('%s sets only variables that a config.ts reads', (_name, { command = [], environment }) => {
    const app = command[0] === 'coordinator' ? 'coordinator' : 'site-agent';
    const config = read(`apps/${app}/src/config.ts`);
    expect(Object.keys(environment).filter((name) => !config.includes(`  ${name}:`))).toEqual([]);
  });

  it.each(ours)('%s can write to its volume and to /tmp, and to nothing else', (_name, service) => {
    expect(service.read_only).toBe(true);
    expect(service.tmpfs).toEqual(['/tmp']);
    expect(service.cap_drop).toEqual(['ALL']);
    const writable = service.volumes.filter((volume) => !volume.endsWith(':ro'));
    expect(writable.map((volume) => volume.split(':')[1])).toEqual(['/data']);
  });

  it.each(ours)('%s keeps its data where its volume is', (_name, { command = [], environment }) => {
    const named = command[command.indexOf('--data') + 1];
    expect(environment['SIDEMARK_DATA_DIR'] ?? named).toBe('/data');
  });

  it('gives every named volume a declaration, and declares no other', () => {
    const used = services.flatMap(([, { volumes }]) => volumes.map((volume) => volume.split(':')[0] ?? ''));
    const named = new Set(used.filter((name) => !name.startsWith('.')));
    expect([...named].sort()).toEqual(Object.keys(compose.volumes).sort());
  });

  it('asks the health route of the port that the coordinator listens on, and opens it to this machine only', () => {
    const { healthcheck, ports } = compose.services['coordinator'] ?? {};
    const asked = healthcheck?.test.join(' ') ?? '';
    const port = /SIDEMARK_PORT:.*default\((\d+)\)/.exec(read('apps/coordinator/src/config.ts'))?.[1] ?? '?';
    expect(asked).toContain(`http://127.0.0.1:${port}/api/health`);
    expect(read('libs/core/src/contract/routes/open-routes.ts')).toContain("path: '/api/health'");
    expect(ports).toEqual([`127.0.0.1:${port}:${port}`]);
  });

  it('comes with its own PostgreSQL, so that none is embedded in a read-only container', () => {
    expect(compose.services['coordinator']?.environment['DATABASE_URL']).toMatch(/@postgres:5432\//);
  });
});

describe('Dockerfile', () => {
  it('copies files that are there, and the package.json of every workspace', () => {
    const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, from = '']) => from.split(' '));
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, unknown> };
    const workspaces = Object.keys(lock.packages).filter((path) => path && !path.includes('node_modules'));
    expect(workspaces.filter((path) => !copied.includes(`${path}/package.json`))).toEqual([]);
  });

  it('starts a program that is there, as a user who is not root, on a Node that package.json allows', () => {
    const program = /^ENTRYPOINT \["node", "(.+)"\]$/m.exec(dockerfile)?.[1] ?? '?';
    expect(existsSync(join(root, program))).toBe(true);
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(Number(/^FROM node:(\d+)-/m.exec(dockerfile)?.[1])).toBeGreaterThanOrEqual(20);
  });
});
