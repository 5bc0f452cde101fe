import * as z from 'zod';

import { parseLine } from '../json-lines.js';
import type { UnusableStick } from '../protocol/unusable-stick.js';
import { run } from './program.js';
import { whyUnusable } from './unusable.js';

/** The supported file systems: those that any PC writes. Others keep more in the kernel's memory, and more of it was broken into. */
const fileSystem = z.enum(['vfat', 'exfat']);
export type FileSystem = z.infer<typeof fileSystem>;

/** The device file of a partition, or of a stick without partitions. */
export const node = z.string().regex(/^\/dev\/[\w/-]{1,100}$/);

/** A partition of a USB stick, or a stick without partitions. */
const stickSchema = z.object({
  node,
  fileSystem,
  /** Locked by its switch, or worn out. */
  readOnly: z.boolean(),
  /** How many of our own programs have it mounted. */
  mounts: z.number(),
});
export type Stick = Readonly<z.infer<typeof stickSchema>>;

type Block = {
  readonly path: string;
  readonly tran: string | null;
  readonly fstype: string | null;
  readonly parttype: string | null;
  readonly ro: boolean;
  readonly mountpoints: readonly (string | null)[];
  readonly children?: readonly Block[] | undefined;
};

const block: z.ZodType<Block> = z.object({
  path: z.string(),
  tran: z.string().nullable(),
  fstype: z.string().nullable(),
  parttype: z.string().nullable(),
  ro: z.boolean(),
  mountpoints: z.array(z.string().nullable()),
  get children() {
    return z.array(block).optional();
  },
});
const listing = z.object({ blockdevices: z.array(block) });

/** Columns of lsblk(8), util-linux 2.38 and later. */
const columns = 'PATH,TRAN,FSTYPE,PARTTYPE,RO,MOUNTPOINTS';

/**
 * Partitions that hold no files of a person: EFI system partitions by GPT and by MBR (UEFI 2.10, 5.2 and 5.3), which a
 * Mac puts on each stick; Microsoft's reserved one; and an extended partition of an MBR, which only contains others.
 */
const notForFiles = [
  'c12a7328-f81f-11d2-ba4b-00a0c93ec93b',
  '0xef',
  'e3c9e316-0b5c-4db8-817d-f92df00215ae',
  '0x5',
  '0xf',
];

/** What is plugged in: the sticks that can be used, and what was seen of the first that cannot. */
export type Seen = { readonly sticks: readonly Stick[]; readonly unusable: UnusableStick | undefined };

/** Looks at what is plugged in. A USB disk that the system has mounted does not count: a box may boot from one. */
export async function lookAtSticks(signal?: AbortSignal): Promise<Seen> {
  const { stdout } = await run('lsblk', ['--json', '--output', columns], signal);
  const parsed = parseLine(stdout, listing);
  if (!parsed.ok) return { sticks: [], unusable: undefined };
  const parts = parsed.value.blockdevices
    .filter((disk) => disk.tran === 'usb' && !isUsed(disk))
    .flatMap(partsOf)
    .filter(({ parttype }) => !notForFiles.includes(parttype?.toLowerCase() ?? ''));
  const sticks = parts.flatMap((part) => stickOf(part) ?? []);
  // Of a stick with several parts, one that has a file system says more.
  const seen = parts
    .filter((part) => stickOf(part) === undefined)
    .sort((one, other) => Number(one.fstype === null) - Number(other.fstype === null))
    .at(0);
  return { sticks, unusable: seen && whyUnusable(seen.fstype) };
}

/** The sticks that can be used. */
export async function findSticks(signal?: AbortSignal): Promise<readonly Stick[]> {
  return (await lookAtSticks(signal)).sticks;
}

/** The partitions of a disk, or a disk without partitions. */
function partsOf(disk: Block): readonly Block[] {
  const { children = [] } = disk;
  // What is in a partition, such as an opened volume, is not looked at.
  return children.length > 0 && disk.fstype === null ? children : [disk, ...children];
}

function stickOf({ path, fstype, ro, mountpoints }: Block): Stick | undefined {
  const mounts = new Set(mountpoints.filter((point) => point !== null)).size;
  return stickSchema.safeParse({ node: path, fileSystem: fstype, readOnly: ro, mounts }).data;
}

/** The present state of a stick; undefined if it is no longer plugged in. */
export async function findAgain({ node }: Stick): Promise<Stick | undefined> {
  return (await findSticks()).find((stick) => stick.node === node);
}

export async function isPluggedIn(stick: Stick): Promise<boolean> {
  return (await findAgain(stick)) !== undefined;
}

/** Mounts of our own do not count, so that two of our programs can look at a stick at once. */
function isUsed({ mountpoints, children = [] }: Block): boolean {
  return mountpoints.some((point) => point !== null && !isOwn(point)) || children.some(isUsed);
}

function isOwn(point: string): boolean {
  return /\/terashi-sticks\/[^/]+$/.test(point);
}
