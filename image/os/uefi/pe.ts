/** A section to add to a PE image: its name has at most 8 ASCII characters. */
export type Section = { readonly name: string; readonly content: Buffer; readonly isCode?: boolean };

/** Offsets in Microsoft's PE format: in the file, from the signature "PE\0\0", and in the optional header of PE32+. */
const offsetOf = {
  signature: 0x3c,
  ...{ sectionCount: 6, optionalSize: 20, optional: 24 },
  ...{ sectionAlignment: 32, fileAlignment: 36, imageSize: 56, headersSize: 60, checkSum: 64 },
} as const;

/** In bytes: an entry of the section table. */
const entrySize = 40;

/** IMAGE_SCN_MEM_READ, with the section's kind: initialized data, or code that may be executed. */
const characteristics = { data: 0x4000_0040, code: 0x6000_0020 } as const;

const roundUp = (value: number, unit: number): number => Math.ceil(value / unit) * unit;

/**
 * Adds sections behind the last one of a PE image, and changes nothing else in it: the same input gives the same bytes.
 * Written here because Debian 12 has no ukify, and its objcopy writes the present time and knows one architecture.
 *
 * @throws if the image is no PE32+, or its headers have no room
 */
export function appendSections(image: Buffer, sections: readonly Section[]): Buffer {
  const pe = image.readUInt32LE(offsetOf.signature);
  const optional = pe + offsetOf.optional;
  if (image.toString('latin1', pe, pe + 4) !== 'PE\0\0' || image.readUInt16LE(optional) !== 0x20b)
    throw new Error('not a PE32+ image');
  const count = image.readUInt16LE(pe + offsetOf.sectionCount);
  const table = optional + image.readUInt16LE(pe + offsetOf.optionalSize);
  const end = table + (count + sections.length) * entrySize;
  if (end > image.readUInt32LE(optional + offsetOf.headersSize))
    throw new Error(`no room for ${sections.length} more sections in the headers of this PE image`);

  const inMemory = image.readUInt32LE(optional + offsetOf.sectionAlignment);
  const inFile = image.readUInt32LE(optional + offsetOf.fileAlignment);
  const headers = Buffer.from(image);
  const parts = [padded(headers, inFile)];
  let [address, position] = [image.readUInt32LE(optional + offsetOf.imageSize), parts[0].length];
  for (const [index, { name, content, isCode }] of sections.entries()) {
    const raw = padded(content, inFile);
    const entry = headers.subarray(table + (count + index) * entrySize).subarray(0, entrySize);
    entry.fill(0);
    entry.write(name, 'latin1');
    entry.writeUInt32LE(content.length, 8);
    entry.writeUInt32LE(address, 12);
    entry.writeUInt32LE(raw.length, 16);
    entry.writeUInt32LE(position, 20);
    entry.writeUInt32LE(characteristics[isCode ? 'code' : 'data'], 36);
    parts.push(raw);
    address = roundUp(address + content.length, inMemory);
    position += raw.length;
  }
  headers.writeUInt16LE(count + sections.length, pe + offsetOf.sectionCount);
  headers.writeUInt32LE(address, optional + offsetOf.imageSize);
  // No firmware reads it.
  headers.writeUInt32LE(0, optional + offsetOf.checkSum);
  return Buffer.concat([padded(headers, inFile), ...parts.slice(1)]);
}

const padded = (content: Buffer, unit: number): Buffer =>
  Buffer.concat([content, Buffer.alloc(roundUp(content.length, unit) - content.length)]);
