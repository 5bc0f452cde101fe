import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../../appliance/installation.js';
import type { Platform } from '../../../image/package/platform.js';
import { onGlass, scanOf, visitorPictures } from './pictures.js';

const guest = join('hardware-tests', 'guest');
const source = join(installation.root, guest);

/**
 * Makes the disk that is laid over the box's /usr: the agent, gpio-sim, the pictures that the devices show, the test's
 * SANE driver and libcamera's virtual camera. SANE's configuration there names only two drivers, because others take
 * seconds in an emulated box.
 */
export async function makeExtrasDisk(
  { gnu }: Platform,
  gpioSim: string,
  folder: string,
  disk: string,
): Promise<void> {
  const usr = join(folder, 'usr');
  const home = join(usr, 'lib', 'terashi-test');
  mkdirSync(home, { recursive: true });
  cpSync(join(installation.root, 'build', guest, 'agent.js'), join(home, 'agent.js'));
  writeFileSync(join(home, 'package.json'), '{ "type": "module" }');
  cpSync(gpioSim, join(home, 'gpio-sim.ko'));
  cpSync(join(source, 'gpio-sim', 'start.sh'), join(home, 'gpio-sim.sh'));
  compile(gnu, 'preload.c', join(home, 'preload.so'));
  writeFileSync(join(home, 'page.ppm'), await scanOf('card.png'));
  writeFileSync(join(home, 'test-card.ppm'), await scanOf('test-card/page.png'));

  const drivers = join(usr, 'lib', gnu, 'sane');
  mkdirSync(drivers, { recursive: true });
  compile(gnu, 'scanner.c', join(drivers, 'libsane-flatbed.so.1'));
  const camera = join(usr, 'share', 'libcamera', 'pipeline', 'virtual');
  mkdirSync(camera, { recursive: true });
  cpSync(join(source, 'extras', 'virtual.yaml'), join(camera, 'virtual.yaml'));

  const appliance = join(usr, 'lib', 'terashi');
  const configuration = join(appliance, 'appliance', 'scanner', 'sane.d');
  mkdirSync(configuration, { recursive: true });
  writeFileSync(join(configuration, 'dll.conf'), 'flatbed\npnm\n');
  const practice = join(appliance, 'build', 'practice');
  mkdirSync(join(practice, 'camera'), { recursive: true });
  // libcamera's virtual camera decodes all of them whenever cameras are listed.
  const few = visitorPictures().filter((_, number) => number % 3 === 0);
  few.forEach((picture, number) => writeFileSync(join(practice, 'camera', `${number}.jpg`), picture));
  for (const page of ['card.png', 'blank.png']) await onGlass(page).toFile(join(practice, page));

  const options = ['-q', '-t', 'ext4', '-L', 'extras', '-O', '^has_journal', '-m', '0'];
  execFileSync('mke2fs', [...options, '-E', 'root_owner=0:0', '-d', folder, disk, '64M']);
  rmSync(folder, { recursive: true });
}

function compile(gnu: Platform['gnu'], name: string, library: string): void {
  execFileSync(`${gnu}-gcc`, [
    '-shared',
    '-fPIC',
    '-Wall',
    '-O',
    '-o',
    library,
    join(source, 'extras', name),
  ]);
}
