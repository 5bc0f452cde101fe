import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { draw } from '../../appliance/panel/screen/draw.js';
import { textOf } from '../../appliance/panel/screen/line.js';
import { parseSettings } from '../../appliance/settings/parse.js';
import { pins } from '../../appliance/settings/pins.js';
import { cameras, goodDistance } from '../../image/handbook/drawings/distance.js';
import { everyScene } from '../panel/views.js';

const languages = ['ja', 'en'] as const;

const [japanese, english] = languages.map((language) => {
  const file = join(installation.root, 'image', 'handbook', `handbook.${language}.md`);
  return { language, text: readFileSync(file, 'utf8') };
});

/** GPIO numbers by the pins of the 40-pin header (Raspberry Pi's documentation, "GPIO and the 40-pin header"). */
const header: Readonly<Record<number, number>> = {
  ...{ 3: 2, 5: 3, 7: 4, 8: 14, 10: 15, 11: 17, 12: 18, 13: 27, 15: 22, 16: 23, 18: 24, 19: 10, 21: 9 },
  ...{ 22: 25, 23: 11, 24: 8, 26: 7, 29: 5, 31: 6, 32: 12, 33: 13, 35: 19, 36: 16, 37: 26, 38: 20, 40: 21 },
};
const ground = [6, 9, 14, 20, 25, 30, 34, 39];

/** The fenced blocks that show a screen: its scene, and its rows. */
function pictures(text: string): { scene: string; rows: string }[] {
  return [...text.matchAll(/^```screen (.+)\n([^]*?)\n```$/gm)].map(([, scene, rows]) => ({ scene, rows }));
}

/** What a chapter is known by in any language, and how deep it lies. */
const chapters = (text: string) =>
  [...withoutCode(text).matchAll(/^(#+ [\d.]*)/gm)].map(([, number]) => number.trim());

const withoutCode = (text: string) => text.replace(/^```[^]*?^```$/gm, '');

/** The commands to type, without their comments. */
const commands = (text: string) =>
  [...text.matchAll(/^```sh\n([^]*?)\n```$/gm)].map(([, block]) => block.replace(/ +# .*$/gm, ''));

/** The numbers in a text's tables of what was measured, calculated or wired, in their order. */
const tabled = (text: string) =>
  [...text.matchAll(/^\|.*(?:°|`\w+\.\w+`).*\|$/gm)].map(([row]) => row.match(/\d+(?:\.\d+)?/g));

/** The names in code, such as files and settings; not the other language's handbook. */
const names = (text: string) =>
  new Set(
    [...withoutCode(text).matchAll(/`([^`\n]+)`/g)]
      .map(([, name]) => name)
      .filter((name) => !/^handbook\.\w\w\.md$/.test(name))
      .sort(),
  );

describe('the handbook', () => {
  for (const { language, text } of [japanese, english]) {
    describe(language, () => {
      for (const { scene, rows } of pictures(text)) {
        it(`shows the screen as it is (${scene})`, () => {
          assert(scene in everyScene, scene);
          const drawn = draw({ ...everyScene[scene], language }, { columns: 80, rows: 24 });
          const shown = drawn.map((line) => textOf(line).trimEnd());
          assert.equal(rows, shown.join('\n').trimEnd());
        });
      }

      it('says first that no box may ship before real hardware was tested', () => {
        const [, first] = /^## 1\. .*\n\n(.*)$/m.exec(text) ?? [];
        assert.match(
          first,
          language === 'ja'
            ? /^\*\*実機で試すまで出荷しないでください。\*\*/
            : /^\*\*Do not ship before real hardware was tested\.\*\*/,
        );
      });

      it('refers only to chapters that it has', () => {
        const has = new Set([...text.matchAll(/^#+ ([\d.]*\d)/gm)].map(([, number]) => number));
        const named = [
          ...withoutCode(text).matchAll(/[（(](?:with |Windows なら )?([1-9]\.\d+)(?=[（()）、,;: の])/g),
        ];
        assert(named.length > 20, String(named.length));
        assert.deepEqual(
          named.map(([, number]) => number).filter((number) => !has.has(number)),
          [],
        );
      });

      it("gives each camera's distance as it is calculated for the drawing", () => {
        for (const { name, angle } of cameras) {
          const { least, most } = goodDistance(angle);
          const row = text.split('\n').find((line) => line.startsWith(`| ${name} `)) ?? '';
          const numbers = row.slice(name.length + 2).match(/[\d.]+/g);
          assert.deepEqual(
            numbers?.map(Number),
            [angle, Math.round(least * 100), Math.round(most * 100)],
            name,
          );
        }
      });

      it('wires each line where the settings have it, to the pin of the header that leads there', () => {
        const { settings } = parseSettings(new Uint8Array());
        const rows = [...text.matchAll(/^\|[^|]+\| `(\w+)\.(\w+)` +\| (\d+) +\| (\d+) +\|$/gm)];
        const wired = rows.map(([, table, key, line]) => [table, key, Number(line)]);
        const set = pins.map(([table, key]) => [
          table,
          key,
          (settings[table] as Readonly<Record<string, unknown>>)[key],
        ]);
        assert.deepEqual(wired, set);
        for (const [, table, key, line, pin] of rows)
          assert.equal(header[Number(pin)], Number(line), `${table}.${key}`);
        const named = /^(?:アース（GND）|Ground): ([\d、, ]+)/m.exec(text)?.[1] ?? '';
        assert.deepEqual(named.match(/\d+/g)?.map(Number), ground);
      });
    });
  }

  it('has the same chapters, commands, names, numbers and pictures in both languages', () => {
    assert.deepEqual(chapters(english.text), chapters(japanese.text));
    assert(commands(japanese.text).length > 3);
    assert.deepEqual(commands(english.text), commands(japanese.text));
    assert.deepEqual(tabled(english.text), tabled(japanese.text));
    assert.deepEqual(names(english.text), names(japanese.text));
    const scenes = (text: string) => pictures(text).map(({ scene }) => scene);
    assert(scenes(japanese.text).length > 20);
    assert.deepEqual(scenes(english.text), scenes(japanese.text));
  });
});
