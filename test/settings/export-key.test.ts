import assert from 'node:assert/strict';

import fc from 'fast-check';

import { err, ok } from '../../appliance/result.js';
import { exportKeyIn } from '../../appliance/settings/export-key.js';
import { parseSettings } from '../../appliance/settings/parse.js';
import { readSettings } from '../../appliance/settings/read.js';
import { defaults, type Settings } from '../../appliance/settings/settings.js';

/** Made by Debian 12's age-keygen. */
const key = 'age1h3r2m8svgk9dn4p7h0gen3j7fjrf4mjnndlgq9vxyy4pg5ymefls4r50rr';
const read = (toml: string, last?: Settings) =>
  exportKeyIn(parseSettings(Buffer.from(toml), last && { toml: '', settings: last }));
const keyed = { ...defaults, keys: { export: key } };

describe('the key that copies of the records are encrypted to', () => {
  it('is that of the settings, and there need not be one', async () => {
    assert.deepEqual(read(`[keys]\nexport = "${key}"\n`), ok(key));
    assert.deepEqual(read('[place]\ncounter = "1"\n'), ok(undefined));
    assert.deepEqual(exportKeyIn(await readSettings(undefined)), ok(undefined));
  });

  it('is found mistyped by its checksum, whichever letter it is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: key.length - 1 }),
        fc.constantFrom(...Array.from('qpzry9x8gf2tvdw0s3jn54khce6mua7l')),
        (at, letter) => {
          const toml = `[keys]\nexport = "${key.slice(0, at)}${letter}${key.slice(at + 1)}"\n`;
          if (key[at] === letter) return;
          assert.deepEqual(read(toml), err('key-unusable'));
          const { problems } = parseSettings(Buffer.from(toml));
          assert.deepEqual(problems, [{ what: 'wrong-value', line: 2, key: 'keys.export' }]);
        },
      ),
    );
  });

  it('never gives way to a readable copy where a key may have been meant', () => {
    for (const toml of [
      '[keys]\nexport = ""\n',
      '[keys]\nexport = 3\n',
      `[keys]\nexport = "${key.toUpperCase()}"\n`,
      `[keys]\nexport = " ${key}"\n`,
      `[keys]\nexprot = "${key}"\n`,
      `[keys]\nrecipient = "${key}"\n`,
      `[key]\nexport = "${key}"\n`,
      `[鍵]\nexport = "${key}"\n`,
      `export = "${key}"\n`,
      `keys = "${key}"\n`,
      `[place]\nexport = "${key}"\n`,
      `[keys]\nexport = "${key}\n`,
      '',
    ])
      assert.deepEqual(read(toml), err('key-unusable'), toml);
    const broken = Buffer.from(`[keys]\nexport = "${key}"\n`, 'utf16le');
    assert.deepEqual(exportKeyIn(parseSettings(broken)), err('key-unusable'));
  });

  it('does not stop copies for a mistake elsewhere', () => {
    assert.deepEqual(read('[visit]\npolicy = "never"\n'), ok(undefined));
    assert.deepEqual(read('[visit]\npolcy = "always"\n'), ok(undefined));
    assert.deepEqual(read('[visit]\nway = "form\n', defaults), ok(undefined), 'a box that never had one');
  });

  it('stays the last good one while the settings cannot be read', () => {
    for (const toml of ['[keys]\nexport = "age1x"\n', `[key]\nexport = "${key}"\n`, 'export = "'])
      assert.deepEqual(read(toml, keyed), ok(key), toml);
    assert.deepEqual(read('[keys]\nexport = "age1x"\n', defaults), err('key-unusable'));
  });
});
