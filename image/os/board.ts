import type { Platform } from '../package/platform.js';

export type Uefi = {
  readonly kind: 'uefi';
  /** The boot manager's path on the ESP (UEFI 2.10, 3.5.1.1), and its path in Debian. */
  readonly manager: string;
  readonly from: string;
  /** The path in Debian of what starts a unified kernel image (systemd-stub(7)). */
  readonly stub: string;
};

/**
 * Files that the board's own firmware reads besides a slot's. None on a Pi 5, which has its firmware in
 * flash.
 */
export type RaspberryPi = { readonly kind: 'raspberry-pi'; readonly firmware: readonly string[] };

/** A machine to build an image for. Boards share the userspace and differ in kernel and boot files. */
export type Board = {
  readonly name: string;
  readonly platform: Platform['debian'];
  /** The kernel package. */
  readonly kernel: string;
  /** Debian packages for this board only. */
  readonly packages: readonly string[];
  readonly start: Uefi | RaspberryPi;
  /** The kernel's console. */
  readonly console: string;
  /** For trying a board, not for a counter (`debug/`). */
  readonly debug?: true;
};

/** Not beside Raspberry Pi's own libcamera: a system has room for the image processing modules of one. */
const debianLibcamera = ['gstreamer1.0-libcamera', 'libcamera-ipa'];

/** Some 5 MB. A Raspberry Pi has no TPM. */
const tpmTools = ['tpm2-tools'];

export const boards: readonly Board[] = [
  {
    name: 'qemu-amd64',
    platform: 'amd64',
    kernel: 'linux-image-amd64',
    packages: ['systemd-boot-efi', ...debianLibcamera, ...tpmTools],
    start: {
      kind: 'uefi',
      from: 'usr/lib/systemd/boot/efi/systemd-bootx64.efi',
      manager: 'EFI/BOOT/BOOTX64.EFI',
      stub: 'usr/lib/systemd/boot/efi/linuxx64.efi.stub',
    },
    console: 'ttyS0',
  },
  {
    name: 'qemu-arm64',
    platform: 'arm64',
    kernel: 'linux-image-arm64',
    packages: ['systemd-boot-efi', ...debianLibcamera],
    start: {
      kind: 'uefi',
      from: 'usr/lib/systemd/boot/efi/systemd-bootaa64.efi',
      manager: 'EFI/BOOT/BOOTAA64.EFI',
      stub: 'usr/lib/systemd/boot/efi/linuxaa64.efi.stub',
    },
    console: 'ttyAMA0',
  },
  {
    // Pages of 16 KiB, as a Raspberry Pi 5's kernel has.
    name: 'qemu-arm64-16k',
    platform: 'arm64',
    kernel: 'linux-image-arm64-16k',
    packages: ['systemd-boot-efi', ...debianLibcamera],
    start: {
      kind: 'uefi',
      from: 'usr/lib/systemd/boot/efi/systemd-bootaa64.efi',
      manager: 'EFI/BOOT/BOOTAA64.EFI',
      stub: 'usr/lib/systemd/boot/efi/linuxaa64.efi.stub',
    },
    console: 'ttyAMA0',
  },
  {
    name: 'rpi4',
    platform: 'arm64',
    kernel: 'linux-image-rpi-v8',
    packages: ['raspi-firmware', 'rpicam-apps-core'],
    start: { kind: 'raspberry-pi', firmware: ['start4.elf', 'fixup4.dat'] },
    console: 'tty1',
  },
  {
    name: 'rpi5',
    platform: 'arm64',
    kernel: 'linux-image-rpi-2712',
    packages: ['raspi-firmware', 'rpicam-apps-core'],
    start: { kind: 'raspberry-pi', firmware: [] },
    console: 'tty1',
  },
];

/** The apt archive of Raspberry Pi's own packages: kernel, firmware, libcamera and rpicam-apps. */
export type Archive = { readonly url: string; readonly key: string };
