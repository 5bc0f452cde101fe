/** What one trial was about, and what came of it. */
export type Check = {
  readonly name: string;
  readonly passed: boolean;
  /** What was found, or what was wrong. */
  readonly found: string;
  readonly seconds: number;
};

/** One row of a table, by its columns' names. */
export type Row = Readonly<Record<string, string>>;

/** What the test found in the guest; each part is printed as it is found. */
export class Report {
  readonly checks: Check[] = [];
  /** In seconds, on an emulated machine: no measure of a real one. */
  readonly times: Record<string, number> = {};
  readonly tables: Record<string, readonly Row[]> = {};
  /** What was shown and pressed while the appliance was worked by lights and buttons alone. */
  readonly transcript: string[] = [];
  /** What `terashi doctor --json` printed. */
  doctor: unknown;
  /** What `terashi bench-test` reported. */
  benchTest: unknown;
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  get passed(): boolean {
    return this.checks.length > 0 && this.checks.every(({ passed }) => passed);
  }

  /** Makes one trial: it answers what it found, and throws when something is not as it should be. */
  async check(name: string, trial: () => Promise<string>): Promise<boolean> {
    const begun = performance.now();
    const [passed, found] = await trial().then(
      (text) => [true, text] as const,
      (error: unknown) => [false, error instanceof Error ? error.message : String(error)] as const,
    );
    const seconds = round((performance.now() - begun) / 1000);
    this.checks.push({ name, passed, found, seconds });
    this.#print(`${passed ? '✓' : '✗'} ${name} (${seconds} s): ${found}`);
    return passed;
  }

  time(name: string, milliseconds: number): void {
    this.times[name] = round(milliseconds / 1000);
    this.#print(`  ${name}: ${this.times[name]} s`);
  }

  table(name: string, rows: readonly Row[]): void {
    this.tables[name] = rows;
    this.#print(`\n${name}\n${markdown(rows)}\n`);
  }

  tell(line: string): void {
    this.transcript.push(line);
    this.#print(`  ${line}`);
  }

  /** The report as one object. */
  get object(): object {
    const { passed, checks, times, tables, transcript, doctor, benchTest } = this;
    return { passed, checks, times, tables, transcript, doctor, benchTest };
  }
}

const round = (seconds: number): number => Math.round(seconds * 100) / 100;

function markdown(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map((column) => row[column] ?? ''))),
  ].join('\n');
}
