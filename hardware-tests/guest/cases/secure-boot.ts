import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Board } from '../../../image/os/board.js';
import { type SecureBootKeys, signProgram } from '../../../image/os/uefi/secure-boot.js';
import { unifiedKernelFile } from '../../../image/os/uefi/unified-kernel.js';
import { until } from '../../counter/until.js';
import type { Box } from '../box.js';
import type { Card } from '../card.js';
import type { CaseName } from '../case-names.js';
import type { Machine } from '../machine.js';
import { longTimeoutMs } from '../timeouts.js';

/** Where the card has what starts slot a. */
const unified = `slot-a/${unifiedKernelFile}`;
const entry = 'loader/entries/slot-a+3.conf';
const manager = 'EFI/BOOT/BOOTX64.EFI';

/** What whoever changes a card wants the kernel to read, in the place of an option of the same length. */
const [original, marker] = ['slab_nomerge', 'terashi.test'];

/** EFI_GLOBAL_VARIABLE (UEFI 2.10, 3.3). */
const globalVariables = '8be4df61-93ca-11d2-aa0d-00e098032b8c';

/** Has firmware in setup mode take the card's keys at the next start, as its vendor chooses in the menu (systemd-boot(7)). */
export function enroll(card: Card, folder: string): void {
  write(
    card,
    folder,
    'loader/loader.conf',
    'default slot-*\ntimeout 0\neditor no\nsecure-boot-enroll force\n',
  );
}

/** Secure Boot is on, and with it the kernel's lockdown (kernel_lockdown(7)). */
export async function isSecure({ guest }: Box): Promise<string> {
  const variable = async (name: string) => {
    const file = `/sys/firmware/efi/efivars/${name}-${globalVariables}`;
    // Four bytes of attributes, then the value.
    return (await guest.run('od', '-An', '-tu1', '-j4', file)).trim();
  };
  assert.deepEqual([await variable('SecureBoot'), await variable('SetupMode')], ['1', '0']);
  const lockdown = (await guest.run('cat', '/sys/kernel/security/lockdown')).trim();
  assert.match(lockdown, /\[integrity\]/);
  return `SecureBoot 1, SetupMode 0; the kernel's lockdown: ${lockdown}`;
}

/** What the kernel was started with has nothing of what the card's changed files ask for. */
export async function ignoresOptions({ guest }: Box): Promise<string> {
  const commandLine = await guest.run('cat', '/proc/cmdline');
  assert(!commandLine.includes(marker), commandLine);
  assert.match(commandLine, /^rauc\.slot=a .*init_on_free=1/);
  return `the kernel read the signed command line: ${commandLine.slice(0, 40)}…`;
}

/** The change that a box with Secure Boot refuses is one that starts without it. */
export async function takesChange({ guest }: Box): Promise<string> {
  const commandLine = await guest.run('cat', '/proc/cmdline');
  assert(commandLine.includes(marker), commandLine);
  return `it started, with ${marker} on its command line`;
}

/** The firmware has taken the card's keys, and starts again. */
export async function takesKeys(machine: Machine): Promise<void> {
  await until('the keys to be taken', () => machine.console.includes('keys successfully enrolled'), {
    timeoutMs: longTimeoutMs,
    intervalMs: 500,
    seen: () => machine.console.slice(-500),
  });
}

/** Why the firmware refuses what it checks (UEFI 2.10, 7.4.1, "LoadImage"), in its own words or the boot manager's. */
const refusal = /Access Denied|Security Violation/i;

/**
 * Nothing on the card starts: after its refusal the firmware gives the card up, or the boot manager ends in an exception of
 * the processor, which stands still from then on. Both count: what was changed never ran.
 *
 * @param because what must have been said
 * @returns what the boot manager and the firmware said
 */
export async function startsNothing(machine: Machine, because = refusal): Promise<string> {
  const end = /(?:BdsDxe: failed to (?:load|start) Boot0001 .*: |!!!! (?=X64 Exception)).*/;
  const [last] = await until('the firmware to give up', () => end.exec(plain(machine.console)), {
    timeoutMs: longTimeoutMs,
    intervalMs: 500,
    seen: () => machine.console.slice(-500),
  });
  assert.doesNotMatch(machine.console, /Linux version|systemd\[1\]|changed initrd/);
  const before = /Error .*/.exec(plain(machine.console))?.[0];
  const said = [before, last].filter((line) => line !== undefined).join('; ');
  assert.match(said, because);
  return said;
}

/** What a console said, without the codes that move the cursor and colour the text (ECMA-48). */
const plain = (console: string): string => console.replaceAll(/\x1b\[[0-9;?=]*[A-Za-z]|\r/g, '');

export type Changing = {
  readonly card: Card;
  /** Empty, for temporary files. */
  readonly folder: string;
  readonly board: Pick<Board, 'platform' | 'start'>;
  /** A key that no firmware trusts. */
  readonly stranger: SecureBootKeys;
};

/** What a box with Secure Boot refuses, and how each card is changed. */
export const refused = {
  'secure-boot/command-line': changeCommandLine,
  'secure-boot/kernel': (changing) =>
    // Within the version in the kernel's header (Documentation/arch/x86/boot.rst, kernel_version).
    rewrite(changing, unified, (image) => flip(image, image.indexOf('(debian-kernel@'))),
  'secure-boot/other-key': async ({ card, folder, stranger }) => {
    const image = extract(card, folder, unified);
    const bare = join(folder, 'bare');
    execFileSync('osslsigncode', ['remove-signature', '-in', image, '-out', bare], { stdio: 'ignore' });
    await signProgram(bare, { ...stranger, time: 1_700_000_000 });
    card.writeBootFile(bare, unified);
  },
  'secure-boot/bare-kernel': ({ card, folder, board }) => {
    card.extractKernel(board, join(folder, 'kernel'));
    for (const name of ['linux', 'initrd']) card.writeBootFile(join(folder, 'kernel', name), name);
    write(card, folder, entry, `linux /linux\ninitrd /initrd\noptions init=/bin/sh ${marker}\n`);
  },
  'secure-boot/boot-manager': (changing) =>
    rewrite(changing, manager, (image) => flip(image, image.indexOf('systemd-boot'))),
} as const satisfies Partial<Record<CaseName, (changing: Changing) => Promise<void> | void>>;

/** Changes an option of the command line, to one of the same length, within the unified kernel image. */
export function changeCommandLine(changing: Changing): void {
  rewrite(changing, unified, (image) => {
    image.write(marker, image.indexOf(original, image.indexOf('rauc.slot=a ')), 'latin1');
  });
}

/** Adds options to the entry, as an editor of the card can. */
export function addOptions({ card, folder }: Changing): void {
  write(card, folder, entry, `efi /${unified}\noptions init=/bin/sh ${marker}\n`);
}

/**
 * Hands another initrd to the signed image, as a boot manager does (LINUX_EFI_INITRD_MEDIA_GUID). The image, whose own one is
 * signed with it, then ends with the status "Already started".
 */
export function addInitrd({ card, folder }: Changing): void {
  const root = join(folder, 'root');
  mkdirSync(root);
  const init = '#!/bin/sh\necho changed initrd > /dev/console\nexec sleep 100000\n';
  writeFileSync(join(root, 'init'), init, { mode: 0o755 });
  const packed = execFileSync('cpio', ['--quiet', '--create', '--format=newc'], {
    cwd: root,
    input: 'init\n',
  });
  writeFileSync(join(folder, 'initrd'), packed);
  card.writeBootFile(join(folder, 'initrd'), 'initrd');
  write(card, folder, entry, `linux /${unified}\ninitrd /initrd\n`);
}

function extract(card: Card, folder: string, name: string): string {
  const file = join(folder, 'extracted');
  card.extractBoot(name, file);
  return file;
}

function write(card: Card, folder: string, name: string, text: string): void {
  const file = join(folder, 'written');
  writeFileSync(file, text);
  card.writeBootFile(file, name);
}

function rewrite({ card, folder }: Changing, name: string, change: (content: Buffer) => void): void {
  const file = extract(card, folder, name);
  const content = readFileSync(file);
  change(content);
  writeFileSync(file, content);
  card.writeBootFile(file, name);
}

function flip(content: Buffer, position: number): void {
  assert(position >= 0, 'the text to change is not there');
  content[position + 1] ^= 1;
}
