import { type Command, exitCode } from './command.js';

/**
 * A command of the workbench, which is on a developer's or a vendor's computer and never on a box: a box has no
 * program that takes a list of people.
 */
export async function workbench(load: () => Promise<{ readonly command: Command }>): Promise<Command> {
  try {
    return (await load()).command;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    return { main: () => Promise.resolve(missing()) };
  }
}

function missing(): number {
  process.stderr.write(
    'terashi: 作業台のコマンドは、この装置に入っていません。開発用の PC で実行してください。\n' +
      '         The workbench is not installed here. Run this on a computer that has the whole project.\n',
  );
  return exitCode.badUsage;
}
