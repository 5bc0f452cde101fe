/** The settings that are lines of the GPIO chip, by table and key. */
export const pins = [
  ['lights', 'led1'],
  ['lights', 'led2'],
  ['lights', 'led3'],
  ['lights', 'led4'],
  ['lights', 'camera'],
  ['lights', 'buzzer'],
  ['buttons', 'yes'],
  ['buttons', 'no'],
  ['buttons', 'cancel'],
] as const;
export type Pin = (typeof pins)[number];

export const pinKeys = pins.map(
  ([table, key]) => `${table}.${key}` as `lights.${Key<'lights'>}` | `buttons.${Key<'buttons'>}`,
);

type Key<Table extends Pin[0]> = Extract<Pin, readonly [Table, string]>[1];

type Wired = {
  readonly lights: { readonly chip: string } & Readonly<Record<Key<'lights'>, number>>;
  readonly buttons: Readonly<Record<Key<'buttons'>, number>>;
};

/** No chip has more lines than the kernel once had for all chips (ARCH_NR_GPIOS). */
export const chipLines = { first: 0, last: 511 };

/**
 * A Raspberry Pi's 40-pin header has GPIO 0 to 27, and 0 and 1 are reserved for an add-on board's EEPROM. The lines
 * beyond drive parts of the board, such as its card and network
 * (https://www.raspberrypi.com/documentation/computers/raspberry-pi.html, GPIO).
 */
export const headerLines = { first: 2, last: 27 };

/** The pins with a wrong number: beyond the header, or, with `also`, that of another pin. */
export function misplacedPins(wired: Wired): { readonly path: Pin; readonly also?: Pin }[] {
  const { chip } = wired.lights;
  const onHeader = chip === 'auto' || chip.startsWith('pinctrl-');
  return pins.flatMap((path) => {
    const line = lineOf(wired, path);
    if (onHeader && (line < headerLines.first || line > headerLines.last)) return [{ path }];
    const also = pins.find((other) => other !== path && lineOf(wired, other) === line);
    return also ? [{ path, also }] : [];
  });
}

function lineOf(wired: Wired, [table, key]: Pin): number {
  return (wired[table] as Readonly<Record<string, number>>)[key];
}
