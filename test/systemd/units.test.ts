import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';

const folders = [
  join(installation.root, 'systemd'),
  join(installation.root, 'image', 'os', 'root', 'usr', 'lib', 'systemd', 'system'),
];
const services = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.service'))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') })),
);

/** The words of every line of this key. */
const words = (text: string, key: string): string[] =>
  [...text.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].flatMap(([, value]) => value.split(' '));

describe('the services of a box', () => {
  const ours = services.filter(({ text }) => /^ExecStart=.*terashi\/(node|screen)\//m.test(text));

  it('are nine that run Node', () => {
    assert.equal(ours.length, 9, ours.map(({ name }) => name).join());
  });

  for (const { name, text } of ours) {
    it(`let nobody open a debugger in ${name}, or give its Node other options`, () => {
      assert.ok(words(text, 'Environment').includes('NODE_OPTIONS=--disable-sigusr1'));
      // Of nodejs.org/api/cli.html, "Environment variables": what has Node load, print or write something.
      assert.deepEqual(words(text, 'UnsetEnvironment').sort(), [
        'NODE_COMPILE_CACHE',
        'NODE_DEBUG',
        'NODE_DEBUG_NATIVE',
        'NODE_EXTRA_CA_CERTS',
        'NODE_PATH',
        'NODE_REDIRECT_WARNINGS',
        'NODE_REPL_EXTERNAL_MODULE',
        'NODE_V8_COVERAGE',
      ]);
      assert.deepEqual(words(text, 'EnvironmentFile'), []);
      assert.deepEqual(words(text, 'PassEnvironment'), []);
      assert.deepEqual(words(text, 'LimitCORE'), ['1'], 'no core dump');
    });
  }

  it('start the lights whenever the core starts, which may then have other lines', () => {
    const lights = services.find(({ name }) => name === 'terashi-lights.service')!;
    assert.deepEqual(words(lights.text, 'WantedBy'), ['terashi.service']);
  });
});
