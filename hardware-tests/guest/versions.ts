import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Board } from '../../image/os/board.js';
import { makeBundle } from '../../image/os/bundle.js';
import { makeSlot } from '../../image/os/slot.js';
import type { UpdateKeys } from '../../image/os/update-keys.js';
import { madeAt } from '../../image/package/made-at.js';
import { run } from '../../image/package/programs.js';
import type { Card } from './card.js';

/** Makes updates for a card: its own root, with a greater number and perhaps with something wrong in it. */
export class Versions {
  readonly #board: Board;
  readonly #keys: UpdateKeys;
  readonly #folder: string;

  private constructor(board: Board, keys: UpdateKeys, folder: string) {
    this.#board = board;
    this.#keys = keys;
    this.#folder = folder;
  }

  /** Takes the root out of the first slot of a card that never ran. */
  static async of(card: Card, board: Board, keys: UpdateKeys, folder: string): Promise<Versions> {
    mkdirSync(folder);
    const place = (name: string) => join(folder, name);
    card.take('slot-a', place('kernel'));
    card.takeSlot('a', card.seal(board, 'a')!.tree, place('root.erofs'));
    await run('fsck.erofs', [`--extract=${place('root')}`, '--preserve', place('root.erofs')], {
      cwd: folder,
    });
    rmSync(place('root.erofs'));
    return new Versions(board, keys, folder);
  }

  /** A version that works, and where its bundle lies. */
  async working(version: string): Promise<string> {
    const file = this.#inRoot('package.json');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.replace(/"version": "[^"]*"/, `"version": "${version}"`));
    return this.#bundle(version);
  }

  /** One that starts, and whose self-test fails: a face model is not the one that was vouched for. */
  async broken(version: string): Promise<string> {
    const model = this.#inRoot('build/onnx/dlib-resnet.onnx');
    const before = readFileSync(model);
    const spoiled = Buffer.from(before);
    spoiled[before.length >> 1] ^= 1;
    writeFileSync(model, spoiled);
    const bundle = await this.working(version);
    writeFileSync(model, before);
    return bundle;
  }

  #inRoot(file: string): string {
    return join(this.#folder, 'root', 'usr', 'lib', 'terashi', file);
  }

  async #bundle(version: string): Promise<string> {
    const time = await madeAt();
    const place = (name: string) => join(this.#folder, name);
    const slot = await makeSlot(place('root'), place(`${version}.erofs`), time, 'lz4');
    const bundle = place(`terashi-${version}.raucb`);
    await makeBundle(
      this.#board,
      { version, madeAt: time, slot, kernel: place('kernel') },
      this.#keys,
      bundle,
      false,
    );
    rmSync(`${bundle}.d`, { recursive: true });
    rmSync(slot.file);
    return bundle;
  }
}
