import type { Command } from './command.js';
import { exitCode } from './exit-code.js';

/** A command in the list of `terashi --help`. Its file is loaded only when it runs: a box starts sooner. */
export type CommandEntry = {
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
};

type List = Readonly<Record<string, CommandEntry>>;

/** Runs the command that the arguments name, and resolves to its exit code. */
export async function terashi(
  [name = '--help', ...args]: readonly string[],
  box: List,
  workbench: List,
): Promise<number> {
  const command = Object.entries({ ...box, ...workbench }).find(([each]) => each === name)?.[1];
  if (command) {
    const loaded = await command.load();
    return loaded.command.main(args);
  }
  const wantsHelp = name === '--help' || name === '-h';
  (wantsHelp ? process.stdout : process.stderr).write(usage(box, workbench));
  return wantsHelp ? exitCode.done : exitCode.badUsage;
}

function usage(box: List, workbench: List): string {
  const width = Math.max(...Object.keys({ ...box, ...workbench }).map((name) => name.length));
  const rows = (list: List) =>
    Object.entries(list).map(([name, { summary }]) => `  terashi ${name.padEnd(width)} ${summary}`);
  return [
    'terashi — 照らし: 窓口の顔照合 / face verification at the counter',
    '',
    ...rows(box),
    '',
    '  作業台（PC）で / at the workbench, on a PC:',
    ...rows(workbench),
    '',
    "  terashi COMMAND --help   くわしい使い方 / the command's own help",
    '',
  ].join('\n');
}
