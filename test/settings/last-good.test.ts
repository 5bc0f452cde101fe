import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { stringify } from 'smol-toml';

import { installation } from '../../appliance/installation.js';
import { keepLastGood, readLastGood } from '../../appliance/settings/last-good.js';
import { findSettings, keepIfGood } from '../../appliance/settings/read.js';
import { defaults, valueOf, type SettingKey } from '../../appliance/settings/settings.js';
import { formatProblems } from '../../appliance/settings/words.js';
import { scratchFolder } from '../record/scratch.js';
import { anySettings } from './arbitrary.js';

const keeper = join(import.meta.dirname, 'programs', 'keeper.js');
const example = readFileSync(installation.settings, 'utf8');

/** A municipality that asks for more than the defaults in everything. */
const strict = `[place]
municipality = "甲州市"
[visit]
policy = "in-doubt"
threshold = 0.62
liveness = "required"
[model]
pack = "sface"
[lights]
led1 = 17
required = true
[time]
key = 60
`;

describe('the last good settings', () => {
  const folder = scratchFolder();
  const file = () => join(folder(), 'terashi.toml');
  const state = () => join(folder(), 'state');
  const copy = () => join(state(), 'settings.last-good.json');

  /** A start of the appliance with this in the settings file. */
  async function start(content: string | Uint8Array | undefined) {
    mkdirSync(state(), { recursive: true });
    if (content === undefined) rmSync(file(), { force: true });
    else writeFileSync(file(), content);
    const found = await findSettings(state(), undefined, [file()]);
    assert.ok(await keepIfGood(state(), found));
    return found;
  }

  it('stay in force as a whole when nothing of the file can be read', async () => {
    const { settings } = await start(strict);
    assert.equal(settings.visit.threshold, 0.62);
    const broken: [string, string | Uint8Array | undefined][] = [
      ['not-toml', strict.replace('"required"', '"required')],
      ['shift-jis', Buffer.concat([Buffer.from('# '), Buffer.from([0x8d, 0x62, 0x8f, 0x42])])],
      ['blanked', Buffer.alloc(strict.length)],
      ['empty', ''],
      ['missing', undefined],
      ['too-large', strict + '#'.repeat(40_000)],
    ];
    for (const [what, content] of broken) {
      const found = await start(content);
      assert.deepEqual(
        found.problems.map((problem) => problem.what),
        [what],
      );
      assert.deepEqual(found.settings, settings, what);
      assert.deepEqual(new Set(Object.values(found.origins)), new Set(['last-good']), what);
      assert.match(
        formatProblems(file(), found),
        /今は前の正しい設定を使っています。\n.*The last good settings are used/,
      );
    }
    rmSync(file(), { force: true });
    mkdirSync(file());
    assert.deepEqual((await findSettings(state(), undefined, [file()])).settings, settings);
  });

  it('stay in force wherever a power cut ends the file', async () => {
    for (const whole of [strict, example.replace('liveness = "off"', 'liveness = "required"')]) {
      rmSync(state(), { recursive: true, force: true });
      const { settings } = await start(whole);
      const bytes = Buffer.from(whole);
      const step = Math.ceil(bytes.length / 400);
      for (let length = 0; length < bytes.length; length += step) {
        const found = await start(bytes.subarray(0, length));
        assert.deepEqual(found.settings, settings, `${length} of ${bytes.length} bytes`);
      }
    }
  });

  it('stay in force when the file was being written anew, and only part of it arrived', async () => {
    const { settings } = await start(example.replace('liveness = "off"', 'liveness = "required"'));
    const anew = example.replace('way = "card"', 'way = "form"').split('liveness')[0];
    const found = await start(anew);
    assert.deepEqual(found.settings, settings);
    assert.deepEqual(found.problems, [{ what: 'cut-short', line: anew.trimEnd().split('\n').length }]);
    const meant = await start(`${anew}\n# end\n`);
    assert.deepEqual(meant.problems, []);
    assert.equal(meant.settings.visit.liveness, 'off');
  });

  it('leave a file that was made shorter on purpose its own', async () => {
    await start(strict);
    const [shorter] = strict.split('[model]');
    assert.equal((await start(shorter)).problems[0].what, 'cut-short');
    assert.equal((await start(`${shorter}# 終わり\n`)).settings.model.pack, undefined);
    await start(strict);
    assert.deepEqual((await start('[visit]\nway = "form"\n')).settings, {
      ...defaults,
      visit: { ...defaults.visit, way: 'form' },
    });
  });

  it('stand in for just the keys that are wrong, and what is used is named', async () => {
    await start(strict);
    const found = await start(
      strict.replace('0.62', '62').replace('"required"', '"requird"').replace('"甲州市"', '"忍野村"') +
        'scan = 1\n',
    );
    const { settings, origins } = found;
    assert.deepEqual(
      (
        ['place.municipality', 'visit.threshold', 'visit.liveness', 'time.key', 'time.scan'] as SettingKey[]
      ).map((key) => [valueOf(settings, key), origins[key]]),
      [
        ['忍野村', 'file'],
        [0.62, 'last-good'],
        ['required', 'last-good'],
        [60, 'file'],
        [60, 'last-good'],
      ],
    );
    const told = formatProblems('x', found);
    assert.match(told, /5行目 visit\.threshold: .*前の正しい値 threshold = 0\.62 を使っています/);
    assert.match(told, /Line 6, visit\.liveness: .*Used meanwhile: the last good value, "required"\./);
    // A wrong file is not kept: the next start has the same to fall back on.
    assert.equal((await start(strict.replace('0.62', '6.2'))).settings.visit.threshold, 0.62);
  });

  it('stand in for what a name that is none may have been meant for', async () => {
    await start(strict);
    for (const slip of ['livenes', 'alive']) {
      const found = await start(strict.replace('liveness', slip));
      assert.equal(found.settings.visit.liveness, 'required', slip);
      assert.equal(found.origins['visit.liveness'], 'last-good');
      // Not written, and nothing in its table that may have been meant for it.
      assert.equal(found.origins['time.scan'], 'default');
    }
    const found = await start(strict.replace('[visit]', '[visitt]'));
    assert.equal(found.settings.visit.liveness, 'required');
    assert.equal(found.settings.visit.threshold, 0.62);
  });

  it('keep together what means something only together', async () => {
    await start(strict);
    // A score of the new model would be held against scores of the old one.
    const mixed = await start(strict.replace('"sface"', '3').replace('0.62', '0.36'));
    assert.deepEqual(mixed.settings.model, { pack: 'sface' });
    assert.equal(mixed.settings.visit.threshold, 0.62);
    assert.match(
      formatProblems('x', mixed),
      /前の正しい値 "sface" と前の正しい値 threshold = 0\.62 を使っています/,
    );
    const misnamed = await start(strict.replace('pack =', 'recogniser =').replace('0.62', '0.36'));
    assert.deepEqual(misnamed.settings.model, { pack: 'sface' });
    assert.equal(misnamed.settings.visit.threshold, 0.62);
    const both = await start(strict.replace('threshold = 0.62', 'threshold = "0.7"\nfmr = 0.01'));
    assert.deepEqual([both.settings.visit.threshold, both.settings.visit.fmr], [0.62, undefined]);
  });

  it('drive no wire that the file gives to something else', async () => {
    await start(strict);
    const found = await start(strict.replace('led1 = 17', 'led1 = "17"') + '[buttons]\nyes = 17\n');
    assert.equal(found.settings.panel.lights, 'off');
    assert.equal(found.settings.buttons.yes, 17);
    assert.equal(found.settings.lights.required, true);
    const kept = await start(strict.replace('led1 = 17', 'led1 = "17"'));
    assert.deepEqual([kept.settings.lights.led1, kept.settings.panel.lights], [17, 'auto']);
  });

  it('are those of the same file, and of no other', async () => {
    await start(strict);
    const other = join(folder(), 'other.toml');
    assert.deepEqual((await findSettings(state(), other, [file()])).settings, defaults);
    assert.deepEqual((await findSettings(state(), undefined, [other])).problems, []);
  });

  it('are kept as any file said them', async () => {
    mkdirSync(state());
    await fc.assert(
      fc.asyncProperty(anySettings, fc.string({ minLength: 1 }), async (settings, source) => {
        assert.ok((await keepLastGood(state(), { source, toml: stringify(settings) })).ok);
        const kept = await readLastGood(state());
        assert.deepEqual([kept?.settings, kept?.source], [settings, source]);
      }),
      { numRuns: 50 },
    );
    assert.deepEqual(readdirSync(state()), ['settings.last-good.json']);
  });

  it('are none where a single byte of their copy is another', async () => {
    await start(strict);
    const good = readFileSync(copy());
    for (let at = 0; at < good.length - 1; at++) {
      const bad = Buffer.from(good);
      bad[at] ^= 1 << (at % 8);
      writeFileSync(copy(), bad);
      assert.equal(await readLastGood(state()), undefined, `byte ${at}`);
    }
    for (const bad of [
      good.subarray(0, -20),
      Buffer.alloc(0),
      Buffer.alloc(good.length),
      Buffer.alloc(1_000_000),
    ]) {
      writeFileSync(copy(), bad);
      assert.equal(await readLastGood(state()), undefined);
    }
    // And the next good file is kept over it.
    await start(strict);
    assert.deepEqual(readFileSync(copy()), good);
  });

  it('are told when they cannot be kept, and the appliance has its settings all the same', async () => {
    writeFileSync(file(), strict);
    const found = await findSettings(join(file(), 'under-a-file'), undefined, [file()]);
    assert.equal(found.settings.visit.threshold, 0.62);
    assert.equal(await keepIfGood(join(file(), 'under-a-file'), found), false);
  });

  it('are whole at every moment of being written', async () => {
    mkdirSync(state());
    for (let kill = 0; kill < 5; kill++) {
      const child = spawn(process.execPath, [keeper, state()], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, kill * 2));
      child.kill('SIGKILL');
      await once(child, 'exit');
      assert.match((await readLastGood(state()))?.source ?? '', /^\/(one|two)$/, `kill ${kill}`);
    }
    // What was left of an unfinished one hinders nobody.
    writeFileSync(`${copy()}.unfinished`, '{');
    assert.ok((await keepLastGood(state(), { source: '/three', toml: '' })).ok);
    assert.ok(!existsSync(`${copy()}.unfinished`));
  });
});
