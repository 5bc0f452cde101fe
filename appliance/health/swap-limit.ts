import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Whether the kernel keeps this process out of any swap: `memory.swap.max` of its control group, or of one above it, is
 * 0 (Linux, admin-guide/cgroup-v2.rst). A kernel without memory control (`cgroup_disable=memory`) has no such file, and
 * then `MemorySwapMax=0` of a unit does nothing.
 */
export async function isSwapLimited(own = '/proc/self/cgroup', groups = '/sys/fs/cgroup'): Promise<boolean> {
  const path = /^0::(\/.*)$/m.exec(await readFile(own, 'utf8').catch(() => ''))?.[1];
  if (path === undefined) return false;
  const limits = await Promise.all(fromRootTo(path).map((group) => swapMax(join(groups, group))));
  return limits.includes('0');
}

function fromRootTo(path: string): string[] {
  return path === '/' ? [path] : [...fromRootTo(dirname(path)), path];
}

async function swapMax(group: string): Promise<string> {
  return (await readFile(join(group, 'memory.swap.max'), 'utf8').catch(() => '')).trim();
}
