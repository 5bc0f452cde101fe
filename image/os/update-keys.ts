import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { run } from '../package/programs.js';

/** Who signs an update, and whom boxes trust: the signer, or who vouches for it. Paths of PEM files. */
export type UpdateKeys = { readonly certificate: string; readonly key: string; readonly keyring: string };

/** RSA, for what is signed with it is the same each time; 3072 bits are NIST SP 800-57's 128 bits of strength. */
const kind = 'rsa:3072';
/** In days: a box may be updated after many years, and its clock may be wrong. */
const validity = '36500';

/** A key for development on this computer, made when it is first asked for. Boxes that ship never trust it. */
export async function developmentKeys(): Promise<UpdateKeys> {
  const folder = join(installation.root, 'build', 'update-keys');
  const certificate = join(folder, 'development.cert.pem');
  const key = join(folder, 'development.key.pem');
  const keys = { certificate, key, keyring: certificate };
  if (existsSync(certificate)) return keys;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const made = `${certificate}.new`;
  const signed = ['-x509', '-days', validity, '-subj', '/CN=Terashi development', '-out', made];
  await run('openssl', ['req', '-newkey', kind, '-noenc', '-keyout', key, ...signed], { cwd: folder });
  await rename(made, certificate);
  return keys;
}
