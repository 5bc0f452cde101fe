import type { Door } from './door.js';
import { findDevices, type DeviceQuery } from './find-devices.js';

/** Sends the list of devices and waits for the core to disconnect, even if a driver does not return. */
export async function tellDevices(door: Door, query: DeviceQuery): Promise<void> {
  void findDevices(query).then((list) =>
    door.tell(list.ok ? { is: 'devices', devices: list.value } : { is: 'failed', fault: list.error }),
  );
  for await (const _ of door.requests);
}
