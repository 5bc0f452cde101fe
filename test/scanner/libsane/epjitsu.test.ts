import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { installation } from '../../../appliance/installation.js';
import { firmwareIn } from '../../../appliance/scanner-firmware/listed.js';
import { type Ended, run } from '../../../hardware-tests/counter/run.js';

const ours = firmwareIn(readFileSync(join(installation.sane, 'epjitsu.conf'), 'utf8'));
const room = join(import.meta.dirname, '../../../appliance/scanner');
const [sane, find] = [join(room, 'sane', 'sane.js'), join(room, 'find.js')];
/** SANE's own list, as Debian installs it. */
const theirs = '/etc/sane.d/epjitsu.conf';

describe('the scanners that need a file of their maker', () => {
  it('are those of SANE’s own list, with the same files', function () {
    if (!existsSync(theirs)) this.skip();
    const files = (listed: typeof ours) =>
      [...new Set(listed.map(({ scanner, path }) => `${scanner} ${basename(path)}`))].sort();
    assert.deepEqual(files(ours), files(firmwareIn(readFileSync(theirs, 'utf8'))));
  });

  it('find them on the card, then in the package’s folder, then in SANE’s', () => {
    for (const { scanner } of ours)
      assert.deepEqual(
        ours.filter((each) => each.scanner === scanner).map(({ path }) => join(path, '..')),
        ['/boot/settings/scanner', '/etc/terashi/scanner', '/usr/share/sane/epjitsu'],
      );
  });

  it('can be read by a vault', () => {
    const unit = readFileSync(join(installation.root, 'systemd', 'terashi-vault@.service'), 'utf8');
    const hidden = [...unit.matchAll(/^InaccessiblePaths=(.*)$/gm)].flatMap(([, paths]) => paths.split(' '));
    assert.ok(hidden.includes('/var'));
    for (const { path } of ours)
      for (const folder of hidden)
        assert.ok(!path.startsWith(`${folder.replace(/^-/, '')}/`), `${path}: ${folder}`);
  });

  it('are looked for by the driver as listed', async () => {
    const { stdout } = await evaluate(
      `import { Sane } from ${JSON.stringify(sane)}; await new Sane().devices(); process.exit();`,
      { SANE_DEBUG_EPJITSU: '15' },
    );
    // What the driver says that it read; it takes a firmware line for the usb lines after it.
    const read = [...stdout.matchAll(/sane_get_devices: (?:firmware|looking for) '(.*)'/g)].map(
      ([, text]) => text,
    );
    assert.deepEqual(
      read,
      ours.flatMap(({ scanner, path }) => [path, `usb 0x${scanner.replace(':', ' 0x')}`]),
    );
  });

  describe('where the driver lists none', () => {
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'terashi-epjitsu-'))));
    afterEach(() => rmSync(folder, { recursive: true }));

    /** What is found with this firmware for a fi-65F, which stands in the kernel's list of USB devices only. */
    async function found(firmware: Buffer | undefined, product = '11bd'): Promise<unknown> {
      const device = join(folder, 'usb', '1-1');
      mkdirSync(device, { recursive: true });
      writeFileSync(join(device, 'idVendor'), '04c5\n');
      writeFileSync(join(device, 'idProduct'), `${product}\n`);
      const path = join(folder, '65f_0A01.nal');
      if (firmware) writeFileSync(path, firmware);
      const configuration = join(folder, 'epjitsu.conf');
      writeFileSync(configuration, `firmware ${path}\nusb 0x04c5 0x11bd\n`);
      const places = JSON.stringify({ configuration, usb: join(folder, 'usb') });
      // A process of its own: libsane keeps the drivers of the first test that used it.
      const ended = await evaluate(`import { Sane } from ${JSON.stringify(sane)};
        import { findScanners } from ${JSON.stringify(find)};
        console.log(JSON.stringify(await findScanners(new Sane(), ${places})));
        process.exit();`);
      return JSON.parse(ended.stdout);
    }

    it('is a fault that says what the file is', async () => {
      assert.deepEqual(await found(undefined), { ok: false, error: 'scanner-firmware-missing' });
      assert.deepEqual(await found(Buffer.alloc(0)), { ok: false, error: 'scanner-firmware-damaged' });
      const another = Buffer.alloc(65_792, 'no firmware');
      assert.deepEqual(await found(another), { ok: false, error: 'scanner-firmware-refused' });
    });

    it('is none without such a scanner', async () => {
      assert.deepEqual(await found(Buffer.alloc(0), '132b'), { ok: true, value: [] });
    });
  });
});

/** What a program prints, its error output too. */
function evaluate(program: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  // SANE writes to the system's log if its error output is a socket, as Node's pipes are.
  const shell = '"$0" --input-type=module --eval "$1" 2>&1 | cat';
  return run('sh', ['-c', shell, process.execPath, program], env);
}
