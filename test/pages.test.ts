import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import { run } from '../hardware-tests/counter/run.js';
import { installation } from '../appliance/installation.js';
import { draw } from '../appliance/panel/screen/draw.js';
import { textOf } from '../appliance/panel/screen/line.js';
import { everyScene } from './panel/views.js';

const { root } = installation;

/** Every page that git tracks, with its text. */
async function pagesOf(): Promise<{ readonly page: string; readonly text: string }[]> {
  const { stdout } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md']);
  return stdout
    .split('\n')
    .filter((page) => page !== '' && existsSync(join(root, page)))
    .map((page) => ({ page, text: readFileSync(join(root, page), 'utf8') }));
}

const withoutCode = (text: string) => text.replace(/^```[^]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');

describe('the pages', () => {
  let pages: Awaited<ReturnType<typeof pagesOf>>;

  before(async () => {
    pages = await pagesOf();
    assert(pages.length > 5);
  });

  it('show the screen as it is', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [, picture] = /^```screen\n([^]*?)\n```$/m.exec(readme) ?? [];
    const drawn = draw(everyScene.above, { columns: 80, rows: 24 }).map((line) => textOf(line).trimEnd());
    assert.equal(picture, drawn.join('\n').trimEnd());
  });

  it('have a README of at most 150 lines', () => {
    assert(readFileSync(join(root, 'README.md'), 'utf8').split('\n').length <= 150);
  });

  it('link only to existing files', () => {
    const broken = pages.flatMap(({ page, text }) =>
      [...withoutCode(text).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map(([, link]) => normalize(join(dirname(page), link)))
        .filter((target) => !existsSync(join(root, target)))
        .map((target) => `${page}: ${target}`),
    );
    assert.deepEqual(broken, []);
  });

  it('name only existing npm scripts', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const unknown = pages.flatMap(({ page, text }) =>
      [...text.matchAll(/\bnpm run ([a-z][\w:-]*)/g)]
        .filter(([, script]) => !(script in scripts))
        .map(([whole]) => `${page}: ${whole}`),
    );
    assert.deepEqual(unknown, []);
  });

  it('name only existing commands of terashi', async () => {
    const { stdout } = await run(process.execPath, [join(root, 'build', 'appliance', 'main.js'), '--help']);
    const unknown = pages.flatMap(({ page, text }) =>
      [...text.matchAll(/\bnpx terashi ([a-z][a-z-]*)/g)]
        .filter(([, command]) => !new RegExp(`\\b${command}\\b`).test(stdout))
        .map(([whole]) => `${page}: ${whole}`),
    );
    assert.deepEqual(unknown, []);
  });

  it('name only existing files of the project', () => {
    const missing = pages.flatMap(({ page, text }) =>
      [...text.matchAll(/`((?:appliance|image|models|systemd|hardware-tests|test)\/[\w./-]*[\w/])`/g)]
        .map(([, file]) => file)
        .filter((file) => !existsSync(join(root, file)))
        .map((file) => `${page}: ${file}`),
    );
    assert.deepEqual(missing, []);
  });
});
