import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** What the kernel knows of time: its boot, the wall clock, which may be wrong, and a counter that cannot be. */
export type Kernel = {
  /** A UUID that is another at each boot (random(4)). */
  readonly bootId: string;
  /** Milliseconds since 1970 by the wall clock (CLOCK_REALTIME), which jumps when it is set. */
  wall(): number;
  /** Milliseconds since this boot (CLOCK_BOOTTIME), in steps of ten; nothing sets it. */
  sinceBoot(): number;
};

export function thisKernel(): Kernel {
  return {
    bootId: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
    wall: () => Date.now(),
    // Node's own monotonic clocks begin with the process; this one is of the boot, so a restarted core goes on in it.
    sinceBoot: () => Math.round(uptime() * 1000),
  };
}
