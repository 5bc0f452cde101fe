import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../appliance/installation.js';

const appliance = join(installation.root, 'appliance');

type Import = { readonly room: string; readonly from: string; readonly statement: string };

/** Every import of a module in another room, but for those of types, which are gone when the program runs. */
function importsBetweenRooms(): Import[] {
  return readdirSync(appliance, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && file.includes('/'))
    .flatMap((file) => {
      const [room] = file.split('/') as [string];
      const source = readFileSync(join(appliance, file), 'utf8');
      const statements = source.matchAll(/^import (?!type )[^;]*?'(?:\.\.\/)+([a-z]+)\/[^']*';/gm);
      return [...statements].map(([statement, from = '']) => ({
        room,
        from,
        statement: `${file}: ${statement}`,
      }));
    })
    .filter(({ room, from }) => room !== from);
}

describe('the rooms', () => {
  const imports = importsBetweenRooms();

  it('are found by this test', () => assert(imports.length > 20));

  it('let nothing but the vault hold a picture', () => {
    const holders = imports.filter(({ from }) => ['camera', 'scanner', 'face'].includes(from));
    assert(holders.some(({ room }) => room === 'vault'));
    assert.deepEqual(
      holders.filter(({ room }) => room !== 'vault').map(({ statement }) => statement),
      [],
    );
  });

  it('let the visit, the records, the settings and the clock know no device and no screen', () => {
    const known = imports.filter(
      ({ room, from }) =>
        ['visit', 'record', 'settings', 'clock'].includes(room) &&
        ['camera', 'scanner', 'face', 'core', 'command'].includes(from),
    );
    assert.deepEqual(known, []);
  });

  it('let the programs that hold a stick know nothing of a visit, nor where the records lie', () => {
    const known = imports.filter(
      ({ room, from }) =>
        ['export', 'stick', 'update'].includes(room) &&
        [
          'visit',
          'vault',
          'vault-client',
          'camera',
          'scanner',
          'face',
          'core',
          'command',
          'settings',
          'panel',
        ].includes(from),
    );
    assert.deepEqual(known, []);
    const among = imports.filter(
      ({ room, from }) =>
        (room === 'stick' && from !== 'stick') ||
        (room === 'export' && from === 'update') ||
        (room === 'update' && from === 'export'),
    );
    assert.deepEqual(among, []);
  });
});
