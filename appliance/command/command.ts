import { parseArgs } from 'node:util';

import type { Err } from '../result.js';
import { exitCode } from './exit-code.js';
import { formatHelp, type HelpText, type Options } from './help.js';

/** One command of `terashi`. `main` takes the arguments after its name and resolves to the exit code. */
export type Command = { readonly main: (args: string[]) => Promise<number> };

/** Every command has these. */
const commonOptions = {
  json: { type: 'boolean', default: false, help: ['結果を JSON で / the result as JSON'] },
  help: { type: 'boolean', short: 'h', default: false, help: ['この説明 / this help'] },
} as const satisfies Options;

type Values<O extends Options> = ReturnType<
  typeof parseArgs<{ options: Omit<typeof commonOptions, keyof O> & O }>
>['values'];

/** Arguments that are not options; any may be missing. */
export type Positionals = readonly [string?, string?, ...string[]];

export type Definition<O extends Options> = Omit<HelpText, 'options'> & {
  /** Its own options. One called `json` replaces the common one, to say what is printed. */
  readonly options: O;
  /** Whether it takes arguments besides options. */
  readonly positionals?: boolean;
  /** Checks the arguments and starts the work. An error is bad usage; the promise resolves to the exit code. */
  readonly run: (values: Values<O>, positionals: Positionals) => Promise<number> | Err<string>;
};

/** Makes a command that parses its arguments, and answers `--help` and bad usage by itself. */
export function defineCommand<const O extends Options>(definition: Definition<O>): Command {
  const { json = commonOptions.json }: Partial<Options> = definition.options;
  const options = { ...definition.options, json, help: commonOptions.help };
  const helpText = () => formatHelp({ ...definition, options });

  const refuse = (reason: string): number => {
    process.stderr.write(`terashi: ${reason}\n\n${helpText()}`);
    return exitCode.badUsage;
  };
  return {
    async main(args) {
      const parsed = parse(args, options, definition.positionals ?? false);
      if (typeof parsed === 'string') return refuse(parsed);
      if (parsed.values.help === true) {
        process.stdout.write(helpText());
        return exitCode.done;
      }
      const started = definition.run(parsed.values as Values<O>, parsed.positionals as [string?]);
      return started instanceof Promise ? started : refuse(started.error);
    },
  };
}

/** The parsed arguments, or what is wrong with them. */
function parse(args: string[], options: Options, allowPositionals: boolean) {
  try {
    return parseArgs({ args, options, allowPositionals });
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code.startsWith('ERR_PARSE_ARGS_')) return message;
    throw error;
  }
}
