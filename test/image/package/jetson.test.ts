import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { installation } from '../../../appliance/installation.js';
import { run } from '../../../hardware-tests/counter/run.js';

const { root } = installation;
const jetson = join(root, 'image', 'debian', 'jetson');
const unit = 'terashi-vault@.service';

/** The device trees' own names for boards: Linux, Documentation/devicetree/bindings/arm/{tegra,bcm/bcm2835}.yaml. */
const compatible = {
  'Jetson Orin Nano': 'nvidia,p3768-0000+p3767-0005\0nvidia,p3767-0005\0nvidia,tegra234\0',
  'Raspberry Pi 5': 'raspberrypi,5-model-b\0brcm,bcm2712\0',
  'Raspberry Pi 4': 'raspberrypi,4-model-b\0brcm,bcm2711\0',
};

describe('on a Jetson', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'terashi-jetson-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** What the generator adds on a board, or `nothing`. */
  async function generated(tree: string | undefined): Promise<string> {
    const board = join(folder, 'compatible');
    if (tree !== undefined) writeFileSync(board, tree);
    const out = join(folder, 'normal');
    mkdirSync(out, { recursive: true });
    const { code, stderr } = await run(join(jetson, 'terashi-jetson'), [out, out, out, board]);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    const files = readdirSync(out);
    return files.length === 0 ? 'nothing' : readlinkSync(join(out, `${unit}.d`, 'jetson.conf'));
  }

  it('the vaults’ unit gets its drop-in, and on no other machine', async () => {
    assert.equal(await generated(undefined), 'nothing');
    assert.equal(await generated(compatible['Raspberry Pi 4']), 'nothing');
    assert.equal(await generated(compatible['Raspberry Pi 5']), 'nothing');
    assert.equal(await generated(compatible['Jetson Orin Nano']), '/usr/share/terashi/jetson/vault.conf');
  });

  it('the package puts both where the generator and systemd look', () => {
    const install = readFileSync(join(root, 'image', 'debian', 'terashi.install'), 'utf8').split('\n');
    assert.ok(install.includes('debian/jetson/vault.conf usr/share/terashi/jetson'));
    assert.ok(install.includes('debian/jetson/terashi-jetson usr/lib/systemd/system-generators'));
  });

  it('the vault sees no more of the box but one socket: nothing else below /tmp, and what is hidden elsewhere stays so', () => {
    const hidden = (text: string) =>
      [...text.matchAll(/^InaccessiblePaths=(.*)$/gm)]
        .flatMap(([, paths]) => paths.split(' '))
        .filter(Boolean);
    const plain = hidden(readFileSync(join(root, 'systemd', unit), 'utf8'));
    const dropIn = readFileSync(join(jetson, 'vault.conf'), 'utf8');
    assert.deepEqual(['/tmp', ...hidden(dropIn)].sort(), plain.sort());
    const stand = '/usr/share/terashi/jetson/tmp';
    assert.deepEqual([...dropIn.matchAll(/^Bind.*$/gm)].flat(), [
      `BindReadOnlyPaths=${stand}:/tmp -/tmp/argus_socket`,
    ]);
    const install = readFileSync(join(root, 'image', 'debian', 'terashi.install'), 'utf8').split('\n');
    assert.ok(install.includes(`debian/jetson/tmp ${dirname(stand).slice(1)}`));
    assert.deepEqual(readdirSync(join(jetson, 'tmp')), ['argus_socket']);
  });

  describe('systemd', () => {
    /** The unit alone, in a root of its own. */
    beforeEach(async () => {
      const units = join(folder, 'usr', 'lib', 'systemd', 'system');
      await cp('/usr/lib/systemd/system', units, { recursive: true });
      await cp(join(root, 'systemd', unit), join(units, unit));
      const node = join(folder, 'usr', 'lib', 'terashi', 'node', 'bin', 'node');
      mkdirSync(dirname(node), { recursive: true });
      writeFileSync(node, '');
      chmodSync(node, 0o755);
    });

    /** Adds a drop-in; systemd-analyze does not look where generators put theirs. */
    function drop(text: string): void {
      const place = join(folder, 'etc', 'systemd', 'system', `${unit}.d`, 'jetson.conf');
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, text);
    }
    const analyse = (...args: string[]) => run('systemd-analyze', [...args, `--root=${folder}`, unit]);

    it('accepts the unit with it', async () => {
      drop(readFileSync(join(jetson, 'vault.conf'), 'utf8'));
      const { code, stderr } = await analyse('verify');
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
      drop('[Service]\nTemporaryFileSystem=tmp\n');
      assert.match((await analyse('verify')).stderr, /jetson\.conf/);
    });

    it('finds it as restricted as elsewhere', async () => {
      drop(readFileSync(join(jetson, 'vault.conf'), 'utf8'));
      const rated = await analyse('security', '--offline=true', '--no-pager', '--threshold=9');
      assert.equal(rated.code, 0, rated.stdout);
    });
  });
});
