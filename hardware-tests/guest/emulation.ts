import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { type Board, boards } from '../../image/os/board.js';
import { type Platform, platformOf } from '../../image/package/platform.js';

/** How QEMU emulates a board. Of a Raspberry Pi only the processor is emulated; the test plays its firmware. */
export type Emulation = {
  readonly board: Board;
  readonly platform: Platform;
  readonly program: string;
  readonly machine: string;
  readonly processor: string;
  /** Debian's name of the kernel's flavour, after `linux-headers-`. */
  readonly kernel: string;
  /** In bytes. */
  readonly pageSize: 4096 | 16384;
  readonly display: string;
  /** The kernel's name of the serial port that QEMU writes to a file. */
  readonly console: string;
  /** UEFI firmware, under the paths that Debian's packages have used. */
  readonly firmware: readonly string[];
  /** Firmware that checks what it starts, and its empty variables: it is in setup mode. */
  readonly secureBoot?: { readonly code: string; readonly variables: string };
  /** Debian's packages of program and firmware. */
  readonly packages: string;
};

const boardOf = (name: string): Board => boards.find((board) => board.name === name)!;

const arm64 = {
  platform: platformOf('arm64'),
  program: 'qemu-system-aarch64',
  machine: 'virt',
  // A Raspberry Pi 4's.
  processor: 'cortex-a72',
  kernel: 'arm64',
  pageSize: 4096,
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
    // It has no AVX, which is slow to emulate.
    processor: 'Nehalem',
    kernel: 'amd64',
    pageSize: 4096,
    display: 'VGA',
    console: 'ttyS0',
    firmware: ['/usr/share/OVMF/OVMF_CODE_4M.fd', '/usr/share/OVMF/OVMF_CODE.fd'],
    secureBoot: {
      code: '/usr/share/OVMF/OVMF_CODE_4M.secboot.fd',
      variables: '/usr/share/OVMF/OVMF_VARS_4M.fd',
    },
    packages: 'qemu-system-x86 ovmf',
  },
  { board: boardOf('qemu-arm64'), ...arm64 },
  {
    board: boardOf('qemu-arm64-16k'),
    ...arm64,
    // A Raspberry Pi 5's. The Cortex-A72 has no pages of 16 KiB.
    processor: 'cortex-a76',
    kernel: 'arm64-16k',
    pageSize: 16384,
  },
  { board: boardOf('rpi4'), ...arm64 },
];

export const firmwareOf = ({ firmware }: Emulation): string | undefined =>
  firmware.find((file) => existsSync(file));

/** Throws where this board cannot be emulated. Called first, because making an image takes minutes. */
export function ensureEmulator(emulation: Emulation): void {
  const { program, packages } = emulation;
  if (spawnSync(program, ['--version']).status === 0 && firmwareOf(emulation) !== undefined) return;
  throw new Error(`no ${program}, or no firmware for it: sudo apt install ${packages}, then run this again`);
}

/**
 * QEMU's accelerator and clock. A single processor's clock counts instructions while the guest is busy, 500 million a
 * second, so that a busy host does not make the guest's programs time out. Several processors run as fast as the host
 * can, on the host's clock.
 */
export function acceleration(processors: number): string {
  return processors === 1
    ? '-accel tcg,thread=single,tb-size=512 -icount shift=1'
    : '-accel tcg,thread=multi,tb-size=512';
}
