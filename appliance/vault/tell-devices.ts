import type { Door } from './door.js';
import { findDevices, type Wish } from './find-devices.js';

/** Tells which devices there are, and waits for the core to hang up, also while a driver does not come back. */
export async function tellDevices(door: Door, wish: Wish): Promise<void> {
  void findDevices(wish).then((list) =>
    door.tell(list.ok ? { is: 'devices', devices: list.value } : { is: 'failed', fault: list.error }),
  );
  for await (const _ of door.requests);
}
