import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { Bench } from './bench.js';

/** Its rules are for users of a box; here they are for this one, who is everywhere (Debian's base-passwd). */
const someone = { name: 'nobody', uid: 65534, gid: 65534 };

const packaged = join(installation.root, 'image', 'debian');
const policy = readFileSync(join(packaged, 'dbus', 'terashi.conf'), 'utf8');

/** The package's D-Bus policy, in dbus-daemon, with rauc's own service behind it. */
describe('on the D-Bus of a box', function () {
  let bench: Bench;
  before(function () {
    if (process.getuid?.() !== 0) this.skip();
  });
  afterEach(() => bench.stop());

  /** Starts a bus on which `nobody` has the rules of this user. */
  async function startAs(user: string): Promise<void> {
    bench = new Bench();
    const rules = new RegExp(`<policy user="${user}">[^]*?</policy>`).exec(policy)![0];
    chmodSync(bench.folder, 0o755);
    await bench.open(rules.replace(user, someone.name));
  }
  function call(...[destination, path, method, ...args]: string[]): string {
    const sent = ['--system', '--print-reply', `--dest=${destination}`, path, method, ...args];
    const { stdout, stderr } = spawnSync('dbus-send', sent, { ...someone, encoding: 'utf8' });
    return stdout === '' ? stderr : stdout;
  }
  const rauc = (method: string, ...args: string[]) => call('de.pengutronix.rauc', '/', method, ...args);
  const denied = /org\.freedesktop\.DBus\.Error\.AccessDenied/;

  it('the updater calls rauc’s installer', async () => {
    await startAs('terashi-update');
    for (const command of [
      ['status', '--detailed'],
      ['status', 'mark-good', 'booted'],
    ])
      assert.equal(spawnSync('rauc', command, someone).status, 0, command.join(' '));
    assert.match(rauc('de.pengutronix.rauc.Installer.GetPrimary'), /string "rootfs.0"/);
  });

  it('and nothing else', async () => {
    await startAs('terashi-update');
    assert.match(rauc('org.freedesktop.DBus.Introspectable.Introspect'), denied);
    assert.match(rauc('org.freedesktop.DBus.Peer.Ping'), denied);
    const bus = ['org.freedesktop.DBus', '/org/freedesktop/DBus'] as const;
    for (const method of ['DBus.Debug.Stats.GetStats', 'DBus.UpdateActivationEnvironment'])
      assert.match(call(...bus, `org.freedesktop.${method}`), denied);
    // A connection of somebody else: rauc's, by its unique name.
    const owner = call(...bus, 'org.freedesktop.DBus.GetNameOwner', 'string:de.pengutronix.rauc');
    const name = /string "(:\d+\.\d+)"/.exec(owner)![1];
    assert.match(call(name, '/', 'org.freedesktop.DBus.Peer.Ping'), denied);
  });

  for (const user of ['terashi', 'terashi-export', 'terashi-lights', 'terashi-screen'])
    it(`${user} calls nobody`, async () => {
      await startAs(user);
      assert.match(rauc('de.pengutronix.rauc.Installer.GetPrimary'), denied);
      assert.notEqual(spawnSync('rauc', ['status', 'mark-bad', 'other'], someone).status, 0);
    });
});

describe('the D-Bus policy', () => {
  it('has rules for each user of the package', () => {
    const users = readFileSync(join(packaged, 'terashi.sysusers'), 'utf8');
    const made = [...users.matchAll(/^u (\S+)/gm)].map(([, name]) => name);
    const ruled = [...policy.matchAll(/<policy user="(\S+)">/g)].map(([, name]) => name);
    assert.deepEqual(ruled.sort(), made.sort());
  });
});
