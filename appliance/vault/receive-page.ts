import type { Readable } from 'node:stream';

import { err, ok, type Result } from '../result.js';
import type { AnnouncedPage } from '../scanner/protocol.js';
import type { Page } from '../scanner/scanner.js';

/**
 * Reads the samples of an announced page, up to the end of their pipe, and zeroes what it read them through.
 *
 * @param whole called once all samples have arrived: whoever sends them can be ended
 * @returns `scanner-failed` if there are fewer samples than announced, or more; what has arrived is zeroed
 */
export async function receivePage(
  pipe: Readable,
  { width, height, channels, resolution }: AnnouncedPage,
  whole: () => void,
): Promise<Result<Page, 'scanner-failed'>> {
  const data = new Uint8Array(width * height * channels);
  let received = 0;
  try {
    for await (const chunk of pipe as AsyncIterable<Buffer>) {
      if (received + chunk.length <= data.length) data.set(chunk, received);
      received += chunk.length;
      chunk.fill(0);
      if (received >= data.length) whole();
      if (received > data.length) break;
    }
  } catch {
    // It was given up: what is missing shows it.
    received = 0;
  }
  if (received === data.length) return ok({ data, width, height, channels, resolution });
  data.fill(0);
  return err('scanner-failed');
}
