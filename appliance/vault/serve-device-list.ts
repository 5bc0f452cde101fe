import type { CoreConnection } from './core-connection.js';
import { listDevices, type DeviceQuery } from './list-devices.js';

/** Sends the list of devices and waits for the core to disconnect, even if a driver does not return. */
export async function serveDeviceList(core: CoreConnection, query: DeviceQuery): Promise<void> {
  void listDevices(query).then((list) =>
    core.send(list.ok ? { is: 'devices', devices: list.value } : { is: 'failed', fault: list.error }),
  );
  for await (const _ of core.requests);
}
