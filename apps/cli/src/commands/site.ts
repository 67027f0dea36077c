import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { CarriedEnrolment } from '@sidemark/core/contract';
import { table } from '@sidemark/terminal';
import { readCarried } from '../carried/carried-file.ts';
import { call } from '../coordinator.client.ts';
import { findSite, findStudy } from '../input/lookup.ts';
import { administratorVerb } from '../input/verb.ts';

function registerInvite(site: Command): void {
  administratorVerb<{ study: string; role?: string; hours?: string; out?: string }, [string]>(
    site,
    'invite <name>',
    'Invite a hospital: writes its startup kit',
    'sidemark site invite st-mary --study markers-2026 --out st-mary.kit.json',
    async ({ output, connection, options }, name) => {
      const study = await findStudy(connection, options.study);
      const body = {
        study: study.id,
        name,
        role: options.role ?? 'external',
        expiresInHours: Number(options.hours ?? 72),
      };
      const kit = await call(connection, 'inviteSite', { body });
      const file = options.out ?? `${name}.kit.json`;
      await writeFile(file, `${JSON.stringify(kit, null, 2)}\n`, { mode: 0o600 });
      output.result(
        { ...kit, token: undefined, file },
        `kit for ${name} written to ${file} (good until ${kit.expiresAt}, one use)\n` +
          `Send it to the hospital over a channel you trust; its IT runs: sidemark agent enrol ${file}`,
      );
    },
  )
    .requiredOption('--study <study>', 'study name or id')
    .option('--role <role>', 'internal (its data trained a classifier) or external', 'external')
    .option('--hours <n>', 'hours until the kit expires', '72')
    .option('--out <file>', 'where to write the kit');
}

function registerApprove(site: Command): void {
  administratorVerb<{ words: string }, [string]>(
    site,
    'approve <site>',
    'Approve a site after comparing its six words by telephone',
    'sidemark site approve st-mary --words "zoo able acid absent ice yard"',
    async ({ output, connection, options }, name) => {
      const site = await findSite(connection, name);
      const words = options.words.trim().split(/\s+/);
      const approved = await call(connection, 'approveSite', { params: { id: site.id }, body: { words } });
      output.result(approved, `${approved.name} is approved; its agent connects by itself`);
    },
  ).requiredOption('--words <six words>', 'as the hospital reads them to you');
}

function registerImport(site: Command): void {
  administratorVerb<object, [string]>(
    site,
    'import <file>',
    'Take in the enrolment of a site without a link, from the file it was carried in',
    'sidemark site import st-mary.enrolment',
    async ({ output, connection }, file) => {
      const body = await readCarried(file, CarriedEnrolment);
      const pending = await call(connection, 'importEnrolment', { body });
      output.result(
        pending,
        `site ${pending.site} asks for approval. The hospital must read you these six words by telephone:\n\n` +
          `  ${pending.words.join(' ')}\n\n` +
          'Then: sidemark site approve SITE --words "..."',
      );
    },
  );
}

export function registerSite(program: Command): void {
  const site = program.command('site').description('Hospitals of a study');
  registerInvite(site);
  registerApprove(site);
  registerImport(site);
  administratorVerb(site, 'list', 'List sites', 'sidemark site list', async ({ output, connection }) => {
    const sites = await call(connection, 'listSites');
    const rows = sites.map((s) => [
      s.name,
      s.role,
      s.state,
      s.online ? 'online' : '-',
      s.words?.join(' ') ?? '',
      s.id,
    ]);
    output.result(sites, table(['name', 'role', 'state', 'link', 'six words', 'id'], rows));
  });
  for (const [verb, route, done] of [
    ['suspend', 'suspendSite', 'is suspended'],
    ['resume', 'resumeSite', 'takes part again'],
    ['revoke', 'revokeSite', 'is revoked, with its key, for good'],
  ] as const) {
    administratorVerb<object, [string]>(
      site,
      `${verb} <site>`,
      `${verb[0]?.toUpperCase()}${verb.slice(1)} a site`,
      `sidemark site ${verb} st-mary`,
      async ({ output, connection }, name) => {
        const found = await findSite(connection, name);
        const changed = await call(connection, route, { params: { id: found.id } });
        output.result(changed, `${changed.name} ${done}`);
      },
    );
  }
}
