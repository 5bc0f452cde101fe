import { output } from '../../protocol/bench-test.js';
import type { Output } from '../../protocol/bench-test.js';
import { type Button, button, type LightsDriver } from '../../protocol/lights.js';

export type { Button, Wiring } from '../../protocol/lights.js';

export type { Output } from '../../protocol/bench-test.js';
export const outputs = output.options;

export const buttons = button.options;

/** The lines of the lights, the buzzer and the buttons, which this process owns. */
export type Lines = {
  readonly driver: Exclude<LightsDriver, 'absent'>;
  /** Never throws; read the line back to see whether it worked. */
  set(output: Output, on: boolean): void;
  /** Whether the line says that an output is on; undefined if it cannot be read. */
  isOn(output: Output): boolean | undefined;
  /** Whether a button is down; undefined if it cannot be read. */
  isDown(button: Button): boolean | undefined;
  /** Calls `changed` when a button may have been pressed or released. */
  watch(changed: () => void): void;
  /** Switches everything off and releases the lines. */
  close(): void;
};

/** The kernel's labels of the chip behind a Raspberry Pi's 40-pin header: Pi 5, Pi 4, and earlier. */
const headerChips: readonly string[] = ['pinctrl-rp1', 'pinctrl-bcm2711', 'pinctrl-bcm2835'];

/** On other machines `auto` matches no chip: their lines may drive anything. */
export function isChip(label: string, wanted: string): boolean {
  return wanted === 'auto' ? headerChips.includes(label) : label === wanted;
}
