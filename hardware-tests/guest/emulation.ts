import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { type Board, boards } from '../../image/os/board.js';
import { type Platform, platformOf } from '../../image/package/platform.js';

/** How QEMU emulates a board that an image is made for; of a Raspberry Pi, its processor and what its firmware does. */
export type Emulation = {
  readonly board: Board;
  readonly platform: Platform;
  readonly program: string;
  readonly machine: string;
  readonly processor: string;
  readonly display: string;
  /** Where its kernel can write to a file. */
  readonly console: string;
  /** Where Debian has the firmware (UEFI). */
  readonly firmware: readonly string[];
  /** In which packages Debian has program and firmware. */
  readonly packages: string;
};

const boardOf = (name: string): Board => boards.find((board) => board.name === name)!;

const arm64 = {
  platform: platformOf('arm64'),
  program: 'qemu-system-aarch64',
  machine: 'virt',
  // A Raspberry Pi 4's.
  processor: 'cortex-a72',
  display: 'virtio-gpu-pci',
  console: 'ttyAMA0',
  firmware: ['/usr/share/AAVMF/AAVMF_CODE.fd'],
  packages: 'qemu-system-arm qemu-efi-aarch64',
} as const;

export const emulations: readonly Emulation[] = [
  {
    board: boardOf('qemu-amd64'),
    platform: platformOf('amd64'),
    program: 'qemu-system-x86_64',
    machine: 'q35',
    // Without AVX, since emulated AVX is slow.
    processor: 'Nehalem',
    display: 'VGA',
    console: 'ttyS0',
    firmware: ['/usr/share/OVMF/OVMF_CODE_4M.fd', '/usr/share/OVMF/OVMF_CODE.fd'],
    packages: 'qemu-system-x86 ovmf',
  },
  { board: boardOf('qemu-arm64'), ...arm64 },
  { board: boardOf('rpi4'), ...arm64 },
];

/** The firmware that starts the card. */
export const firmwareOf = ({ firmware }: Emulation): string | undefined =>
  firmware.find((file) => existsSync(file));

/** Makes sure that a board can be emulated here, before an image is made for it. */
export function ensureEmulates(emulation: Emulation): void {
  const { program, packages } = emulation;
  if (spawnSync(program, ['--version']).status === 0 && firmwareOf(emulation) !== undefined) return;
  throw new Error(`no ${program}, or no firmware for it: sudo apt install ${packages}, then run this again`);
}

/**
 * How time goes by for so many processors. A single one's clock goes by its instructions while it is busy, 500 million a second:
 * on a computer that has other work too, the guest's programs would run out of their time otherwise. Several are as
 * fast as the computer is, and their clock is the computer's.
 */
export function pace(processors: number): string {
  return processors === 1
    ? '-accel tcg,thread=single,tb-size=512 -icount shift=1'
    : '-accel tcg,thread=multi,tb-size=512';
}
