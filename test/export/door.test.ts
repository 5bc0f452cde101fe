import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import fc from 'fast-check';

import { Exporter } from '../../appliance/export/exporter.js';
import {
  longestMessage,
  longestPiece,
  longestRequest,
  message,
  request,
} from '../../appliance/export/protocol.js';
import { installation } from '../../appliance/installation.js';
import { toLine } from '../../appliance/json-lines.js';
import { err } from '../../appliance/result.js';
import { whileAnswering } from '../stick/answering.js';
import { assertOnlyWholeMessages } from '../stick/door.js';

describe("the exporter's door", () => {
  const program = join(installation.root, 'build', 'appliance', 'export', 'main.js');

  it('lets only its own messages through', () => {
    const words = fc.constantFrom('look', 'begin', 'piece', 'finish', 'cancel', 'stick', 'ready', 'done');
    const number = fc.constantFrom('2026-0001', '2026-12', '../2026-0001');
    const label = fc.record(
      { span: fc.record({ first: number, last: number }), box: fc.constantFrom('0123abcd', '/', 'x') },
      { requiredKeys: ['box'] },
    );
    const value = fc.oneof(fc.string(), fc.integer(), label, fc.base64String(), fc.constant(null));
    const made = fc.record(
      { do: words, is: words, label, bytes: value, base64: value, sha256: value, name: value, why: value },
      { requiredKeys: [] },
    );
    assertOnlyWholeMessages(made, [
      [request, longestRequest],
      [message, longestMessage],
    ]);
  });

  it('accepts the longest piece, and no longer one', () => {
    const piece = (bytes: number) => ({ do: 'piece', base64: Buffer.alloc(bytes).toString('base64') });
    assert(request.safeParse(piece(longestPiece)).success);
    assert(toLine(piece(longestPiece)).length <= longestRequest);
    assert.equal(request.safeParse(piece(longestPiece + 2)).success, false);
  });

  it('refuses a name that leads to another folder', () => {
    const named = (name: string) => message.safeParse({ is: 'done', name }).success;
    assert(named('terashi-records-2026-0001-to-2026-0417-0123abcd-2.jsonl'));
    for (const name of ['/etc/passwd', 'terashi-records-../x.jsonl', 'terashi-records-a.jsonl\n', ''])
      assert.equal(named(name), false, name);
  });

  it('closes without an answer on nonsense, and on a message out of turn', () => {
    for (const line of [
      '',
      'look\n',
      '{"do":"look","at":"/etc"}\n',
      '{"do":"begin","label":{"box":"../../x","as":"age"},"bytes":1}\n',
      '{"do":"piece","base64":"AAAA"}\n',
      `{"do":"finish","sha256":"${'0'.repeat(64)}","beside":{}}\n`,
      'x'.repeat(90_000),
    ]) {
      const { status, stdout } = spawnSync(process.execPath, [program], { input: line });
      assert.deepEqual([status, stdout.toString()], [0, ''], line.slice(0, 40));
    }
  });

  describe('seen from the core', () => {
    let folder: string;
    let socket: string;
    let exporter: Exporter;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'terashi-export-door-'));
      socket = join(folder, 'export.sock');
      exporter = new Exporter(socket);
    });
    after(() => rmSync(folder, { recursive: true }));

    it('has failed if it answers nonsense, hangs up or is missing', async () => {
      const records = {
        label: { box: '0123abcd', as: 'jsonl' as const },
        bytes: 3,
        beside: () => ({}),
        chunks: () => Readable.from([Buffer.from('abc')]) as AsyncIterable<Buffer>,
      };
      const copy = () => exporter.copy(records, () => undefined, new AbortController().signal);
      for (const nonsense of [
        '',
        'ok\n',
        '{"is":"done","name":"terashi-records-x.jsonl"}\n',
        '{"is":"done","name":"../x"}\n',
        '{"is":"stick"}\n',
        '{"is":"ready","more":1}\n',
        '{"is":"ready"}\n{"is":"done","name":"terashi-records-x.jsonl"}\n',
      ])
        assert.deepEqual(await whileAnswering(socket, nonsense, copy), err('no-answer'), nonsense);
      assert.equal(await whileAnswering(socket, '{"is":"ready"}\n', () => exporter.look()), false);
      assert.equal(await exporter.look(), false);
      assert.deepEqual(await copy(), err('no-answer'));
    });
  });
});
