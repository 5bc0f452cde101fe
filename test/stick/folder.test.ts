import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';

const { root } = installation;

describe('the folder for sticks on a box', () => {
  const folder = '/run/terashi-sticks';
  const units = readdirSync(join(root, 'systemd'))
    .filter((name) => name.endsWith('.service'))
    .map((name) => ({ name, text: readFileSync(join(root, 'systemd', name), 'utf8') }));

  it('belongs to root only', () => {
    const laid = readFileSync(join(root, 'image', 'debian', 'terashi.tmpfiles'), 'utf8');
    assert.match(laid, new RegExp(`^d ${folder} 0700 root root -$`, 'm'));
  });

  it('is closed to other users', () => {
    const others = units.filter(({ text }) => /^User=/m.test(text));
    assert.equal(others.length, 4);
    for (const { name, text } of others)
      assert.match(
        text,
        new RegExp(`^InaccessiblePaths=.*-${folder}( |$)|^TemporaryFileSystem=/run:ro$`, 'm'),
        name,
      );
  });

  it('is left unchanged after a stick was mounted there, however that ends', () => {
    const mounting = units.filter(({ text }) => new RegExp(`^ReadWritePaths=.*-${folder}`, 'm').test(text));
    assert.deepEqual(
      mounting.map(({ name }) => name),
      ['terashi-export@.service', 'terashi-update@.service'],
    );
    for (const { name, text } of mounting) {
      const point = /TERASHI_STICK_POINT=(\S+)/.exec(text)![1];
      const after = /^ExecStopPost=(?:.*\\\n)*.*$/m.exec(text)![0];
      assert(after.includes(`systemd-umount --no-ask-password --quiet ${folder}/${point};`), name);
    }
  });
});
