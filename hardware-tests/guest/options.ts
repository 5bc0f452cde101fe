import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { caseNames, descriptions, quick, Selection } from './case-names.js';
import { type Emulation, emulations } from './emulation.js';

/** What runs on each board unless cases are named: what the other boards do not show. */
const byBoard: Readonly<Record<string, readonly string[]>> = {
  'qemu-amd64': ['counter', 'updates'],
  'qemu-arm64': ['start'],
  'qemu-arm64-16k': ['start'],
  rpi4: ['updates'],
};

const widest = Math.max(...caseNames.map((name) => name.length));
const isQuick = new Set<string>(quick);
const caseList = caseNames
  .map((name) => `  ${isQuick.has(name) ? '*' : ' '} ${name.padEnd(widest)}  ${descriptions[name]}`)
  .join('\n');

const help = `npm run guest [-- OPTIONS]

  Starts the card's own image in a computer that QEMU emulates, through firmware, boot manager and verity. In the suite
  counter one box stands at a counter: display, lights and buttons on gpio-sim, USB devices, the vendor's test. In the
  suite updates another one takes updates from a USB stick and loses its power. Both run side by side, each on one
  processor. It takes about half an hour, including some minutes for the image, and it needs root. The suite remnants
  (npm run remnants) runs only where it is named: it searches the memory of a box during visits and after them.

  --quick         only the cases marked * below, as .ci/run does (about a quarter of an hour)
  --only NAMES    only these cases or suites, separated by commas: --only updates,counter/visit. The suite secure-boot
                  runs only where it is named, on qemu-amd64 (about a quarter of an hour)
  --image FILE    use this image (.img, uncompressed, of that board, made with this checkout's development keys)
                  instead of making one
  --package FILE  make the image with this Debian package instead of building one
  --board BOARD   qemu-amd64, by default; qemu-arm64 and qemu-arm64-16k, which run the suite start, the second with
                  pages of 16 KiB; or rpi4, which runs updates on its card with Debian's kernel in another kind of
                  computer, whose firmware reads the card as a Raspberry Pi's does (npm run guest:arm64,
                  guest:arm64-16k and guest:raspberry-pi install what these need)
  --processors N  emulate N processors, as fast as this computer can; only with the suite start
  --power-cuts N  only this: N power cuts at random moments, a third of them within visits and updates
  --thorough      unplug both devices at every state of a visit, 3 times each (hours)
  --verbose       print each message of the guest's agent to the standard error
  --json          print the report as JSON
  --report FILE   save the report here (build/guest/report.json)
  --help          print this help

  Exit status: 0 all passed, 1 something failed, 2 wrong usage.

  Cases:
${caseList}
`;

export type Options = {
  readonly emulation: Emulation;
  readonly selection: Selection;
  readonly processors: number;
  readonly powerCuts: number;
  readonly thorough: boolean;
  readonly image: string | undefined;
  readonly package: string | undefined;
  readonly verbose: boolean;
  readonly json: boolean;
  readonly report: string;
};

/** Parses the command line. Prints the help and exits on `--help` and on wrong usage. */
export function parseOptions(defaultReport: string): Options {
  try {
    const { help: wantsHelp, ...options } = parse(defaultReport);
    if (!wantsHelp) return options;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${help}`);
    process.exit(2);
  }
  process.stdout.write(help);
  process.exit(0);
}

function parse(defaultReport: string): Options & { readonly help: boolean } {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    options: {
      quick: flag,
      only: text,
      image: text,
      package: text,
      board: { ...text, default: 'qemu-amd64' },
      processors: { ...text, default: '1' },
      'power-cuts': { ...text, default: '0' },
      thorough: flag,
      verbose: flag,
      json: flag,
      report: { ...text, default: defaultReport },
      help: flag,
    },
  });
  const { thorough, verbose, json, report, help } = values;
  const emulation = emulations.find(({ board }) => board.name === values.board);
  if (!emulation) throw new Error(`--board: ${emulations.map(({ board }) => board.name).join(', ')}`);
  const processors = wholeNumber('--processors', values.processors, { least: 1, most: 8 });
  const powerCuts = wholeNumber('--power-cuts', values['power-cuts'], { least: 0, most: 10_000 });
  const selection = select(values, emulation.board.name);
  if (processors > 1 && selection.suites.some((name) => name !== 'start'))
    throw new Error('--processors: only with --only start');
  if (emulation.board.name !== 'qemu-amd64' && selection.suites.includes('remnants'))
    throw new Error('--only remnants: only with the board qemu-amd64');
  const [image, deb] = [values.image, values.package].map((file) => file && resolve(file));
  const common = { emulation, selection, processors, powerCuts, thorough, verbose, json, report, help };
  return { ...common, image, package: deb };
}

type Selecting = { readonly quick: boolean; readonly only?: string | undefined };

function select({ quick: wantsQuick, only }: Selecting, board: string): Selection {
  if (!wantsQuick && only === undefined) return Selection.of(byBoard[board]);
  if (wantsQuick && only !== undefined) throw new Error('--quick or --only, not both');
  if (!wantsQuick) {
    const selection = Selection.of(only!.split(','));
    if (selection.has('secure-boot') && board !== 'qemu-amd64')
      throw new Error('secure-boot: only with the board qemu-amd64');
    return selection;
  }
  if (board !== 'qemu-amd64') throw new Error('--quick: only with the board qemu-amd64');
  return new Selection(quick);
}

type Range = { readonly least: number; readonly most: number };

function wholeNumber(option: string, text: string, { least, most }: Range): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Error(`${option}: a whole number from ${least} to ${most}`);
  return value;
}
