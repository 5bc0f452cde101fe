import { parseArgs, type ParseArgsConfig } from 'node:util';

import { err, ok, type Result } from '../result.js';

/** One of the commands of `terashi`; its `main` answers with the exit code. */
export type Command = { readonly main: (args: string[]) => Promise<number> };

/** Exit codes, the same for every command: 3 says that nothing failed, and that there is no answer all the same. */
export const exitCode = { done: 0, failed: 1, badUsage: 2, notComparable: 3, incomplete: 3 } as const;

export const usage = `terashi — 照らし: 窓口の顔照合 / face verification at the counter

  terashi run        装置を動かします / runs the appliance on this terminal
  terashi verify     二枚の画像を比べます / compares two pictures
  terashi quality    画像の顔の写り具合を調べます / measures the face image quality of a picture
  terashi records    記録を確かめます、取り出します / checks the audit records, copies them to a USB stick
  terashi doctor     装置を点検します / checks the machine itself
  terashi clock      時計を見ます、合わせます / shows the clock and how far it is trusted, sets it
  terashi update     更新スティックを調べます、入れます / looks for an update on a USB stick, installs it
  terashi settings   設定を確かめます / checks the settings
  terashi bench-test 出荷する前に装置を試します / tries a box before it ships

  作業台（PC）で / at the workbench, on a PC:
  terashi evaluate   誤り率を測ります / measures the error rates on your own pictures
  terashi calibrate  別人の類似度を測ります / measures how alike strangers score

  terashi COMMAND --help   くわしい使い方 / the command's own help
`;

/** What every command is asked alike. */
export const commonOptions = {
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Parsed<T extends ParseArgsConfig> = ReturnType<typeof parseArgs<T>>;
type WithCommonOptions = ParseArgsConfig & { readonly options: typeof commonOptions };

/**
 * Parses a command's arguments. Where nothing is left to do, since they do not fit or ask for the help alone, that is said
 * and the exit code answered.
 */
export function parse<T extends WithCommonOptions>(help: string, config: T): Result<Parsed<T>, number> {
  const parsed = parsedOf(config);
  if (!parsed.ok) return err(refuse(parsed.error, help));
  const { values }: { readonly values: { readonly help?: unknown } } = parsed.value;
  if (values.help !== true) return parsed;
  process.stdout.write(help);
  return err(exitCode.done);
}

function parsedOf<T extends ParseArgsConfig>(config: T): Result<Parsed<T>, string> {
  try {
    return ok(parseArgs(config));
  } catch (error) {
    return err((error as Error).message);
  }
}

/** Says on the error stream why the words after the command were not understood. */
export function refuse(reason: string, help: string): number {
  process.stderr.write(`terashi: ${reason}\n\n${help}`);
  return exitCode.badUsage;
}
