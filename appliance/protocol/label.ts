/** What fits on a line of the screen. */
const maxCharacters = 80;

/** A device's name, and the USB port that it is in, if known: two of a kind differ in nothing else. */
export type Named = { readonly label: string; readonly port?: string | undefined };

/** The name that means this device and no other of its kind, `HD Webcam (1-1.2)`. */
export function fullName({ label, port }: Named): string {
  return port === undefined ? label : `${label} (${port})`;
}

/** Whether the settings may mean this device by a name: its own one, or that with its port. */
export function isNamed(device: Named, name: string): boolean {
  return name === device.label || name === fullName(device);
}

/** A device's own name, without control characters, which would reach the terminal. */
export function labelOf(name: string): string {
  return name
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, maxCharacters);
}
