import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';

import * as z from 'zod';

import { parseLine } from '../json-lines.js';
import { err, type Result } from '../result.js';
import { run } from '../stick/program.js';
import type { Progress, UpdateFault } from './protocol.js';
import { version } from './version.js';

/** The configuration of rauc, which names its keyring. Tests use their own. */
const configuration = process.env.TERASHI_RAUC_CONF ?? '/etc/rauc/system.conf';

/** The certificates that updates may be signed with, or their issuers, in PEM; empty where there are none. */
export async function readKeyring(): Promise<string> {
  const text = await readFile(configuration, 'utf8').catch(() => '');
  const path = /^\[keyring\]$[^[]*?^path=(.+)$/m.exec(text)?.[1];
  if (path === undefined) return '';
  return readFile(resolve(dirname(configuration), path.trim()), 'utf8').catch(() => '');
}

const manifest = z.object({ compatible: z.string().max(200), version });
export type Manifest = z.infer<typeof manifest>;

/** Verifies a bundle's signature against the keyring, and reads its manifest. */
export async function inspect(file: string, signal?: AbortSignal): Promise<Result<Manifest, UpdateFault>> {
  const args = ['info', `--conf=${configuration}`, '--output-format=json', file];
  const { code, stdout, stderr } = await run('rauc', args, signal);
  if (code !== 0) return err(faultIn(stderr));
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
  /** The kind of box that a bundle must be made for. */
  readonly compatible: string;
  /** The version that rauc wrote to the slot which boots next; undefined if it wrote none. */
  readonly next: string | undefined;
};

/** The slots by rauc's service; undefined if rauc is not set up, or no slot is free to install to. */
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
 * Installs a bundle into the other slot through rauc's service, which verifies signature and kind again, and each block
 * as it reads it. Cannot be cancelled once it has begun.
 */
export async function install(
  file: string,
  report: (progress: Progress) => void,
): Promise<UpdateFault | undefined> {
  const child = spawn('rauc', ['install', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let writing = false;
  const onLine = (line: string) => {
    const step = /^\s*(\d{1,3})% (.*)$/.exec(line);
    writing ||= step?.[2].startsWith('Updating slots') === true;
    const percent = step?.[1];
    if (percent !== undefined) report({ fraction: Math.min(Number(percent), 100) / 100, writing });
    else output = `${output}${line}\n`.slice(-5000);
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine);
  const code = await new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  return code === 0 ? undefined : faultIn(output);
}

/** Makes the running slot permanent. */
export function keepRunning(): Promise<boolean> {
  return mark('good', 'booted');
}

/** Keeps booting the running slot, and rejects what was written to the other. */
export async function rejectOther(): Promise<boolean> {
  const rejected = await mark('bad', 'other');
  return (await mark('active', 'booted')) && rejected;
}

/** Boots the old slot next, and rejects the running one. */
export async function rejectRunning(): Promise<void> {
  await mark('active', 'other');
  await mark('bad', 'booted');
}

async function mark(state: 'good' | 'bad' | 'active', slot: 'booted' | 'other'): Promise<boolean> {
  const { code } = await run('rauc', ['status', `mark-${state}`, slot]);
  return code === 0;
}

/** Error messages of rauc 1.8 to 1.13 (src/bundle.c, src/install.c, src/signature.c). */
const reasons: readonly (readonly [RegExp, UpdateFault])[] = [
  [/Compatible mismatch/, 'other-box'],
  [/signature verification failed: Verify error/i, 'foreign-key'],
  [/signature verification failed|Invalid bundle|bundle payload is corrupted|Input\/output error/i, 'torn'],
  // Not what it tells of its own files, some of which the updater does not see.
  [/^(?!rauc-Message:).*No such file/m, 'stick-lost'],
  [/Already processing/i, 'busy'],
];

function faultIn(output: string): UpdateFault {
  return reasons.find(([pattern]) => pattern.test(output))?.[1] ?? 'write-failed';
}
