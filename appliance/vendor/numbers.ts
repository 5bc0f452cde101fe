import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { BoxNumbers } from '../protocol/vendor.js';
import { municipalKey, publicKeyOf } from '../signature/municipal-key.js';

/** As many digits as somebody can read off a screen and type: 48 bits tell a vendor's boxes apart. */
const digits = 12;

/**
 * What identifies this box to a vendor. The settings file does not come into it: whoever edits that must not make one
 * box's token open another.
 *
 * @param folder of the state, with the box's own key, which is made at its first start
 * @param commandLine of the kernel, which names the root hash of the running image
 */
export async function numbersOf(folder: string, commandLine = '/proc/cmdline'): Promise<BoxNumbers> {
  const [key, pub, line] = await Promise.all(
    [join(folder, 'device.key'), join(folder, 'device.pub'), commandLine].map((file) =>
      readFile(file, 'utf8').catch(() => ''),
    ),
  );
  return { box: boxNumber(key, pub), image: imageNumber(line) };
}

/**
 * From the public half of the box's key (SubjectPublicKeyInfo, RFC 5280). A TPM does not show the private one.
 *
 * @param pub `device.pub`, which the start lays
 */
function boxNumber(pem: string, pub: string): string | undefined {
  try {
    const key = pem === '' ? publicKeyOf(municipalKey.parse(pub.trimEnd())) : createPrivateKey(pem);
    const spki = (key.type === 'private' ? createPublicKey(key) : key).export({
      type: 'spki',
      format: 'der',
    });
    return createHash('sha256').update(spki).digest('hex').slice(0, digits);
  } catch {
    return undefined;
  }
}

/**
 * From the root hash on a kernel command line, the last one where there are several, as the initrd takes it. dm-verity
 * lets only the image with that hash run.
 */
export function imageNumber(commandLine: string): string | undefined {
  const hash = [...commandLine.matchAll(/(?:^|\s)terashi\.hash=([0-9a-f]{64})(?=\s|$)/g)].at(-1)?.[1];
  return hash?.slice(0, digits);
}
