import { firmwareState } from './file.js';
import { firmwarePlaces, listedFirmware } from './places.js';
import { pluggedIn } from './plugged.js';

/** Of the scanners that are plugged in and need a file: `none`, or how the worst-off one's file is. */
export type NeededFirmware = 'none' | 'whole' | 'damaged' | 'missing';

/** How the files are that the plugged-in scanners need. For each scanner one whole file, in any folder, is enough. */
export async function neededFirmware(places = firmwarePlaces): Promise<NeededFirmware> {
  const plugged = await pluggedIn(places.usb);
  const needed = (await listedFirmware(places)).filter(({ scanner }) => plugged.has(scanner));
  const pathsFor = (id: string) => needed.filter(({ scanner }) => scanner === id).map(({ path }) => path);
  const states = await Promise.all(
    [...new Set(needed.map(({ scanner }) => scanner))].map((id) => stateOf(pathsFor(id))),
  );
  return (['missing', 'damaged', 'whole'] as const).find((state) => states.includes(state)) ?? 'none';
}

async function stateOf(paths: readonly string[]): Promise<Exclude<NeededFirmware, 'none'>> {
  const states = await Promise.all(paths.map(firmwareState));
  if (states.includes('whole')) return 'whole';
  return states.includes('damaged') ? 'damaged' : 'missing';
}
