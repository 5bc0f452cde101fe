import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { socketsIn } from '../../appliance/core/state-folder.js';
import { installation } from '../../appliance/installation.js';
import { type Door, doors } from '../../appliance/panel/link.js';

const units = join(installation.root, 'systemd');
const unit = (name: string) => readFileSync(join(units, name), 'utf8');
const appliance = join(installation.root, 'appliance');

describe('the sockets of a box', () => {
  const asked = readdirSync(appliance, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => readFileSync(join(appliance, file), 'utf8').match(/\bTERASHI_[A-Z]+_SOCKET\b/g) ?? []);
  const core = unit('terashi.service');
  /** Asked by updater and exporter alone (test/stick/folder.test.ts). */
  const mounter = 'TERASHI_MOUNT_SOCKET';

  it('are there for each program that the core may ask, and for the core alone', () => {
    const names = [...new Set(asked)].filter((name) => name !== mounter).sort();
    assert.ok(!core.includes(mounter));
    assert.ok(names.includes('TERASHI_CLOCK_SOCKET') && names.length >= 4, names.join());
    for (const name of names) {
      const path = new RegExp(`\\b${name}=(\\S+)`).exec(core)?.[1];
      assert.ok(path, `terashi.service sets no ${name}`);
      const socket = readdirSync(units).find(
        (file) => file.endsWith('.socket') && unit(file).includes(`ListenStream=${path}\n`),
      );
      assert.ok(socket, path);
      for (const line of ['SocketUser=terashi', 'SocketMode=0600', 'Accept=yes'])
        assert.ok(unit(socket).split('\n').includes(line), `${socket}: ${line}`);
      assert.match(core, new RegExp(`^(Requires|Wants)=.*\\b${socket}\\b`, 'm'), socket);
      assert.match(core, new RegExp(`^After=.*\\b${socket}\\b`, 'm'), socket);
    }
  });

  describe('between the core and its panels', () => {
    const paths = socketsIn('/run/terashi');
    const held = (name: string, key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(unit(name))?.[1];
    const names = readdirSync(units).filter((name) => held(name, 'Service') === 'terashi.service');
    const socketOf = (door: Door) =>
      names.find((name) => held(name, 'FileDescriptorName') === door) ?? assert.fail(door);

    it('are one for each door, and the core is handed them all and needs them', () => {
      assert.equal(names.length, doors.length);
      assert.deepEqual(held('terashi.service', 'Sockets')?.split(' ').sort(), names.sort());
      for (const door of doors) {
        assert.equal(held(socketOf(door), 'ListenStream'), paths[door]);
        assert.match(core, new RegExp(`^Requires=.* ${socketOf(door)}( |$)`, 'm'));
        assert.match(core, new RegExp(`^After=.* ${socketOf(door)}( |$)`, 'm'));
      }
    });

    for (const [door, service, program] of [
      ['screen', 'terashi-screen.service', join(installation.root, 'image', 'screen', 'terminal')],
      ['lights', 'terashi-lights.service', join(units, 'terashi-lights.service')],
    ] as const) {
      it(`let in as ${door} the user of ${service} alone`, () => {
        assert.ok(readFileSync(program, 'utf8').includes(paths[door]));
        const user = held(service, 'User');
        assert.equal(held(socketOf(door), 'SocketUser'), user);
        assert.equal(held(socketOf(door), 'SocketMode'), '0600');
        assert.match(unit(service), new RegExp(`^Requires=${socketOf(door)}$`, 'm'));
        const others = readdirSync(units).filter((name) => name !== service && held(name, 'User') === user);
        assert.deepEqual(others, []);
      });
    }

    it('let the core’s user and the confirmation of an update ask for a self-test', () => {
      const of = (key: string) => held(socketOf('doctor'), key);
      const user = held('terashi-confirm.service', 'User');
      assert.ok(user !== undefined);
      assert.deepEqual([of('SocketUser'), of('SocketGroup'), of('SocketMode')], [user, 'terashi', '0660']);
    });

    it('end together, so that none starts the core that was stopped', () => {
      const lock = socketOf('screen');
      for (const name of names) if (name !== lock) assert.equal(held(name, 'Requires'), lock);
    });
  });

  it('grant the right to set the clock to one program, which has no other', () => {
    const services = readdirSync(units).filter((name) => /^ExecStart=/m.test(unit(name)));
    const setting = services.filter((name) => !/^ProtectClock=yes$/m.test(unit(name)));
    assert.deepEqual(setting, ['terashi-clock@.service']);
    const [clock] = setting.map(unit);
    const lines = (key: string) => clock.split('\n').filter((line) => line.startsWith(`${key}=`));
    assert.deepEqual(lines('CapabilityBoundingSet'), ['CapabilityBoundingSet=CAP_SYS_TIME']);
    assert.deepEqual(lines('DeviceAllow'), ['DeviceAllow=char-rtc r']);
    assert.deepEqual(lines('ReadWritePaths'), []);
  });
});
