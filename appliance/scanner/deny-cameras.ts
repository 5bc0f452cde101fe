import { closeSync, existsSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import koffi from 'koffi';

// asm-generic/unistd.h, linux/landlock.h and linux/prctl.h, the same on every architecture that Node runs on.
const landlock_create_ruleset = 444;
const landlock_add_rule = 445;
const landlock_restrict_self = 446;
const LANDLOCK_RULE_PATH_BENEATH = 1;
const LANDLOCK_ACCESS_FS_WRITE_FILE = 1n << 1n;
const LANDLOCK_ACCESS_FS_READ_FILE = 1n << 2n;
const PR_SET_NO_NEW_PRIVS = 38;
// O_PATH of <fcntl.h>, on the architectures that camera/pipe.ts names: a descriptor that opens nothing.
const nameOnly = 0o10000000;

const opening = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;

/** Of `/dev`: USB devices without a driver in the kernel, as scanners are, and what every program may open. */
const devices = ['bus', 'full', 'null', 'random', 'urandom', 'zero'];

/**
 * Forbids this thread, and what it executes, to open other devices (landlock(7)): no camera, nor one that is plugged in
 * later.
 *
 * @returns false where the kernel has no Landlock
 */
export function denyCameras(): boolean {
  const { createRuleset, addRule, restrictSelf, prctl } = bindings();
  const ruleset = createRuleset(landlock_create_ruleset, whatNeedsARule(), 8, 0);
  if (ruleset < 0) return false;
  for (const path of allowed()) {
    const beneath = openSync(path, nameOnly);
    addRule(landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, ruleFor(beneath), 0);
    closeSync(beneath);
  }
  // Without it only a privileged process may restrict itself.
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  const restricted = restrictSelf(landlock_restrict_self, ruleset, 0) === 0;
  closeSync(ruleset);
  return restricted;
}

function allowed(): readonly string[] {
  const within = (folder: string, isAllowed: (name: string) => boolean) =>
    readdirSync(folder)
      .filter(isAllowed)
      .map((name) => join(folder, name));
  const paths = [
    ...within('/', (name) => name !== 'dev'),
    ...within('/dev', (name) => devices.includes(name)),
  ];
  // Not links that lead nowhere.
  return paths.filter((path) => existsSync(path));
}

/** `landlock_ruleset_attr`, as its first version was. */
function whatNeedsARule(): Buffer {
  const attributes = Buffer.alloc(8);
  attributes.writeBigUInt64LE(opening);
  return attributes;
}

/** `landlock_path_beneath_attr`, which is packed. */
function ruleFor(descriptor: number): Buffer {
  const rule = Buffer.alloc(12);
  rule.writeBigUInt64LE(opening);
  rule.writeInt32LE(descriptor, 8);
  return rule;
}

type Native = (...args: readonly (number | Buffer)[]) => number;

/** glibc has no functions for Landlock's calls (landlock_create_ruleset(2)). */
function bindings() {
  const libc = koffi.load('libc.so.6');
  return {
    createRuleset: libc.func(
      'long syscall(long, const void *attributes, size_t size, uint32_t flags)',
    ) as Native,
    addRule: libc.func(
      'long syscall(long, int ruleset, int type, const void *rule, uint32_t flags)',
    ) as Native,
    restrictSelf: libc.func('long syscall(long, int ruleset, uint32_t flags)') as Native,
    prctl: libc.func('int prctl(int option, ulong a, ulong b, ulong c, ulong d)') as Native,
  };
}
