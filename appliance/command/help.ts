/** An option as parseArgs of node:util takes it, with its text in `--help`. */
export type Option = {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly default?: string | boolean;
  /** The placeholder for its value in the help: `FILE`. */
  readonly value?: string;
  readonly help: readonly string[];
};
export type Options = Readonly<Record<string, Option>>;

/** What `--help` says of a command. Blocks of text may be indented like the code around them. */
export type HelpText = {
  /** How it is called, without the name of the program; one line a form. */
  readonly synopsis: readonly string[];
  readonly description?: string;
  /** Its subcommands and files, each with its explanation. */
  readonly arguments?: Readonly<Record<string, readonly string[]>>;
  readonly options: Options;
  /** Further explanations, the keys of its JSON, the exit codes. */
  readonly notes: string;
};

const indent = '  ';

export function formatHelp({ synopsis, description, arguments: args, options, notes }: HelpText): string {
  const optionRows = Object.entries(options).map(([name, { value, help }]): Row => {
    return [`--${name}${value === undefined ? '' : ` ${value}`}`, help];
  });
  const argumentRows = Object.entries(args ?? {});
  const width = Math.max(...[...optionRows, ...argumentRows].map(([label]) => label.length)) + indent.length;
  return [
    synopsis.map((line) => `terashi ${line}`).join('\n'),
    ...(description === undefined ? [] : [block(description)]),
    ...[argumentRows, optionRows].filter((rows) => rows.length > 0).map((rows) => table(rows, width)),
    `${block(notes)}\n`,
  ].join('\n\n');
}

type Row = readonly [label: string, lines: readonly string[]];

function table(rows: readonly Row[], width: number): string {
  return rows
    .flatMap(([label, lines]) =>
      lines.map((line, index) => `${(index === 0 ? label : '').padEnd(width)}${line}`),
    )
    .map((line) => indent + line)
    .join('\n');
}

/** Replaces the indentation of the source by that of the help. */
function block(text: string): string {
  const lines = text.replaceAll(/^\n+|\s+$/g, '').split('\n');
  const margin = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => (line.trim() === '' ? '' : indent + line.slice(margin))).join('\n');
}
