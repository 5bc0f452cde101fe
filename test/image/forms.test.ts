import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { stepLines } from '../../appliance/bench-test/report.js';
import { passed } from '../../appliance/bench-test/step.js';
import { installation } from '../../appliance/installation.js';

type Step = Parameters<typeof passed>[0];

const read = (...path: string[]) => readFileSync(join(installation.root, ...path), 'utf8');
const forms = read('image', 'handbook', 'forms.html');

/** The words of a form, as a reader sees them. */
function wordsOf(id: string): string {
  const [, content] = new RegExp(`<section id="${id}">([^]*?)</section>`).exec(forms) ?? [];
  return content.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ');
}

describe("the handbook's forms", () => {
  it('have a row for each step of the bench test, in the words of its report', () => {
    const table = read('appliance', 'bench-test', 'README.md').matchAll(/^\| `([\w-]+)` /gm);
    const steps = [...table].map(([, step]) => step as Step);
    assert.equal(steps.length, 7);
    const sheet = wordsOf('test-sheet');
    for (const step of steps) {
      const [line] = stepLines(passed(step));
      const [, name] = /^○ (.+?) \/ /.exec(line) ?? [];
      assert(sheet.includes(name), line);
    }
  });

  it('have a label for each button, by the name that the settings give it', () => {
    const [, names] = /^# ボタンを.*?番号）。(.*)$/m.exec(readFileSync(installation.settings, 'utf8')) ?? [];
    const buttons = [...names.matchAll(/「(.+?)」/g)].map(([, name]) => name);
    assert.equal(buttons.length, 3);
    for (const name of buttons) assert(wordsOf('labels').includes(name), name);
  });

  it('name all that a returned card loses', () => {
    for (const what of ['記録', '設定', '較正ファイル', 'device.key'])
      assert(wordsOf('return').includes(what), what);
  });

  it('print without anything from elsewhere', () => {
    assert.doesNotMatch(forms, /\b(?:src|href)=|url\(|@import|<script/);
  });
});
