import { err, ok, type Result } from '../result.js';
import { askMounter } from './ask-mounter.js';
import { mountHere, newPoint } from './mount-here.js';
import type { Access, Mounted } from './mounted.js';
import type { Stick } from './sticks.js';

/**
 * Mounts a stick. On a box the mounter does it, because this program lacks the right, and its sandbox would hide the
 * mount from rauc; its socket decides the access, too (systemd/terashi-mount-*.socket).
 */
export async function mount(stick: Stick, access: Access): Promise<Result<Mounted, 'stick-unreadable'>> {
  const socket = process.env.TERASHI_MOUNT_SOCKET;
  const mounted =
    socket === undefined ? await mountHere(stick, access, newPoint()) : await askMounter(stick, socket);
  return mounted ? ok(mounted) : err('stick-unreadable');
}
