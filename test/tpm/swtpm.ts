import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A software TPM 2.0 (swtpm), as a machine has one: it keeps its memory while it is off. */
export class SoftwareTpm {
  readonly #folder = mkdtempSync(join(tmpdir(), 'terashi-tpm-'));
  #running: ChildProcess | undefined;

  /** How tpm2-tools reach it. */
  get tcti(): string {
    return `swtpm:path=${this.#socket}`;
  }

  get #socket(): string {
    return join(this.#folder, 'socket');
  }

  async on(): Promise<void> {
    const socket = this.#socket;
    const options = [
      ...['socket', '--tpm2', '--tpmstate', `dir=${this.#folder}`, '--flags', 'not-need-init,startup-clear'],
      ...['--server', `type=unixio,path=${socket}`, '--ctrl', `type=unixio,path=${socket}.ctrl`],
    ];
    this.#running = spawn('swtpm', options, { stdio: 'ignore' });
    while (!existsSync(socket)) await sleep(20);
  }

  /** Without warning, as the power goes. */
  async off(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    if (running?.exitCode === null) {
      const gone = once(running, 'exit');
      running.kill('SIGKILL');
      await gone;
    }
    for (const end of ['', '.ctrl']) rmSync(this.#socket + end, { force: true });
  }

  /** It takes what it is asked, and answers nothing until it goes on. */
  stop(): void {
    this.#running?.kill('SIGSTOP');
  }

  goOn(): void {
    this.#running?.kill('SIGCONT');
  }

  /** What a person does in the firmware's menu, or somebody with tpm2-tools: `clear`, `nvincrement 0x1810001` … */
  ask(tool: string, ...options: string[]): string {
    const env = { PATH: process.env.PATH, TPM2TOOLS_TCTI: this.tcti };
    return execFileSync(`tpm2_${tool}`, options, {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }

  async throwAway(): Promise<void> {
    await this.off();
    rmSync(this.#folder, { recursive: true });
  }
}

/** A new one, that is on, for each test of the calling `describe`. */
export function softwareTpm(): () => SoftwareTpm {
  let tpm: SoftwareTpm;
  beforeEach(async () => {
    tpm = new SoftwareTpm();
    await tpm.on();
  });
  afterEach(() => tpm.throwAway());
  return () => tpm;
}
