import * as z from 'zod';

/** Where in the kernel devices come and go: whole USB devices, cameras, what cameras are made of, and disks. */
export const subsystem = z.enum(['usb', 'video4linux', 'media', 'block']);
export type Subsystem = z.infer<typeof subsystem>;

/** One event's properties (udev(7)), as far as they are listened to. */
const plugEvent = z.object({
  ACTION: z.enum(['add', 'remove']),
  SUBSYSTEM: subsystem,
  DEVNAME: z.string().optional(),
});
export type UdevEvent = z.infer<typeof plugEvent>;

/** Reads what `udevadm monitor --property` prints: properties, one a line, and an empty line after each event. */
export class UdevParser {
  #properties: Record<string, string> = {};

  parseLine(line: string): UdevEvent | 'listening' | undefined {
    if (line.startsWith('UDEV - ')) return 'listening';
    if (line === '') return this.#over();
    const property = /^(ACTION|SUBSYSTEM|DEVNAME)=(.*)$/.exec(line);
    if (property) this.#properties[property[1]] = property[2];
    return undefined;
  }

  #over(): UdevEvent | undefined {
    const parsed = plugEvent.safeParse(this.#properties);
    this.#properties = {};
    return parsed.success ? parsed.data : undefined;
  }
}
