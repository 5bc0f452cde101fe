import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';

import { smallest } from '../../appliance/panel/screen/draw.js';
import { whileUnanswered } from '../../appliance/panel/screen/unanswered.js';
import { wordsIn } from '../../appliance/panel/words/said.js';
import { language } from '../../appliance/protocol/language.js';

describe('a core that does not answer its screen', () => {
  it('is told of in every language, and fits the smallest screen', async () => {
    const output = new PassThrough({ encoding: 'utf8' });
    let answer: (value: number) => void = () => undefined;
    const waiting = whileUnanswered(new Promise<number>((resolve) => (answer = resolve)), output, 0);
    const page = String((await output.iterator().next()).value);
    answer(7);
    assert.equal(await waiting, 7);
    for (const each of language.options) {
      const { title, text } = wordsIn[each].unanswered;
      for (const line of `${title}\n${text}`.split('\n')) {
        assert(page.includes(line));
        // Japanese glyphs take two columns; the page is indented by two.
        const columns = Array.from(line).reduce((sum, glyph) => sum + (glyph > '\u00ff' ? 2 : 1), 2);
        assert(columns <= smallest.columns, line);
      }
    }
    assert(page.split('\r\n').length + 2 <= smallest.rows);
  });

  it('is not told of where the answer comes in time', async () => {
    const output = new PassThrough();
    assert.equal(await whileUnanswered(Promise.resolve('settings'), output, 60_000), 'settings');
    assert.equal(output.readableLength, 0);
  });
});
