import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import * as z from 'zod';

import { parseLine } from '../lines.js';
import { err, type Result } from '../result.js';
import { run } from '../stick/program.js';
import type { Progress, UpdateFault } from './protocol.js';
import { version } from './version.js';

/** The system's configuration of rauc, which names its keyring; a test has one of its own. */
export const configuration = process.env.TERASHI_RAUC_CONF ?? '/etc/rauc/system.conf';

const manifest = z.object({ compatible: z.string().max(200), version });
export type Manifest = z.infer<typeof manifest>;

/** What a bundle says of itself, once its signature was checked against the keyring. */
export async function inspect(file: string, signal?: AbortSignal): Promise<Result<Manifest, UpdateFault>> {
  const asked = ['info', `--conf=${configuration}`, '--output-format=json', file];
  const { code, stdout, stderr } = await run('rauc', asked, signal);
  if (code !== 0) return err(whyNot(stderr));
  const parsed = parseLine(stdout, manifest);
  return parsed.ok ? parsed : err('torn');
}

const slot = z.object({
  state: z.string(),
  bootname: z.string().nullable(),
  slot_status: z.object({ bundle: z.object({ version: z.string().nullish() }).nullish() }).nullish(),
});
const slots = z.object({
  compatible: z.string(),
  booted: z.string(),
  boot_primary: z.string().nullish(),
  slots: z.array(z.record(z.string(), slot)),
});

export type Slots = {
  /** What the bundles for this box call it. */
  readonly compatible: string;
  /** The version that rauc wrote to the slot which starts next; undefined where it wrote none. */
  readonly next: string | undefined;
};

/** What rauc's service tells of this box; undefined where it is not set up, or no slot is free to install to. */
export async function readSlots(): Promise<Slots | undefined> {
  const { stdout } = await run('rauc', ['status', '--detailed', '--output-format=json']);
  const parsed = parseLine(stdout, slots);
  if (!parsed.ok) return undefined;
  const all = Object.entries(
    Object.assign({}, ...parsed.value.slots) as Record<string, z.infer<typeof slot>>,
  );
  if (!all.some(([, { state, bootname }]) => state !== 'booted' && bootname !== null)) return undefined;
  const next = all.find(([name]) => name === parsed.value.boot_primary)?.[1];
  return { compatible: parsed.value.compatible, next: next?.slot_status?.bundle?.version ?? undefined };
}

/**
 * Installs a bundle into the other slot, by rauc's service: it checks signature and kind again, and each block as it is
 * read. Once it has begun it is not stopped, whoever asked it.
 */
export async function install(
  file: string,
  tell: (progress: Progress) => void,
): Promise<UpdateFault | undefined> {
  const child = spawn('rauc', ['install', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let writing = false;
  const hear = (line: string) => {
    const step = /^\s*(\d{1,3})% (.*)$/.exec(line);
    writing ||= step?.[2].startsWith('Updating slots') === true;
    const percent = step?.[1];
    if (percent !== undefined) tell({ fraction: Math.min(Number(percent), 100) / 100, writing });
    else said = `${said}${line}\n`.slice(-5000);
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', hear);
  const code = await new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  return code === 0 ? undefined : whyNot(said);
}

/** Keeps the slot that runs now: it starts from now on. */
export function keepRunning(): Promise<boolean> {
  return mark('good', 'booted');
}

/** Has the slot that runs now start again, and not what was written to the other. */
export async function refuseOther(): Promise<boolean> {
  const refused = await mark('bad', 'other');
  return (await mark('active', 'booted')) && refused;
}

/** Has the old slot start next, and the one that runs now no more. */
export async function giveUpRunning(): Promise<void> {
  await mark('active', 'other');
  await mark('bad', 'booted');
}

async function mark(as: 'good' | 'bad' | 'active', which: 'booted' | 'other'): Promise<boolean> {
  const { code } = await run('rauc', ['status', `mark-${as}`, which]);
  return code === 0;
}

/** What rauc 1.8 to 1.13 says where it takes no bundle (src/bundle.c, src/install.c, src/signature.c). */
const reasons: readonly (readonly [RegExp, UpdateFault])[] = [
  [/Compatible mismatch/, 'other-box'],
  [/signature verification failed: Verify error/i, 'foreign-key'],
  [/signature verification failed|Invalid bundle|bundle payload is corrupted|Input\/output error/i, 'torn'],
  [/No such file/, 'stick-lost'],
  [/Already processing/i, 'busy'],
];

function whyNot(said: string): UpdateFault {
  return reasons.find(([words]) => words.test(said))?.[1] ?? 'write-failed';
}
