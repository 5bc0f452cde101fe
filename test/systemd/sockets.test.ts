import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';

const units = join(installation.root, 'systemd');
const unit = (name: string) => readFileSync(join(units, name), 'utf8');
const appliance = join(installation.root, 'appliance');

describe('the sockets of a box', () => {
  const asked = readdirSync(appliance, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => readFileSync(join(appliance, file), 'utf8').match(/\bTERASHI_[A-Z]+_SOCKET\b/g) ?? []);
  const core = unit('terashi.service');

  it('are there for each program that the core may ask, and for the core alone', () => {
    const names = [...new Set(asked)].sort();
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

  it('grant the right to set the clock to one program, which has no other', () => {
    const services = readdirSync(units).filter((name) => name.endsWith('.service'));
    const setting = services.filter((name) => !/^ProtectClock=yes$/m.test(unit(name)));
    assert.deepEqual(setting, ['terashi-clock@.service']);
    const [clock] = setting.map(unit);
    const lines = (key: string) => clock.split('\n').filter((line) => line.startsWith(`${key}=`));
    assert.deepEqual(lines('CapabilityBoundingSet'), ['CapabilityBoundingSet=CAP_SYS_TIME']);
    assert.deepEqual(lines('DeviceAllow'), ['DeviceAllow=char-rtc r']);
    assert.deepEqual(lines('ReadWritePaths'), []);
  });
});
