import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

/** The systemd unit instance of this process, if systemd started it: proc_pid_cgroup(5). */
export async function ownUnit(): Promise<{ readonly unit?: string }> {
  const group = await readFile('/proc/self/cgroup', 'utf8').catch(() => '');
  const unit = basename(group.trim());
  return unit.startsWith('terashi-vault@') ? { unit } : {};
}
