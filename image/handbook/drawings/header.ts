/** A pin of the 40-pin header: a GPIO line by its BCM number, a voltage, or ground. */
export type Pin = { readonly line: number } | 'ground' | '3.3 V' | '5 V';

const line = (number: number): Pin => ({ line: number });

/**
 * The 40-pin header of Raspberry Pi boards since the Model B+, pins 1 to 40 (Raspberry Pi's documentation,
 * "GPIO and the 40-pin header"). Lines 0 and 1 are reserved for an add-on board's EEPROM.
 */
export const header: readonly Pin[] = [
  ['3.3 V', '5 V'],
  [line(2), '5 V'],
  [line(3), 'ground'],
  [line(4), line(14)],
  ['ground', line(15)],
  [line(17), line(18)],
  [line(27), 'ground'],
  [line(22), line(23)],
  ['3.3 V', line(24)],
  [line(10), 'ground'],
  [line(9), line(25)],
  [line(11), line(8)],
  ['ground', line(7)],
  [line(0), line(1)],
  [line(5), 'ground'],
  [line(6), line(12)],
  [line(13), 'ground'],
  [line(19), line(16)],
  [line(26), line(20)],
  ['ground', line(21)],
].flat() as readonly Pin[];

/**
 * The pin that leads to a GPIO line.
 *
 * @param number its BCM number, 0 to 27
 * @throws if the header has no such line
 */
export function pinOf(number: number): number {
  const index = header.findIndex((pin) => typeof pin === 'object' && pin.line === number);
  if (index < 0) throw new Error(`the 40-pin header has no GPIO ${number}`);
  return index + 1;
}
