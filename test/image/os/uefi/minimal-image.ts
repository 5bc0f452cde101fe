/**
 * The smallest PE32+ image that binutils and signing tools read: one section, and room for more (Microsoft's PE format).
 * It stands in for the stub of Debian's systemd-boot-efi, which this computer need not have.
 */
export function minimalImage(): Buffer {
  const image = Buffer.alloc(0x600);
  image.write('MZ', 0, 'latin1');
  image.writeUInt32LE(0x40, 0x3c);
  const pe = 0x40;
  image.write('PE\0\0', pe, 'latin1');
  image.writeUInt16LE(0x8664, pe + 4);
  image.writeUInt16LE(1, pe + 6);
  // The optional header with its sixteen directories; executable, large addresses.
  image.writeUInt16LE(240, pe + 20);
  image.writeUInt16LE(0x22, pe + 22);
  const optional = pe + 24;
  image.writeUInt16LE(0x20b, optional);
  image.writeUInt32LE(0x1000, optional + 16);
  image.writeUInt32LE(0x1000, optional + 32);
  image.writeUInt32LE(0x200, optional + 36);
  image.writeUInt32LE(0x2000, optional + 56);
  image.writeUInt32LE(0x400, optional + 60);
  // An EFI application.
  image.writeUInt16LE(10, optional + 68);
  image.writeUInt32LE(16, optional + 108);
  const section = optional + 240;
  image.write('.text', section, 'latin1');
  image.writeUInt32LE(0x10, section + 8);
  image.writeUInt32LE(0x1000, section + 12);
  image.writeUInt32LE(0x200, section + 16);
  image.writeUInt32LE(0x400, section + 20);
  image.writeUInt32LE(0x6000_0020, section + 36);
  return image;
}
