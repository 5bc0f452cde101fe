import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { run } from './programs.mjs';
import { hashOf, isStamped, putStamp } from './stamps.mjs';
import { fail, say } from './words.mjs';

const stampOf = (root) => join(root, 'node_modules', '.terashi-stamp');

/** Compiled packages fit one architecture and one generation of Node. */
const keyOf = (root) =>
  hashOf(readFileSync(join(root, 'package-lock.json')), process.arch, process.versions.modules);

/** A link leads to packages that another checkout looks after. */
const isLink = (root) => lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink();

export function npmPackagesAreCurrent(root) {
  return isLink(root) || isStamped(stampOf(root), keyOf(root));
}

/** Installs what package-lock.json names, and nothing else. */
export function installNpmPackages(root) {
  if (npmPackagesAreCurrent(root)) return;
  say(
    'npm の部品を入れています（数分かかることがあります）',
    'installing npm packages (this may take minutes)',
  );
  // The second time without compiling: only the lights need a compiled package, and they are dispensable.
  if (!npmCi(root, []) && !npmCi(root, ['--ignore-scripts'])) {
    fail({
      cause: ['npm の部品を入れられませんでした', 'The npm packages could not be installed'],
      remedy: [
        'ネットワークの接続と空き容量を確かめて、もう一度実行してください',
        'Check the network connection and the free disk space, and run this again',
      ],
    });
  }
  checkPackages(root);
  putStamp(stampOf(root), keyOf(root));
}

function npmCi(root, options) {
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const [program, ...args] = [
    ...npm,
    'ci',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--loglevel=error',
  ];
  return run(program, [...args, ...options], { env: environment(), cwd: root });
}

function environment() {
  // Compiling takes Node's headers; where they lie beside Node they need not be fetched.
  const prefix = join(dirname(process.execPath), '..');
  const nodedir = existsSync(join(prefix, 'include', 'node', 'node.h')) ? { npm_config_nodedir: prefix } : {};
  // Its install script would fetch hundreds of megabytes for NVIDIA's accelerators.
  return { ONNXRUNTIME_NODE_INSTALL: 'skip', ...nodedir };
}

/** Loads each package that has a compiled part, in a process of its own. */
function checkPackages(root) {
  const loads = (name) =>
    run(process.execPath, ['--eval', `require(${JSON.stringify(name)})`], {
      env: { ORT_DISABLE_TELEMETRY: '1' },
      cwd: root,
      quiet: true,
    });
  const broken = ['koffi', 'sharp', 'onnxruntime-node'].filter((name) => !loads(name));
  if (broken.length > 0) {
    fail({
      cause: [
        `この機械では動かない部品があります: ${broken.join(' ')}`,
        `These packages do not work on this machine: ${broken.join(' ')}`,
      ],
      remedy: [
        '64ビット（x86-64 か arm64）の Debian 12 以降で実行してください',
        'Use Debian 12 or later, 64-bit (x86-64 or arm64)',
      ],
    });
  }
  if (!loads('onoff')) {
    say(
      'ランプとボタンは使えません（onoff を組み立てられませんでした）。画面だけで動きます',
      'lights and buttons cannot be used (onoff could not be compiled); the screen alone serves',
    );
  }
}
