/** The result of one case. */
export type Check = {
  readonly name: string;
  readonly passed: boolean;
  /** What was measured, or what was wrong. */
  readonly result: string;
  readonly seconds: number;
};

/** A row of a table, by the names of its columns. */
export type TableRow = Readonly<Record<string, string>>;

/** The results of the test in the guest. Each is printed at once. */
export class Report {
  readonly checks: Check[] = [];
  /** In seconds, on an emulated machine: they say nothing of a real one. */
  readonly times: Record<string, number> = {};
  readonly tables: Record<string, readonly TableRow[]> = {};
  /** What the lights showed and which buttons were pressed. */
  readonly transcript: string[] = [];
  /** The output of `terashi doctor --json`. */
  doctor: unknown;
  /** The report of `terashi bench-test`. */
  benchTest: unknown;
  /** The report that a vendor's bench test at the panel left on a stick. */
  vendorTest: unknown;
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  get passed(): boolean {
    return this.checks.length > 0 && this.checks.every(({ passed }) => passed);
  }

  /** Runs a case, which returns what it measured and throws when it fails. */
  async check(name: string, run: () => Promise<string>): Promise<boolean> {
    const begun = performance.now();
    const [passed, result] = await run().then(
      (text) => [true, text] as const,
      (error: unknown) => [false, error instanceof Error ? error.message : String(error)] as const,
    );
    const seconds = round((performance.now() - begun) / 1000);
    this.checks.push({ name, passed, result, seconds });
    this.#print(`${passed ? '✓' : '✗'} ${name} (${seconds} s): ${result}`);
    return passed;
  }

  time(name: string, milliseconds: number): void {
    this.times[name] = round(milliseconds / 1000);
    this.#print(`  ${name}: ${this.times[name]} s`);
  }

  table(name: string, rows: readonly TableRow[]): void {
    this.tables[name] = rows;
    this.#print(`\n${name}\n${markdown(rows)}\n`);
  }

  log(line: string): void {
    this.transcript.push(line);
    this.#print(`  ${line}`);
  }

  toJSON(): object {
    const { passed, checks, times, tables, transcript, doctor, benchTest } = this;
    return { passed, checks, times, tables, transcript, doctor, benchTest };
  }
}

const round = (seconds: number): number => Math.round(seconds * 100) / 100;

function markdown(rows: readonly TableRow[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map((column) => row[column] ?? ''))),
  ].join('\n');
}
