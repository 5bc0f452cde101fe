import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { run } from '../package/run-program.js';

/**
 * Paths of PEM files: the key and certificate that sign an update, and the certificates that boxes trust (the
 * signer or its CA).
 */
export type UpdateKeys = { readonly certificate: string; readonly key: string; readonly keyring: string };

/** RSA signatures are deterministic; 3072 bits have a strength of 128 bits (NIST SP 800-57). */
const kind = 'rsa:3072';
/** In days: boxes may be updated after many years, and their clocks may be wrong. */
const validity = '36500';

/** This computer's development key, created on first use. Boxes that ship must not trust it. */
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
