import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { find, run } from './programs.mjs';
import { hashOf, isStamped, putStamp } from './stamps.mjs';
import { fail, say } from './words.mjs';

const rooms = ['appliance', 'image', 'models', 'hardware-tests', 'test'];

/** Compiles the programs, and builds the models and the practice pictures: each when what it is made of changed. */
export function build(root) {
  step(join(root, 'build', 'appliance', '.stamp'), hashOf(...sourcesIn(root)), () => {
    compile(root);
  });
  const packages = readFileSync(join(root, 'package-lock.json'));
  const manifest = readFileSync(join(root, 'models', 'manifest.json'));
  const partsOf = (program) => [...modulesOf(join(root, 'build', program))].map((file) => readFileSync(file));
  step(
    join(root, 'build', 'onnx', '.stamp'),
    hashOf(packages, manifest, ...partsOf('models/build.js')),
    () => {
      make(root, ['顔照合のモデルを組み立てています', 'building the models'], 'models/build.js');
    },
  );
  step(join(root, 'build', 'practice', '.stamp'), hashOf(packages, ...partsOf('image/practice.js')), () => {
    make(root, ['練習用の画像を作っています', 'making pictures for practice'], 'image/practice.js');
  });
  linkPrograms(join(root, 'build', 'programs'));
}

function step(stamp, key, work) {
  if (isStamped(stamp, key)) return;
  work();
  putStamp(stamp, key);
}

/** What the compiler reads. */
function sourcesIn(root) {
  const settings = ['tsconfig.json', 'package-lock.json'].map((name) => join(root, name));
  const programs = rooms.flatMap((room) => filesIn(join(root, room), '.ts'));
  return [...settings, ...programs].flatMap((file) => [relative(root, file), readFileSync(file)]);
}

function filesIn(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}

/** A compiled module, and all that it imports by a relative path. */
function modulesOf(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(
    /^(?:import|export)\b[^;]*?['"](\.[^'"]+)['"];/gm,
  ))
    modulesOf(join(dirname(file), path), found);
  return found;
}

function compile(root) {
  say('プログラムを組み立てています', 'compiling');
  // An incremental compiler does not write again what was deleted.
  const isWhole = rooms.every((room) => existsSync(join(root, 'build', room)));
  if (!isWhole) rmSync(join(root, 'build', 'tsconfig.tsbuildinfo'), { force: true });
  if (!run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', root])) {
    fail({
      cause: ['プログラムを組み立てられませんでした', 'The programs could not be compiled'],
      remedy: [
        '上の行を直すか、変更していないものを取り直して、もう一度実行してください',
        'Mend what is named above, or take a fresh copy, and run this again',
      ],
    });
  }
  removeOrphans(root);
  chmodSync(join(root, 'build', 'appliance', 'main.js'), 0o755);
}

/** A program whose source is gone must not go on running, or being tested. */
function removeOrphans(root) {
  for (const room of rooms) {
    for (const file of filesIn(join(root, 'build', room), '.js')) {
      const source = join(root, relative(join(root, 'build'), file)).replace(/\.js$/, '.ts');
      if (!existsSync(source)) rmSync(file);
    }
  }
}

function make(root, [japanese, english], program) {
  say(japanese, english);
  if (run(process.execPath, [join(root, 'build', program)])) return;
  fail({
    cause: [`${program} が終わりませんでした`, `${program} did not succeed`],
    remedy: [
      '空き容量を確かめ、node_modules を消してから、もう一度実行してください',
      'Check the free disk space, delete node_modules, and run this again',
    ],
  });
}

/** node-libcamera asks for `libcamera-vid`, which newer systems call `rpicam-vid` alone. */
function linkPrograms(folder) {
  const link = join(folder, 'libcamera-vid');
  rmSync(link, { force: true });
  const program = find('rpicam-vid');
  if (program === undefined || find('libcamera-vid') !== undefined) return;
  mkdirSync(folder, { recursive: true });
  symlinkSync(program, link);
}
