// What we ship may be given to a hospital: every production dependency names a licence that we know, none is GPL or AGPL.
import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

/** SPDX ids that a product may carry: permissive ones, and file-level copyleft (MPL, EPL). */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BSL-1.0',
  'CC0-1.0',
  'EPL-2.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Packages whose licence is none of these, each with its reason. */
const exceptions: readonly { readonly name: RegExp; readonly licence: string; readonly reason: string }[] = [
  {
    name: /^@img\/sharp-(libvips-[\w-]+|win32-[\w-]+|wasm32)$/,
    licence: 'LGPL-3.0-or-later',
    reason:
      'libvips as a shared library of its own inside the package: it can be replaced, and we do not change it',
  },
  {
    name: /^@expo-google-fonts\/source-sans-3$/,
    licence: 'MIT AND OFL-1.1',
    reason:
      'the face of run reports: the Open Font License lets it be embedded in documents and passed on within a product',
  },
  {
    name: /^dejavu-fonts-ttf$/,
    licence: 'SEE LICENSE IN README.md AND LICENSE',
    reason: 'the Bitstream Vera licence: free to use and pass on within a product, only not sold by itself',
  },
];

/** Packages that name no licence in package.json; the text of their licence file decides. */
const unnamed: Readonly<Record<string, string>> = {
  busboy: 'MIT',
  'png-js': 'MIT',
  streamsearch: 'MIT',
  'xmlhttprequest-ssl': 'MIT',
};

const mitGrant = /Permission is hereby granted, free of charge/;
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 13);

/** Licence of a package as it lies in node_modules, or as the lock file says where it is for another platform. */
function licenceOf(path: string, { license }: LockEntry): string | undefined {
  const file = join(root, path, 'package.json');
  if (!existsSync(file)) return license;
  const { license: named } = JSON.parse(readFileSync(file, 'utf8')) as { license?: unknown };
  if (typeof named === 'string') return named;
  const text = ['LICENSE', 'LICENSE.md', 'LICENCE'].map((name) => join(root, path, name)).find(existsSync);
  const claimed = unnamed[nameOf(path)];
  return text !== undefined && mitGrant.test(readFileSync(text, 'utf8')) ? claimed : undefined;
}

/** Every id of an `AND` must be allowed, of an `OR` one is enough. */
function isAllowed(expression: string, excepted?: string): boolean {
  const text = expression.replace(/^\((.*)\)$/, '$1');
  if (text === excepted) return true;
  if (/ or /i.test(text)) return text.split(/ or /i).some((part) => isAllowed(part, excepted));
  return text.split(/ and /i).every((id) => allowed.has(id) || id === excepted);
}

/** What is wrong with a dependency's licence, or undefined. */
function objection(name: string, licence: string | undefined): string | undefined {
  const excepted = exceptions.find((exception) => exception.name.test(name))?.licence;
  if (licence === undefined) return `${name}: names no licence`;
  return isAllowed(licence, excepted) ? undefined : `${name}: ${licence}`;
}

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockEntry>;
};
const shipped = Object.entries(lock.packages).filter(
  ([path, entry]) => path.includes('node_modules/') && entry.dev !== true && entry.link !== true,
);

describe('licences of production dependencies', () => {
  it('are all known, and none is GPL or AGPL', () => {
    expect(shipped.length).toBeGreaterThan(100);
    expect(shipped.flatMap(([path, entry]) => objection(nameOf(path), licenceOf(path, entry)) ?? [])).toEqual(
      [],
    );
  });

  it('need every exception that is made', () => {
    for (const { name, licence } of exceptions) {
      const users = shipped.filter(([path, entry]) => {
        const found = licenceOf(path, entry);
        return name.test(nameOf(path)) && found?.includes(licence);
      });
      expect(users.length).toBeGreaterThan(0);
    }
    const names = new Set(shipped.map(([path]) => nameOf(path)));
    expect(Object.keys(unnamed).filter((name) => !names.has(name))).toEqual([]);
  });

  it.each([
    ['GPL-3.0-only', 'left-pad'],
    ['AGPL-3.0-or-later', 'left-pad'],
    ['MIT AND GPL-2.0', 'left-pad'],
    ['LGPL-3.0-or-later', 'left-pad'],
    ['SEE LICENSE IN LICENSE', 'left-pad'],
    [undefined, 'left-pad'],
  ])('refuse %s', (licence, name) => {
    expect(objection(name, licence)).toBeDefined();
  });

  it.each([
    ['MPL-2.0', 'left-pad'],
    ['(MIT OR GPL-2.0)', 'left-pad'],
    ['Apache-2.0 AND LGPL-3.0-or-later', '@img/sharp-win32-x64'],
  ])('allow %s', (licence, name) => {
    expect(objection(name, licence)).toBeUndefined();
  });
});
