import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';

const { root } = installation;

describe('the folder for sticks on a box', () => {
  const folder = '/run/terashi-sticks';
  const units = readdirSync(join(root, 'systemd'))
    .filter((name) => name.endsWith('.service'))
    .map((name) => ({ name, text: readFileSync(join(root, 'systemd', name), 'utf8') }))
    .filter(({ text }) => /^ExecStart=/m.test(text));

  it('is root’s, and shows nobody what is in it', () => {
    const laid = readFileSync(join(root, 'image', 'debian', 'terashi.tmpfiles'), 'utf8');
    assert.match(laid, new RegExp(`^d ${folder} 0711 root root -$`, 'm'));
  });

  const lines = (text: string, key: string) =>
    [...text.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value]) => value);
  const mounters = units.filter(({ text }) => text.includes('/stick/mounter.js '));
  const askers = units.filter(({ text }) => text.includes('TERASHI_MOUNT_SOCKET='));

  it('is closed to all but the mounters and who may ask them', () => {
    assert.deepEqual(
      askers.map(({ name }) => name),
      ['terashi-export@.service', 'terashi-update@.service'],
    );
    for (const { name, text } of units) {
      if (mounters.some((each) => each.name === name)) continue;
      const hidden = new RegExp(`^InaccessiblePaths=.*-${folder}( |$)|^TemporaryFileSystem=/run:ro$`, 'm');
      assert.match(text, hidden, name);
      const isAsker = askers.some((asker) => asker.name === name);
      assert.equal(new RegExp(`^Bind.*[= ]${folder}( |$)`, 'm').test(text), isAsker, name);
    }
  });

  it('gets mounts for the one user whose socket asks, and as its unit says', () => {
    assert.deepEqual(
      mounters.map(({ text }) => /mounter\.js (.*)$/m.exec(text)![1]),
      ['read terashi-update', 'write terashi-export'],
    );
    for (const { name, text } of mounters) {
      const [, access, user] = /mounter\.js (\S+) (\S+)$/m.exec(text)!;
      const socket = readFileSync(join(root, 'systemd', name.replace('@.service', '.socket')), 'utf8');
      assert.deepEqual(lines(socket, 'SocketUser'), [user]);
      assert.deepEqual(lines(socket, 'SocketMode'), ['0600']);
      const asker = askers.find((each) => lines(each.text, 'User').includes(user))!;
      const path = /TERASHI_MOUNT_SOCKET=(\S+)/.exec(asker.text)![1];
      assert.deepEqual(lines(socket, 'ListenStream'), [path]);
      assert.match(asker.text, new RegExp(`^BindReadOnlyPaths=.* ${path} `, 'm'));
      // The kernel lets a read-only mounter open no stick for writing.
      assert.deepEqual(lines(text, 'DeviceAllow'), [access === 'read' ? 'block-sd r' : 'block-sd rw']);
    }
  });

  it('is mounted into by programs with that one right, which can open no socket', () => {
    for (const { text } of mounters) {
      assert.deepEqual(lines(text, 'CapabilityBoundingSet'), ['CAP_SYS_ADMIN']);
      assert.deepEqual(lines(text, 'RestrictAddressFamilies'), ['none']);
    }
    for (const { name, text } of units)
      if (!mounters.some((each) => each.name === name))
        assert.doesNotMatch(text, /^CapabilityBoundingSet=.*SYS_ADMIN/m, name);
  });

  // systemd.exec(5): each of these gives a unit a mount namespace of its own, out of which no mount comes.
  const apart =
    /^(Private(Tmp|Devices|Mounts|IPC|Users)|Protect(System|Home|Proc|KernelLogs|KernelModules|KernelTunables|ControlGroups)|ProcSubset|(ReadWrite|ReadOnly|Inaccessible|Exec|NoExec|Bind|BindReadOnly)Paths|TemporaryFileSystem|RootDirectory|RootImage|DynamicUser|MountFlags|StateDirectory|User)=/m;

  it('is where the rest of the box sees what is mounted', () => {
    assert.equal(mounters.length, 2);
    for (const { name, text } of mounters) assert.doesNotMatch(text, apart, name);
  });

  it('is left empty by a mounter that was killed', () => {
    for (const { text } of mounters) {
      assert(text.includes(' TERASHI_STICK_POINT=%p-%i\n'));
      assert.match(text, /^ExecStopPost=.*cd \/run\/terashi-sticks; .* umount --lazy %p-%i; rmdir %p-%i;/m);
    }
  });
});
