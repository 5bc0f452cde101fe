import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { words as bench } from '../../appliance/bench-test/words.js';
import { buttons } from '../../appliance/panel/lights/lines.js';
import { installation } from '../../appliance/installation.js';

const forms = readFileSync(join(installation.root, 'image', 'handbook', 'forms.html'), 'utf8');

/** The words of a form, as a reader sees them. */
function wordsOf(id: string): string {
  const [, content] = new RegExp(`<section id="${id}">([^]*?)</section>`).exec(forms) ?? [];
  return content.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ');
}

describe("the handbook's forms", () => {
  it('have a row for each step of the bench test, in its words', () => {
    const sheet = wordsOf('test-sheet');
    for (const { ja, en } of Object.values(bench.steps)) assert(sheet.includes(`${ja} ${en}`), ja);
  });

  it('have a label for each button, by the name that the box gives it', () => {
    const labels = wordsOf('labels');
    for (const button of buttons) {
      const [, name] = /「(.+?)」/.exec(bench.press[button].ja) ?? [];
      assert(labels.includes(name), name);
    }
  });

  it('name all that a returned card loses', () => {
    for (const what of ['記録', '設定', '較正ファイル', 'device.key'])
      assert(wordsOf('return').includes(what), what);
  });

  it('print without anything from elsewhere', () => {
    assert.doesNotMatch(forms, /\b(?:src|href)=|url\(|@import|<script/);
  });
});
