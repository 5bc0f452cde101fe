import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';

const read = (...path: string[]) => readFileSync(join(installation.root, ...path), 'utf8');
const words = (text: string) => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('the claims', () => {
  const [, table] = /## What it claims\n([^]*?)\n## /.exec(read('README.md')) ?? [];
  const claims = [...table.matchAll(/^\| ([A-Z].+?) +\|/gm)].map(([, claim]) => claim);

  it('are eight, and each has a test of its name', () => {
    assert.equal(claims.length, 8);
    const tests = readdirSync(join(installation.root, 'test'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => read('test', file));
    for (const claim of claims) {
      const named = [`it('${claim}'`, `it("${claim}"`, `it(\`${claim}\``];
      assert.equal(
        tests.filter((text) => named.some((name) => text.includes(name))).length,
        1,
        `one test is named "${claim}"`,
      );
    }
  });

  it("are those of the residents' page, each with what it does not cover", () => {
    const page = read('image', 'handbook', 'residents.html');
    const sections = [...page.matchAll(/<section id="([a-h])">([^]*?)<\/section>/g)];
    assert.deepEqual(
      sections.map(([, id]) => id),
      Array.from('abcdefgh'),
    );
    sections.forEach(([, , section], i) => {
      assert(words(section).includes(claims[i]), claims[i]);
      for (const part of ['しくみ', '試験 Test', '規格の求め Answers', '及ばない所 Not covered'])
        assert(words(section).includes(part), `${claims[i]}: ${part}`);
    });
  });

  it('are a page without anything from elsewhere', () => {
    assert.doesNotMatch(read('image', 'handbook', 'residents.html'), /\b(?:src|href)=|url\(|@import|<script/);
  });
});
