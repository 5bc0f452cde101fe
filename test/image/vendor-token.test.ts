import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { readToken, tokenFile } from '../../appliance/vendor/token.js';

const program = join(installation.root, 'build', 'image', 'vendor-token.js');
/** A day so many days from now, in UTC. */
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('npm run vendor-token', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-vendor-token-'));
  const path = (name: string) => join(folder, name);
  before(() => {
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc', '-days', '2'];
    const files = ['-keyout', path('key.pem'), '-out', path('cert.pem')];
    execFileSync('openssl', ['req', '-x509', ...kind, '-subj', '/CN=vendor', ...files], { stdio: 'ignore' });
  });
  after(() => rmSync(folder, { recursive: true }));

  const make = (...args: string[]) => {
    rmSync(path(tokenFile), { force: true });
    const signed = ['--key', path('key.pem'), '--certificate', path('cert.pem'), '--output', folder];
    return spawnSync(process.execPath, [program, ...signed, ...args], { encoding: 'utf8' });
  };
  const made = () => {
    const read = readToken(readFileSync(path(tokenFile)), readFileSync(path('cert.pem'), 'utf8'));
    assert(read.ok);
    const { id: _, ...terms } = read.value;
    return terms;
  };

  it('makes the token of a box, by its number as the screen shows it', () => {
    const until = inDays(30);
    assert.equal(make('--box', '0123 4567-89AB', '--until', until).status, 0);
    assert.deepEqual(made(), { box: '0123456789ab', until, minutes: 30 });
  });

  it('makes the token of all boxes with an image, by its number or by its file', () => {
    const until = inDays(1);
    // As a boot partition holds it, across the end of what is read at once.
    const line = `options quiet terashi.hash=${'cd'.repeat(32)} terashi.tree=4096\n`;
    const image = Buffer.concat([Buffer.alloc(1024 * 1024 - 40), Buffer.from(line), Buffer.alloc(4096)]);
    writeFileSync(path('card.img'), image);
    execFileSync('xz', ['-k', '-0', path('card.img')]);
    for (const named of ['cdcdcdcdcdcd', path('card.img'), path('card.img.xz')]) {
      assert.equal(make('--image', named, '--until', until, '--minutes', '5').status, 0, named);
      assert.deepEqual(made(), { image: 'cdcdcdcdcdcd', until, minutes: 5 });
    }
  });

  it('makes nothing of wrong usage, and says what is meant', () => {
    const until = inDays(30);
    for (const [args, says] of [
      [[], /--box か --image/],
      [['--box', '0123456789ab', '--image', '0123456789ab', '--until', until], /--box か --image/],
      [['--box', '0123', '--until', until], /12桁の番号/],
      [['--box', '0123456789ab'], /--until YYYY-MM-DD/],
      [['--box', '0123456789ab', '--until', '2026-02-30'], /--until YYYY-MM-DD/],
      [['--box', '0123456789ab', '--until', inDays(-3)], /今日から366日先まで/],
      [['--box', '0123456789ab', '--until', inDays(400)], /今日から366日先まで/],
      [['--box', '0123456789ab', '--until', until, '--minutes', '0'], /--minutes/],
      [['--boxes', '1'], /--boxes/],
    ] as const) {
      const { status, stderr } = make(...args);
      assert.equal(status, 2, stderr);
      assert.match(stderr, says);
      assert(!existsSync(path(tokenFile)));
    }
  });

  it('makes nothing with a key that is not the certificate’s, or from a file that is no image', () => {
    const other = path('other.pem');
    execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', other]);
    const mixed = make('--box', '0123456789ab', '--until', inDays(1), '--key', other);
    assert.equal(mixed.status, 1);
    assert.match(mixed.stderr, /証明書/);
    const none = make('--image', path('cert.pem'), '--until', inDays(1));
    assert.equal(none.status, 1);
    assert.match(none.stderr, /照らしのイメージではありません/);
    assert(!existsSync(path(tokenFile)));
  });
});
