import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Board } from '../../image/os/board.js';
import { makeBundle } from '../../image/os/bundle.js';
import { makeSlot } from '../../image/os/slot.js';
import type { SecureBootKeys } from '../../image/os/uefi/secure-boot.js';
import { copyStub } from '../../image/os/uefi/uefi.js';
import type { UpdateKeys } from '../../image/os/update-keys.js';
import { commitTime } from '../../image/package/commit-time.js';
import { run } from '../../image/package/run-program.js';
import type { Card } from './card.js';

/** What signs an update, and on UEFI what starts it. */
export type VersionKeys = { readonly update: UpdateKeys; readonly secureBoot: SecureBootKeys };

/** Makes updates for a card: its own root with a higher version number, intact or broken. */
export class Versions {
  readonly #board: Board;
  readonly #keys: VersionKeys;
  readonly #folder: string;

  private constructor(board: Board, keys: VersionKeys, folder: string) {
    this.#board = board;
    this.#keys = keys;
    this.#folder = folder;
  }

  /** Extracts the root from slot a of a card that was never started. */
  static async of(card: Card, board: Board, keys: VersionKeys, folder: string): Promise<Versions> {
    mkdirSync(folder);
    const path = (name: string) => join(folder, name);
    card.extractKernel(board, path('kernel'));
    card.extractSlot('a', card.verityOf(board, 'a')!.tree, path('root.erofs'));
    await run('fsck.erofs', [`--extract=${path('root')}`, '--preserve', path('root.erofs')], {
      cwd: folder,
    });
    rmSync(path('root.erofs'));
    if (board.start.kind === 'uefi') await copyStub(board.start, path('root'), path('kernel'));
    return new Versions(board, keys, folder);
  }

  /** Makes a version that works, and returns the path of its bundle. */
  async working(version: string): Promise<string> {
    const file = this.#pathInRoot('package.json');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.replace(/"version": "[^"]*"/, `"version": "${version}"`));
    return this.#bundle(version);
  }

  /** Makes a version that starts and fails its self-test: the checksum of a face model is wrong. */
  async broken(version: string): Promise<string> {
    const model = this.#pathInRoot('build/onnx/dlib-resnet.onnx');
    const before = readFileSync(model);
    const changed = Buffer.from(before);
    changed[before.length >> 1] ^= 1;
    writeFileSync(model, changed);
    const bundle = await this.working(version);
    writeFileSync(model, before);
    return bundle;
  }

  #pathInRoot(file: string): string {
    return join(this.#folder, 'root', 'usr', 'lib', 'terashi', file);
  }

  async #bundle(version: string): Promise<string> {
    const time = await commitTime();
    const path = (name: string) => join(this.#folder, name);
    const slot = await makeSlot(path('root'), path(`${version}.erofs`), time, 'lz4');
    const bundle = path(`terashi-${version}.raucb`);
    await makeBundle(
      this.#board,
      { version, commitTime: time, slot, kernel: path('kernel'), signer: { ...this.#keys.secureBoot, time } },
      this.#keys.update,
      bundle,
      false,
    );
    rmSync(`${bundle}.d`, { recursive: true });
    rmSync(slot.file);
    return bundle;
  }
}
