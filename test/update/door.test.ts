import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { err } from '../../appliance/result.js';
import { longestLine, message, request } from '../../appliance/update/protocol.js';
import { Updater } from '../../appliance/update/updater.js';
import { isNewer, version } from '../../appliance/update/version.js';
import { whileAnswering } from '../stick/answering.js';
import { assertOnlyWholeMessages } from '../stick/door.js';

const numbers = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30));
const label = fc.oneof(fc.nat(30).map(String), fc.stringMatching(/^[a-z-]{1,4}$/));
const anyVersion = fc
  .tuple(numbers, fc.array(label, { maxLength: 3 }))
  .map(([core, pre]) => core.join('.') + (pre.length > 0 ? `-${pre.join('.')}` : ''));

describe('the order of versions', () => {
  it('is that of semantic versioning', () => {
    // The example of semver.org, section 11.4, with versions before and after.
    const rising = [
      '0.9.9',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.0.1',
      '1.2.0',
      '1.10.0',
      '2.0.0',
    ];
    for (const [one, older] of rising.entries())
      for (const [other, newer] of rising.entries()) assert.equal(isNewer(newer, older), other > one);
  });

  it('is transitive and antisymmetric', () => {
    fc.assert(
      fc.property(anyVersion, anyVersion, anyVersion, (a, b, c) => {
        assert(version.safeParse(a).success, a);
        assert.equal(isNewer(a, a), false);
        assert(!(isNewer(a, b) && isNewer(b, a)));
        if (isNewer(a, b) && isNewer(b, c)) assert(isNewer(a, c));
      }),
    );
  });

  it('refuses what is not a version', () => {
    for (const no of [
      '',
      '1',
      '1.2',
      '01.2.3',
      '1.2.3-',
      '1.2.3+5',
      'v1.2.3',
      '1.2.3\n',
      '1.2.3 ',
      `1.2.${'9'.repeat(40)}`,
    ])
      assert.equal(version.safeParse(no).success, false, no);
  });
});

describe("the updater's door", () => {
  const program = join(import.meta.dirname, '../../appliance/update/main.js');

  it('lets only its own messages through', () => {
    const words = fc.constantFrom(
      'look',
      'install',
      'cancel',
      'restart',
      'status',
      'forget',
      'found',
      'nothing',
    );
    const value = fc.oneof(fc.string(), fc.integer(), anyVersion, fc.boolean(), fc.constant(null));
    const made = fc.record(
      { do: words, is: words, version: value, why: value, more: value },
      { requiredKeys: [] },
    );
    assertOnlyWholeMessages(made, [
      [request, longestLine],
      [message, longestLine],
    ]);
  });

  it('closes on nonsense without an answer', () => {
    for (const line of [
      '',
      'look\n',
      '{"do":"look","at":"/etc"}\n',
      '{"do":"install","version":"../x"}\n',
      'x'.repeat(9000),
    ]) {
      const { status, stdout } = spawnSync(process.execPath, [program], { input: line });
      assert.deepEqual([status, stdout.toString()], [0, ''], line.slice(0, 40));
    }
  });

  describe('seen from the core', () => {
    let folder: string;
    let socket: string;
    let updater: Updater;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'terashi-update-door-'));
      socket = join(folder, 'update.sock');
      updater = new Updater(socket);
    });
    after(() => rmSync(folder, { recursive: true }));

    it('has failed if it answers nonsense, hangs up or is missing', async () => {
      const install = () => updater.install('0.2.0', () => undefined, new AbortController().signal);
      for (const nonsense of [
        '',
        'ok\n',
        '{"is":"installed","more":1}\n',
        '{"is":"progress","fraction":2}\n',
      ]) {
        assert.deepEqual(await whileAnswering(socket, nonsense, () => updater.check()), {
          is: 'refused',
          why: 'no-answer',
        });
        assert.deepEqual(await whileAnswering(socket, nonsense, install), err('no-answer'));
      }
      assert.deepEqual(await updater.check(), { is: 'refused', why: 'no-answer' });
      assert.deepEqual(await install(), err('no-answer'));
      assert.equal(await updater.trial(), undefined);
    });
  });
});
