/**
 * The release of a kernel image, such as `6.12.117+deb13-amd64`. On x86 it is in the header (the Linux/x86 Boot Protocol,
 * `kernel_version`); on arm64, where Debian does not compress the kernel, in its banner (`linux_banner`).
 */
export function releaseOf(kernel: Buffer): string {
  const release = kernel.toString('latin1', 0x202, 0x206) === 'HdrS' ? inHeader(kernel) : inBanner(kernel);
  if (release === undefined) throw new Error('this kernel does not say which it is');
  return release;
}

function inHeader(kernel: Buffer): string {
  const start = kernel.readUInt16LE(0x20e) + 0x200;
  return kernel.toString('latin1', start, start + 64).split(' ')[0];
}

function inBanner(kernel: Buffer): string | undefined {
  return /Linux version (\d\S+) /.exec(kernel.toString('latin1'))?.[1];
}
