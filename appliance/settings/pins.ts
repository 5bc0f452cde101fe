/** What has a line of the GPIO chip of its own, by table and key. */
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

/**
 * On a Raspberry Pi's 40-pin header stand GPIO 0 to 27, and 0 and 1 belong to an add-on board's memory. What is
 * beyond drives the board's own parts, its card and its network among them, and is not ours to drive
 * (https://www.raspberrypi.com/documentation/computers/raspberry-pi.html, GPIO).
 */
const header = { first: 2, last: 27 };

/** The pins that cannot be where they are set: beyond the header, or `also` where another one is. */
export function misplacedPins(wired: Wired): { readonly path: Pin; readonly also?: Pin }[] {
  const { chip } = wired.lights;
  const onHeader = chip === 'auto' || chip.startsWith('pinctrl-');
  return pins.flatMap((path) => {
    const line = lineOf(wired, path);
    if (onHeader && (line < header.first || line > header.last)) return [{ path }];
    const also = pins.find((other) => other !== path && lineOf(wired, other) === line);
    return also ? [{ path, also }] : [];
  });
}

function lineOf(wired: Wired, [table, key]: Pin): number {
  return (wired[table] as Readonly<Record<string, number>>)[key];
}
