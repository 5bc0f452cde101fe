import type { Platform } from '../package/platform.js';

/** The boot manager as the firmware looks for it (UEFI 2.10, 3.5.1.1), and where Debian has it. */
export type Uefi = { readonly kind: 'uefi'; readonly manager: string; readonly from: string };

/** What the board's own firmware reads from the card beside what it reads of a slot; a Pi 5 has all of it in its memory. */
export type RaspberryPi = { readonly kind: 'raspberry-pi'; readonly firmware: readonly string[] };

/** A machine that an image is made for. Boards share the userspace and differ in kernel and boot files. */
export type Board = {
  readonly name: string;
  readonly platform: Platform['debian'];
  /** The kernel's package. */
  readonly kernel: string;
  /** What of Debian this board needs beside what all have. */
  readonly packages: readonly string[];
  readonly start: Uefi | RaspberryPi;
  /** Where the kernel writes what it does. */
  readonly console: string;
};

export const boards: readonly Board[] = [
  {
    name: 'qemu-amd64',
    platform: 'amd64',
    kernel: 'linux-image-amd64',
    packages: ['systemd-boot-efi'],
    start: {
      kind: 'uefi',
      from: 'usr/lib/systemd/boot/efi/systemd-bootx64.efi',
      manager: 'EFI/BOOT/BOOTX64.EFI',
    },
    console: 'ttyS0',
  },
  {
    name: 'qemu-arm64',
    platform: 'arm64',
    kernel: 'linux-image-arm64',
    packages: ['systemd-boot-efi'],
    start: {
      kind: 'uefi',
      from: 'usr/lib/systemd/boot/efi/systemd-bootaa64.efi',
      manager: 'EFI/BOOT/BOOTAA64.EFI',
    },
    console: 'ttyAMA0',
  },
  {
    name: 'rpi4',
    platform: 'arm64',
    kernel: 'linux-image-rpi-v8',
    packages: ['raspi-firmware', 'rpicam-apps'],
    start: { kind: 'raspberry-pi', firmware: ['start4.elf', 'fixup4.dat'] },
    console: 'tty1',
  },
  {
    name: 'rpi5',
    platform: 'arm64',
    kernel: 'linux-image-rpi-2712',
    packages: ['raspi-firmware', 'rpicam-apps'],
    start: { kind: 'raspberry-pi', firmware: [] },
    console: 'tty1',
  },
];

/** Where Raspberry Pi's own packages come from: kernel, firmware, libcamera and rpicam-apps. */
export type Archive = { readonly url: string; readonly key: string };
