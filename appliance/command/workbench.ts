import type { Command } from './command.js';
import { exitCode } from './exit-code.js';

/**
 * Loads a command that a developer's or vendor's computer has, and a box does not: no program on a box takes a list
 * of people.
 */
export async function workbench(
  load: () => Promise<{ readonly command: Command }>,
): Promise<{ readonly command: Command }> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    return { command: { main: () => Promise.resolve(notInstalled()) } };
  }
}

function notInstalled(): number {
  process.stderr.write(
    'terashi: 作業台のコマンドは、この装置に入っていません。開発用の PC で実行してください。\n' +
      '         The workbench is not installed here. Run this on a computer that has the whole project.\n',
  );
  return exitCode.badUsage;
}
