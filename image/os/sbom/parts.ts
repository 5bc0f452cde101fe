import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import * as z from 'zod';

import { installation } from '../../../appliance/installation.js';
import { debianPackages } from './debian.js';
import { licenceOf } from './licence.js';

/** A component of an image. */
export type Part = {
  readonly kind: 'deb' | 'npm' | 'model' | 'node';
  readonly name: string;
  readonly version?: string;
  /** An SPDX licence expression; undefined if the package states none in machine-readable form. */
  readonly licence?: string;
  /** A comment on its licence. */
  readonly words?: string;
  readonly sha256?: string;
  readonly architecture?: string;
};

/** Reads the components from a root file system. */
export async function partsOf(root: string): Promise<readonly Part[]> {
  const home = join(root, 'usr', 'lib', 'terashi');
  return [
    ...(await debianParts(root)),
    ...(await npmParts(join(home, 'node_modules'))),
    await nodeProgram(),
    ...(await modelParts(home)),
  ];
}

async function debianParts(root: string): Promise<readonly Part[]> {
  const packages = debianPackages(await readFile(join(root, 'var', 'lib', 'dpkg', 'status'), 'utf8'));
  const copyright = (name: string) =>
    readFile(join(root, 'usr', 'share', 'doc', name, 'copyright'), 'utf8').catch(() => undefined);
  const ofSource = new Map<string, string>();
  const own = new Map<string, string>();
  for (const { name, source } of packages) {
    const text = await copyright(name);
    if (text === undefined) continue;
    own.set(name, text);
    if (!ofSource.has(source)) ofSource.set(source, text);
  }
  return packages.map(({ name, version, architecture, source }) => {
    // If its doc folder is a link to that of a package from the same source, that package's file applies.
    const text = own.get(name) ?? ofSource.get(source);
    return { kind: 'deb', name, version, architecture, ...(text === undefined ? {} : licenceOf(text)) };
  });
}

/** The fields read from an npm manifest, Node's pins and the models' manifest. */
const manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]).optional(),
});

const pinned = z.object({ optionalDependencies: z.record(z.string(), z.string()) });
const net = z.object({ id: z.string(), file: z.string(), sha256: z.string(), licence: z.string() });
const nets = z
  .looseObject({ version: z.number(), default: z.string(), fusions: z.array(z.unknown()) })
  // A fusion has no file of its own: its members are listed.
  .transform(({ version: _, default: __, fusions: ___, ...files }) => files)
  .pipe(z.record(z.string(), z.union([net, z.array(net)])));
const nodePackage = join(installation.root, 'image', 'package', 'node', 'package.json');

async function npmParts(modules: string): Promise<readonly Part[]> {
  const files = await readdir(modules, { recursive: true });
  const manifests = files.filter((file) =>
    /(^|\/node_modules\/)(@[^/]+\/)?[^/@]+\/package\.json$/.test(file),
  );
  const parts = manifests.map(async (file): Promise<Part> => {
    const { name, version, license } = manifest.parse(
      JSON.parse(await readFile(join(modules, file), 'utf8')),
    );
    return { kind: 'npm', name, version, ...(license === undefined ? {} : { licence: license }) };
  });
  return Promise.all(parts);
}

/** MIT, and the licences of what is compiled into it; its LICENSE file is on the box. */
async function nodeProgram(): Promise<Part> {
  const { optionalDependencies } = pinned.parse(JSON.parse(await readFile(nodePackage, 'utf8')));
  const [version] = Object.values(optionalDependencies);
  return {
    kind: 'node',
    name: 'node',
    version,
    licence: 'MIT',
    words: 'And those of what it holds: its LICENSE',
  };
}

async function modelParts(home: string): Promise<readonly Part[]> {
  const present = await readdir(join(home, 'build', 'onnx'));
  const stated = nets.parse(JSON.parse(await readFile(join(home, 'models', 'manifest.json'), 'utf8')));
  return Object.values(stated)
    .flat()
    .filter(({ file }) => present.includes(file))
    .map(({ id, sha256, licence }) => ({ kind: 'model', name: id, sha256, words: licence }));
}
