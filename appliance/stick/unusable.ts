import type { UnusableStick } from '../protocol/unusable-stick.js';

/** The names by libblkid (superblocks.c of util-linux 2.38 to 2.41), which lsblk shows as FSTYPE. */
const kinds: readonly (readonly [UnusableStick, readonly string[]])[] = [
  ['stick-ntfs', ['ntfs']],
  ['stick-apple', ['apfs', 'hfs', 'hfsplus']],
  [
    'stick-linux',
    [
      'ext2',
      'ext3',
      'ext4',
      'ext4dev',
      'btrfs',
      'xfs',
      'f2fs',
      'jfs',
      'reiserfs',
      'nilfs2',
      'erofs',
      'squashfs',
      'swap',
      'LVM2_member',
      'linux_raid_member',
    ],
  ],
  ['stick-encrypted', ['BitLocker', 'crypto_LUKS']],
];

/** @param fstype null where nothing was recognised */
export function whyUnusable(fstype: string | null): UnusableStick {
  if (fstype === null) return 'stick-unformatted';
  return kinds.find(([, names]) => names.includes(fstype))?.[0] ?? 'stick-other-format';
}
