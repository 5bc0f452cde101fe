import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { z } from 'zod';

import { installation } from '../../appliance/installation.js';

export const peerNames = ['human', 'face-api'] as const;
export type PeerName = (typeof peerNames)[number];

const sources = join(installation.root, 'hardware-tests', 'benchmark', 'peers');
const folder = join(installation.root, 'build', 'benchmark-peers');

const answer = z.object({ milliseconds: z.number(), similarity: z.number().nullable() });

/** Installs the peers into a folder of their own; the product does not carry them. */
export function installPeers(): void {
  cpSync(sources, folder, { recursive: true });
  if (existsSync(join(folder, 'node_modules', '@vladmandic', 'human'))) return;
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'ignore',
  });
}

/** Another program that compares faces, running and warm between its comparisons. */
export class Peer {
  readonly #program: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string, undefined>;

  constructor(readonly name: PeerName) {
    this.#program = spawn(process.execPath, [join(folder, `${name}.mjs`)], { cwd: folder });
    this.#program.stderr.resume();
    this.#answers = createInterface(this.#program.stdout)[Symbol.asyncIterator]();
  }

  /** @returns milliseconds from the files to the similarity */
  async compare(files: readonly string[]): Promise<number> {
    this.#program.stdin.write(`${files.join('\t')}\n`);
    for (;;) {
      const { value } = await this.#answers.next();
      if (value === undefined) throw new Error(`${this.name} ended`);
      // They print words of their own, too.
      if (!value.startsWith('{')) continue;
      const { milliseconds, similarity } = answer.parse(JSON.parse(value));
      if (similarity === null) throw new Error(`${this.name} finds no face`);
      return milliseconds;
    }
  }

  close(): void {
    this.#program.kill();
  }
}
