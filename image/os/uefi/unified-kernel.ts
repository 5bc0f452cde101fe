import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { appendSections } from './pe.js';
import { type Signer, signProgram } from './secure-boot.js';

/** The name of a slot's unified kernel image, in the slot's folder. */
export const unifiedKernelFile = 'terashi.efi';

/**
 * Writes a unified kernel image (UAPI.5; systemd-stub(7)): kernel, initrd and kernel command line in one file that the
 * firmware starts and, with Secure Boot, checks as a whole. The stub then ignores every other command line.
 *
 * @param made a folder with `stub`, `linux` and `initrd`, and the key that signs the image
 * @param options the kernel command line
 * @param folder where the image is written, as `terashi.efi`
 */
export async function writeUnifiedKernel(
  { kernel, signer }: { readonly kernel: string; readonly signer?: Signer | undefined },
  options: string,
  version: string,
  folder: string,
): Promise<void> {
  const [stub, linux, initrd] = await Promise.all(
    ['stub', 'linux', 'initrd'].map((name) => readFile(join(kernel, name))),
  );
  const sections = [
    { name: '.osrel', content: Buffer.from(releaseOf(version)) },
    { name: '.cmdline', content: Buffer.from(options) },
    { name: '.initrd', content: initrd },
    { name: '.linux', content: linux, isCode: true },
  ];
  const file = join(folder, unifiedKernelFile);
  await writeFile(file, appendSections(stub, sections));
  if (signer) await signProgram(file, signer);
}

/** What tools show of the image (os-release(5)). */
const releaseOf = (version: string): string =>
  `ID=terashi\nPRETTY_NAME="Terashi ${version}"\nVERSION_ID="${version}"\n`;
