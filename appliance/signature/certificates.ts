import { type KeyObject, X509Certificate } from 'node:crypto';

/** The certificates that updates may be signed with, or of those that issued them. In the verified root of a box. */
export const keyringFile = '/etc/rauc/keyring.pem';

/** The certificates in a PEM file; what is none is left out. */
export function certificatesIn(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.flatMap((block) => certificateIn(block) ?? []);
}

export function certificateIn(content: string | Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(content);
  } catch {
    return undefined;
  }
}

/** Whether a certificate is a trusted one, or was issued by it. Longer chains are not followed. */
export function isFrom(certificate: X509Certificate, trusted: X509Certificate): boolean {
  if (certificate.raw.equals(trusted.raw)) return true;
  try {
    return trusted.ca && certificate.checkIssued(trusted) && certificate.verify(trusted.publicKey);
  } catch {
    return false;
  }
}

/** The digest for a key; none for EdDSA, which has its own (RFC 8032). */
export const digestFor = ({ asymmetricKeyType }: KeyObject): string | null =>
  asymmetricKeyType === 'ed25519' || asymmetricKeyType === 'ed448' ? null : 'sha256';
