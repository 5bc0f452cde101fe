import * as z from 'zod';

/** The kernel's subsystems of whole USB devices, cameras, the parts of camera modules, and disks. */
export const subsystem = z.enum(['usb', 'video4linux', 'media', 'block']);
export type Subsystem = z.infer<typeof subsystem>;

/** The properties of an event that matter here (udev(7)). */
const udevEvent = z.object({
  ACTION: z.enum(['add', 'remove']),
  SUBSYSTEM: subsystem,
  DEVNAME: z.string().optional(),
});
export type UdevEvent = z.infer<typeof udevEvent>;

/** Parses the output of `udevadm monitor --property`: one property a line, and an empty line after each event. */
export class UdevParser {
  #properties: Record<string, string> = {};

  parseLine(line: string): UdevEvent | 'listening' | undefined {
    if (line.startsWith('UDEV - ')) return 'listening';
    if (line === '') return this.#endEvent();
    const property = /^(ACTION|SUBSYSTEM|DEVNAME)=(.*)$/.exec(line);
    if (property) this.#properties[property[1]] = property[2];
    return undefined;
  }

  #endEvent(): UdevEvent | undefined {
    const parsed = udevEvent.safeParse(this.#properties);
    this.#properties = {};
    return parsed.success ? parsed.data : undefined;
  }
}
