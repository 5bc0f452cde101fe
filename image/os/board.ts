import type { Platform } from '../package/platform.js';

/** A machine that an image is made for. Boards share the userspace and differ in kernel and boot files. */
export type Board = {
  readonly name: string;
  readonly platform: Platform['debian'];
  /** The kernel's package. */
  readonly kernel: string;
  /** What of Debian this board needs beside what all have. */
  readonly packages: readonly string[];
  /** The boot manager as the firmware looks for it: UEFI 2.10, 3.5.1.1, and where Debian has it. */
  readonly manager: { readonly from: string; readonly to: string };
  /** Where the kernel writes what it does. */
  readonly console: string;
};

export const boards: readonly Board[] = [
  {
    name: 'qemu-amd64',
    platform: 'amd64',
    kernel: 'linux-image-amd64',
    packages: ['systemd-boot-efi'],
    manager: { from: 'usr/lib/systemd/boot/efi/systemd-bootx64.efi', to: 'EFI/BOOT/BOOTX64.EFI' },
    console: 'ttyS0',
  },
  {
    name: 'qemu-arm64',
    platform: 'arm64',
    kernel: 'linux-image-arm64',
    packages: ['systemd-boot-efi'],
    manager: { from: 'usr/lib/systemd/boot/efi/systemd-bootaa64.efi', to: 'EFI/BOOT/BOOTAA64.EFI' },
    console: 'ttyAMA0',
  },
];
