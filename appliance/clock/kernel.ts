import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** The kernel's clocks: the wall clock may be wrong, the time since boot cannot be. */
export type Kernel = {
  /** A UUID, new at each boot (random(4)). */
  readonly bootId: string;
  /** Milliseconds since 1970 (CLOCK_REALTIME). Jumps when the clock is set. */
  wall(): number;
  /** Milliseconds since this boot (CLOCK_BOOTTIME), in steps of ten. Nothing can set it. */
  sinceBoot(): number;
};

export function thisKernel(): Kernel {
  return {
    bootId: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
    wall: () => Date.now(),
    // Node's monotonic clocks start with the process; uptime continues across a restart of the core.
    sinceBoot: () => Math.round(uptime() * 1000),
  };
}
