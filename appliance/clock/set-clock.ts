/**
 * The only program that sets the clock. It reads one line from standard input, sets the wall clock and all
 * battery-backed clocks, and answers with one line. On a box systemd starts it for each connection to its socket, with
 * CAP_SYS_TIME and no other privilege; elsewhere it is a child process of the caller, with the caller's privileges.
 */
import '../no-inspector.js';

import { closeSync, openSync, readdirSync } from 'node:fs';
import { constants } from 'node:os';

import koffi from 'koffi';

import { readLines, toLine } from '../json-lines.js';
import { whyNotAllowed } from './allowed.js';
import { builtAt } from './built.js';
import { type BatterySet, longestLine, type SetAnswer, setRequest } from './set-protocol.js';

/** linux/time.h */
const CLOCK_REALTIME = 0;
/** `_IOW('p', 0x0a, struct rtc_time)` of linux/rtc.h, as asm-generic/ioctl.h makes it on amd64 and arm64. */
const RTC_SET_TIME = 0x4024700an;

const libc = koffi.load('libc.so.6');
const timespec = koffi.struct({ seconds: 'int64', nanoseconds: 'int64' });
const clockSettime = libc.func('clock_settime', 'int', ['int', koffi.pointer(timespec)]) as (
  clock: number,
  time: { seconds: number; nanoseconds: number },
) => number;
const ioctl = libc.func('int ioctl(int file, unsigned long request, void *time)') as (
  file: number,
  request: bigint,
  time: Int32Array,
) => number;

process.stdout.write(toLine(await answer()));

async function answer(): Promise<SetAnswer> {
  for await (const line of readLines(process.stdin, setRequest, longestLine)) {
    // Do not rely on the caller's checks.
    const allowed = line.ok && whyNotAllowed(line.value.set, { builtAt: builtAt() }) === undefined;
    return allowed ? set(line.value.set) : { set: false, fault: 'clock-failed' };
  }
  return { set: false, fault: 'clock-failed' };
}

function set(time: number): SetAnswer {
  if (clockSettime(CLOCK_REALTIME, { seconds: time / 1000, nanoseconds: 0 }) === 0)
    return { set: true, battery: setBatteries(new Date(time)) };
  return { set: false, fault: koffi.errno() === constants.errno.EPERM ? 'clock-denied' : 'clock-failed' };
}

function setBatteries(time: Date): BatterySet {
  const names = listed('/sys/class/rtc');
  if (names.length === 0) return 'absent';
  return names.every((name) => setBattery(`/dev/${name}`, time)) ? 'set' : 'failed';
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Sets it in UTC, as the kernel reads it at boot. */
function setBattery(device: string, time: Date): boolean {
  // struct rtc_time: second, minute, hour, day, month from 0, year from 1900, and three fields that are not read.
  const parts = Int32Array.of(
    time.getUTCSeconds(),
    time.getUTCMinutes(),
    time.getUTCHours(),
    time.getUTCDate(),
    time.getUTCMonth(),
    time.getUTCFullYear() - 1900,
    0,
    0,
    0,
  );
  try {
    const file = openSync(device, 'r');
    const done = ioctl(file, RTC_SET_TIME, parts) === 0;
    closeSync(file);
    return done;
  } catch {
    return false;
  }
}
