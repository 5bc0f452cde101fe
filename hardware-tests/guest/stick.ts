import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A USB stick with FAT and no partition table. */
export class Stick {
  readonly file: string;

  /** @param content files that are written to it */
  constructor(file: string, content: readonly string[] = []) {
    this.file = file;
    const bytes = content.reduce((sum, each) => sum + statSync(each).size, 0);
    writeFileSync(file, '');
    truncateSync(file, Math.ceil(bytes / 2 ** 20 + 64) * 2 ** 20);
    execFileSync('mkdosfs', ['-F', '32', '-n', 'STICK', file], { stdio: 'ignore' });
    for (const each of content) execFileSync('mcopy', ['-i', file, each, '::']);
  }

  /** Copies its files into a folder, and returns their paths. */
  extractAll(folder: string): readonly string[] {
    mkdirSync(folder);
    execFileSync('mcopy', ['-n', '-i', this.file, '::*', folder]);
    return readdirSync(folder).map((name) => join(folder, name));
  }
}
