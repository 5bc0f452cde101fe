import type { LightsDriver } from '../../protocol/lights.js';

export const outputs = ['led1', 'led2', 'led3', 'led4', 'camera', 'buzzer'] as const;
export type Output = (typeof outputs)[number];

export const buttons = ['yes', 'no', 'cancel'] as const;
export type Button = (typeof buttons)[number];

/** Which line of which chip each part is on. */
export type Wiring = {
  /** The chip's label, or `auto` for a Raspberry Pi's own. */
  readonly chip: string;
  readonly outputs: Readonly<Record<Output, number>>;
  /** Whether an output is on where its line is low. A button always draws its line low. */
  readonly activeLow: boolean;
  readonly buttons: Readonly<Record<Button, number>>;
};

/** The lines of the lights, the buzzer and the buttons, held by this process alone. */
export type Lines = {
  readonly driver: Exclude<LightsDriver, 'absent'>;
  /** Never throws; whether it was of use is read. */
  set(output: Output, on: boolean): void;
  /** Whether an output is on, as its line reads; undefined where it cannot be read. */
  isOn(output: Output): boolean | undefined;
  /** Whether a button is held down; undefined where it cannot be read. */
  isDown(button: Button): boolean | undefined;
  /** Calls `changed` whenever a button may have been pressed or let go. */
  watch(changed: () => void): void;
  /** Switches everything off and gives the lines back. */
  close(): void;
};

/** A Raspberry Pi's chips behind the 40-pin header, as the kernel labels them: Pi 5, Pi 4, and those before. */
const headerChips: readonly string[] = ['pinctrl-rp1', 'pinctrl-bcm2711', 'pinctrl-bcm2835'];

/** Elsewhere `auto` is no chip: what hangs on a computer's own lines is not ours to drive. */
export function isChip(label: string, wanted: string): boolean {
  return wanted === 'auto' ? headerChips.includes(label) : label === wanted;
}
