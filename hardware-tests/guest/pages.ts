import type { Guest } from './guest.js';

/** In bytes, of a page of memory on the boards that are searched. */
const pageLength = 4096;

/** The names of the bits of /proc/kpageflags (the kernel's admin-guide/mm/pagemap.rst). */
const flags = (
  'locked hwpoison referenced uptodate dirty lru active slab writeback reclaim buddy mmap anon swapcache ' +
  'swapbacked compound-head compound-tail huge unevictable hwpoison nopage ksm thp offline zero-page idle page-table'
).split(' ');

/** What the guest's kernel says of pages of its memory: how they are used, and by whose control group. */
export async function describePages(guest: Guest, addresses: readonly number[]): Promise<string[]> {
  const described = [];
  for (const address of addresses) {
    const page = Math.floor(address / pageLength);
    const [bits, group] = [await wordOf(guest, 'kpageflags', page), await wordOf(guest, 'kpagecgroup', page)];
    const names = flags.filter((_, bit) => ((bits >> BigInt(bit)) & 1n) === 1n);
    const owner =
      group === 0n ? '' : (await guest.run('find', '/sys/fs/cgroup', '-inum', String(group))).trim();
    described.push(`0x${address.toString(16)}: ${[...names, owner].join(' ').trim() || 'no flags'}`);
  }
  return described;
}

async function wordOf(guest: Guest, file: string, page: number): Promise<bigint> {
  const text = await guest.run(
    'od',
    '-A',
    'n',
    '-t',
    'x8',
    '-j',
    String(page * 8),
    '-N',
    '8',
    `/proc/${file}`,
  );
  return BigInt(`0x${text.trim() || '0'}`);
}
