import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';

type End = { readonly status: number | null; readonly said: string };

/** Replacements of the programs that would change this machine. */
const dpkgQuery = (missing: string): string => `
for name in "$@"; do
  case "$name" in
    --*) ;;
    ${missing}) missing=1 ;;
    *) echo "$name installed" ;;
  esac
done
exit \${missing:-0}`;

describe('the set-up', () => {
  let model: string;
  let root: string;
  let bin: string;
  let running: ChildProcess[] = [];

  /** A small project of the same shape, built by the real set-up and the real compiler. */
  before(async () => {
    root = model = mkdtempSync(join(tmpdir(), 'set-up-'));
    bin = join(root, 'bin');
    for (const room of ['appliance', 'image', 'models', 'bin']) mkdirSync(join(root, room));
    for (const name of ['image/setup.mjs', 'image/setup', 'package-lock.json']) {
      cpSync(join(installation.root, name), join(root, name), { recursive: true });
    }
    symlinkSync(join(installation.root, 'node_modules'), join(root, 'node_modules'));
    write('package.json', '{ "type": "module" }');
    write(
      'tsconfig.json',
      `{
        "compilerOptions": {
          "target": "es2022", "lib": ["es5"], "types": [], "module": "nodenext", "rootDir": ".", "outDir": "build"
        },
        "include": ["appliance", "image", "models"]
      }`,
    );
    const node = 'declare const process: any, console: any, setInterval: any; export {};\n';
    write('appliance/main.ts', 'export const greeting: string = "hello";');
    write('appliance/other.ts', node);
    write('models/manifest.json', '{}');
    write('models/net.ts', 'export const net: string = "one";');
    write(
      'models/build.ts',
      `export { net } from "./net.js"; ${node} process.getBuiltinModule("fs").mkdirSync("build/onnx", { recursive: true });`,
    );
    write(
      'image/practice.ts',
      `${node} if (process.env.HANG) { console.log("hanging"); setInterval(() => {}, 1000); }`,
    );
    program('dpkg-query', dpkgQuery('nothing'));
    const { status, said } = await setUp();
    assert.equal(status, 0, said);
  });

  after(() => {
    rmSync(model, { recursive: true });
  });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'set-up-'));
    bin = join(root, 'bin');
    cpSync(model, root, { recursive: true, verbatimSymlinks: true });
    chmodSync(root, 0o755);
  });

  afterEach(async () => {
    for (const child of running) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      kill(child);
      await once(child, 'close');
    }
    running = [];
    rmSync(root, { recursive: true });
  });

  const write = (name: string, text: string): void => {
    writeFileSync(join(root, name), text);
  };
  const program = (name: string, script: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  const kill = (child: ChildProcess): void => {
    process.kill(-child.pid!, 'SIGKILL');
  };

  type Circumstances = {
    args?: string[];
    env?: Record<string, string>;
    uid?: number;
    preload?: string;
    /** The input at a terminal. */
    typed?: string;
  };

  function start({ args = [], env = {}, uid, preload, typed }: Circumstances = {}): ChildProcess {
    const options = preload === undefined ? [] : ['--require', preload];
    const command = [process.execPath, ...options, join(root, 'image', 'setup.mjs'), ...args];
    // script(1) gives a program a terminal.
    const [file, ...rest] =
      typed === undefined ? command : ['/usr/bin/script', '-qec', command.join(' '), '/dev/null'];
    const child = spawn(file, rest, {
      cwd: root,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: bin, ...env },
      ...(uid === undefined ? {} : { uid }),
    });
    if (typed === undefined) child.stdin.end();
    else child.stdin.write(typed);
    running.push(child);
    return child;
  }

  async function setUp(circumstances: Circumstances = {}): Promise<End> {
    const child = start(circumstances);
    let said = '';
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    }
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, said };
  }

  /** Waits until the output of the set-up matches. */
  async function saying(child: ChildProcess, words: RegExp): Promise<void> {
    let said = '';
    for await (const text of child.stdout!.setEncoding('utf8')) {
      said += String(text);
      if (words.test(said)) return;
    }
    assert.fail(`it ended, having said: ${said}`);
  }

  it('builds what is missing, and is silent if nothing is', async () => {
    rmSync(join(root, 'build'), { recursive: true });
    const first = await setUp();
    assert.equal(first.status, 0, first.said);
    assert.match(first.said, /compiling[^]*models[^]*pictures/);
    accessSync(join(root, 'build', 'appliance', 'main.js'), constants.X_OK);
    assert.deepEqual(await setUp(), { status: 0, said: '' });
  });

  it('compiles again if a source has changed, and removes a program whose source is gone', async () => {
    write('appliance/main.ts', 'export const greeting: string = "good morning";');
    rmSync(join(root, 'appliance', 'other.ts'));
    assert.match((await setUp()).said, /compiling/);
    assert.match(readFileSync(join(root, 'build', 'appliance', 'main.js'), 'utf8'), /good morning/);
    assert.equal(existsSync(join(root, 'build', 'appliance', 'other.js')), false);
  });

  it('builds the models and the pictures again only if a module of their program has changed', async () => {
    write('appliance/main.ts', 'export const greeting: string = "good evening";');
    assert.doesNotMatch((await setUp()).said, /models|pictures/);
    write('models/net.ts', 'export const net: string = "another";');
    const { said } = await setUp();
    assert.match(said, /models/);
    assert.doesNotMatch(said, /pictures/);
  });

  it('says what to do if a program does not compile, and continues once it is mended', async () => {
    write('appliance/main.ts', 'export const greeting: number = "hello";');
    const failed = await setUp();
    assert.equal(failed.status, 1);
    assert.match(failed.said, /main\.ts[^]*組み立てられませんでした[^]*could not be compiled/);
    write('appliance/main.ts', 'export const greeting: string = "hello";');
    assert.equal((await setUp()).status, 0);
  });

  it('may be killed and run again', async () => {
    rmSync(join(root, 'build', 'practice'), { recursive: true });
    const child = start({ env: { HANG: '1' } });
    await saying(child, /hanging/);
    kill(child);
    await once(child, 'close');
    const again = await setUp();
    assert.equal(again.status, 0, again.said);
    assert.doesNotMatch(again.said, /compiling/);
    assert.match(again.said, /pictures/);
  });

  it('waits for another set-up in the same folder', async () => {
    rmSync(join(root, 'build', 'practice'), { recursive: true });
    const first = start({ env: { HANG: '1' } });
    await saying(first, /hanging/);
    const second = start();
    await saying(second, /waiting for another set-up/);
    kill(first);
    const [status] = (await once(second, 'close')) as [number | null];
    assert.equal(status, 0);
    assert.deepEqual(await setUp(), { status: 0, said: '' });
  });

  it('refuses an old Node', async () => {
    const preload = join(root, 'old-node.cjs');
    write('old-node.cjs', 'Object.defineProperty(process, "versions", { value: { node: "20.18.1" } });');
    const { status, said } = await setUp({ preload });
    assert.equal(status, 1);
    assert.match(said, /20\.18\.1[^]*20\.19/);
  });

  describe('of Debian packages', () => {
    const asRoot = process.getuid?.() === 0;
    const aptGet = `echo "$@" >> "$(dirname "$0")"/apt-get.log`.replaceAll('dirname', '/usr/bin/dirname');
    const asked = (): string => readFileSync(join(bin, 'apt-get.log'), 'utf8');

    beforeEach(() => {
      program('apt-get', aptGet);
      // Writable for users without rights: the programs log their arguments here.
      chmodSync(bin, 0o777);
    });

    it('installs what is missing, as root', async function () {
      if (!asRoot) this.skip();
      program('dpkg-query', dpkgQuery('libsane1|tmux'));
      const { status, said } = await setUp({ args: ['--for-tests'] });
      assert.equal(status, 0, said);
      assert.match(said, /libsane1 tmux/);
      assert.match(asked(), / install --yes --no-install-recommends libsane1 tmux$/m);
      assert.doesNotMatch(asked(), / update$/m);
    });

    it('fetches the package lists if there are none', async function () {
      if (!asRoot) this.skip();
      program('dpkg-query', dpkgQuery('libsane1'));
      program('apt-get', `case "$*" in *--simulate) exit 100;; esac\n${aptGet}`);
      assert.equal((await setUp()).status, 0);
      assert.match(asked(), / update\n.* install --yes --no-install-recommends libsane1\n$/);
    });

    it('looks only before tests for what the tests need', async () => {
      program('dpkg-query', dpkgQuery('tmux'));
      assert.deepEqual(await setUp(), { status: 0, said: '' });
    });

    for (const [circumstances, uid] of [
      ['without rights and without a terminal', 65534],
      ['when apt fails', undefined],
    ] as const) {
      it(`gives the command and stops ${circumstances}`, async function () {
        if (!asRoot) this.skip();
        program('dpkg-query', dpkgQuery('libsane1'));
        if (uid === undefined) program('apt-get', 'exit 100');
        const { status, said } = await setUp(uid === undefined ? {} : { uid });
        assert.equal(status, 1);
        assert.match(said, /apt-get .*install --yes --no-install-recommends libsane1/);
      });

      it(`continues without what is optional ${circumstances}`, async function () {
        if (!asRoot) this.skip();
        program('dpkg-query', dpkgQuery('gstreamer1.0-tools'));
        if (uid === undefined) program('apt-get', 'exit 100');
        const { status, said } = await setUp(uid === undefined ? {} : { uid });
        assert.equal(status, 0, said);
        assert.match(said, /USB cameras cannot be used/);
      });
    }

    for (const [answer, typed] of [
      ['yes', '\n'],
      ['no', 'n\n'],
    ] as const) {
      it(`asks at a terminal before it uses sudo, and obeys a ${answer}`, async () => {
        program('dpkg-query', dpkgQuery('libsane1'));
        program('sudo', '"$@"');
        const { status, said } = await setUp({ typed, ...(asRoot ? { uid: 65534 } : {}) });
        assert.match(said, /sudo apt-get .*libsane1\r?\n.*\[Y\/n\]/);
        assert.equal(status, answer === 'yes' ? 0 : 1, said);
        assert.equal(existsSync(join(bin, 'apt-get.log')), answer === 'yes');
      });
    }

    it('says what is needed on a system without apt', async () => {
      rmSync(join(bin, 'dpkg-query'));
      rmSync(join(bin, 'apt-get'));
      program('ldconfig', 'echo "libc.so.6 (libc6,x86-64) => /lib/libc.so.6"');
      program('gst-launch-1.0', '');
      const { status, said } = await setUp();
      assert.equal(status, 1);
      assert.match(said, /libsane1[^]*no apt/);
      program('ldconfig', 'echo "libsane.so.1 (libc6,x86-64) => /lib/libsane.so.1"');
      assert.deepEqual(await setUp(), { status: 0, said: '' });
    });
  });

  describe('of npm packages', () => {
    let npm: string;

    /** Replaces npm: logs its arguments, and links or invents the packages that it installs. */
    const npmCi = (fails: string, packages: readonly string[]): string => `
      const fs = require('node:fs');
      fs.appendFileSync('npm.log', process.argv.slice(2).join(' ') + ' ' + process.env.ONNXRUNTIME_NODE_INSTALL + '\\n');
      if (${fails}) process.exit(1);
      fs.rmSync('node_modules', { recursive: true, force: true });
      fs.mkdirSync('node_modules');
      fs.symlinkSync(${JSON.stringify(join(installation.root, 'node_modules', 'typescript'))}, 'node_modules/typescript');
      for (const name of ${JSON.stringify(packages)}) {
        fs.mkdirSync('node_modules/' + name);
        fs.writeFileSync('node_modules/' + name + '/index.js', '');
      }`;
    const asked = (): string[] => readFileSync(join(root, 'npm.log'), 'utf8').trim().split('\n');
    const all = ['koffi', 'sharp', 'onnxruntime-node', 'onoff'];

    beforeEach(() => {
      npm = join(root, 'npm.cjs');
      rmSync(join(root, 'node_modules'));
    });

    it('installs them once, and again if the lock file changes', async () => {
      writeFileSync(npm, npmCi('false', all));
      const first = await setUp({ env: { npm_execpath: npm } });
      assert.equal(first.status, 0, first.said);
      assert.match(asked()[0], /^ci .*--include=dev.* skip$/);
      assert.deepEqual(await setUp({ env: { npm_execpath: npm } }), { status: 0, said: '' });
      write('package-lock.json', '{}');
      assert.match((await setUp({ env: { npm_execpath: npm } })).said, /installing npm packages/);
      assert.equal(asked().length, 2);
    });

    it('continues without the lights if they cannot be compiled', async () => {
      writeFileSync(npm, npmCi('!process.argv.includes("--ignore-scripts")', all.slice(0, 3)));
      const { status, said } = await setUp({ env: { npm_execpath: npm } });
      assert.equal(status, 0, said);
      assert.match(said, /lights and buttons cannot be used/);
      assert.match(asked()[1], / --ignore-scripts /);
    });

    it('stops if they cannot be installed or do not work', async () => {
      writeFileSync(npm, npmCi('true', []));
      const failed = await setUp({ env: { npm_execpath: npm } });
      assert.equal(failed.status, 1);
      assert.match(failed.said, /ネットワーク[^]*network/);
      writeFileSync(npm, npmCi('false', ['koffi', 'onnxruntime-node', 'onoff']));
      const broken = await setUp({ env: { npm_execpath: npm } });
      assert.equal(broken.status, 1);
      assert.match(broken.said, /sharp[^]*64-bit/);
      writeFileSync(npm, npmCi('false', all));
      assert.equal((await setUp({ env: { npm_execpath: npm } })).status, 0);
    });
  });

  it("links libcamera-vid if a system has only the camera program's newer name", async () => {
    const link = join(root, 'build', 'programs', 'libcamera-vid');
    program('rpicam-vid', '');
    await setUp();
    assert.equal(readlinkSync(link), join(bin, 'rpicam-vid'));
    program('libcamera-vid', '');
    await setUp();
    assert.equal(existsSync(link), false);
  });
});
