import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { onGlass, scanOf, visitorPictures } from './pictures.js';

const here = join(installation.root, 'hardware-tests', 'guest');

/**
 * Lays the appliance of this checkout on a disk for the guest, as it would lie on a box of this architecture: what it
 * needs to run, and pictures for practice; and beside it Node, the agent, and what the guest's devices show.
 */
export async function layDisk(folder: string, disk: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const appliance = join(folder, 'terashi');
  const copy = (path: string) =>
    cpSync(join(installation.root, path), join(appliance, path), { recursive: true });
  copy('package.json');
  copy('build/appliance');
  copy('build/hardware-tests/bench');
  copy('build/onnx');
  copy('models/manifest.json');
  copy('appliance/scanner/sane.d');
  for (const name of productionPackages()) copyPackage(name, appliance);
  cpSync(realpathSync(process.execPath), join(folder, 'node'));

  const agent = join(folder, 'agent');
  for (const name of ['agent.js', 'errands.js']) {
    cpSync(join(installation.root, 'build', 'hardware-tests', 'guest', name), join(agent, name));
  }
  writeFileSync(join(agent, 'package.json'), '{ "type": "module" }');
  compile('preload.c', join(agent, 'preload.so'));
  cpSync(join(here, 'gpio-sim.sh'), join(agent, 'gpio-sim.sh'));
  cpSync(join(here, 'files'), join(folder, 'files'), { recursive: true });

  const practice = join(appliance, 'build', 'practice');
  mkdirSync(join(practice, 'camera'), { recursive: true });
  visitorPictures().forEach((picture, number) =>
    writeFileSync(join(practice, 'camera', `${number}.jpg`), picture),
  );
  await onGlass('card.png').toFile(join(practice, 'card.png'));

  await layScanner(join(folder, 'sane'), appliance);
  rmSync(disk, { force: true });
  execFileSync('mke2fs', ['-q', '-t', 'ext4', '-O', '^has_journal', '-m', '0', '-d', folder, disk, '350M']);
  rmSync(folder, { recursive: true });
}

function compile(source: string, library: string): void {
  execFileSync('gcc', ['-shared', '-fPIC', '-Wall', '-O', '-o', library, join(here, source)]);
}

/** The test's SANE driver and the pages under its lid; beside it SANE's pnm alone: emulated, others take seconds. */
async function layScanner(folder: string, appliance: string): Promise<void> {
  mkdirSync(folder);
  const library = join(folder, 'libsane-flatbed.so.1');
  compile('scanner.c', library);
  writeFileSync(join(folder, 'page.ppm'), await scanOf('card.png'));
  writeFileSync(join(folder, 'test-card.ppm'), await scanOf('test-card/page.png'));
  writeFileSync(join(appliance, 'appliance/scanner/sane.d/dll.conf'), 'flatbed\npnm\n');
}

/** What package-lock.json names for running, as far as it was installed for this machine. */
function productionPackages(): string[] {
  const lock = JSON.parse(readFileSync(join(installation.root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
    .map(([path]) => path)
    .filter((path) => existsSync(join(installation.root, path)));
}

/** A package without what it brings for other systems. */
function copyPackage(path: string, appliance: string): void {
  const foreign = /\/bin\/napi-v\d+\/(darwin|win32|linux\/arm64)$/;
  cpSync(join(installation.root, path), join(appliance, path), {
    recursive: true,
    filter: (source) => !foreign.test(source),
  });
}
