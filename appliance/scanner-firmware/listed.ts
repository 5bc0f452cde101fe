/** A file that the driver sends to a scanner, by the scanner's USB vendor and product: `04c5:11bd`. */
export type ListedFirmware = { readonly scanner: string; readonly path: string };

/** The driver takes a `firmware` line for every `usb` line that follows (sane-epjitsu(5)). */
const line =
  /^\s*(?:firmware\s+(?<path>\S.*?)|usb\s+0x(?<vendor>[0-9a-f]{4})\s+0x(?<product>[0-9a-f]{4}))\s*$/i;
type Matched = Readonly<Partial<Record<'path' | 'vendor' | 'product', string>>>;

/** The files that an `epjitsu.conf` names for each scanner, in the order in which the driver tries them. */
export function firmwareIn(configuration: string): ListedFirmware[] {
  const listed: ListedFirmware[] = [];
  let current: string | undefined;
  for (const text of configuration.split('\n')) {
    const { path, vendor, product } = (line.exec(text)?.groups ?? {}) as Matched;
    current = path ?? current;
    if (vendor && product && current !== undefined)
      listed.push({ scanner: `${vendor}:${product}`.toLowerCase(), path: current });
  }
  return listed;
}
