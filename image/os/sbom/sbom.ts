import { reference } from './licence.js';
import type { Part } from './parts.js';

/** The image that the bill of materials describes. */
export type ImageInfo = {
  readonly name: string;
  readonly version: string;
  readonly image: { readonly file: string; readonly sha256: string };
  /** Commit time in seconds since 1970. */
  readonly time: number;
  readonly parts: readonly Part[];
};

const image = 'SPDXRef-image';
const noAssertion = 'NOASSERTION';
const spdxLicence = /^[A-Za-z0-9.+ ()-]+$/;

/** The image's bill of materials as SPDX 2.3 JSON. The same parts give the same bytes. */
export function sbomOf({ name, version, image: { file, sha256 }, time, parts }: ImageInfo): string {
  const packages = parts.map(packageOf).sort((a, b) => (a.SPDXID < b.SPDXID ? -1 : 1));
  const appliance = packages.find(
    ({ name: one, SPDXID }) => one === 'terashi' && SPDXID.startsWith('SPDXRef-deb-'),
  );
  const document = {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name,
    documentNamespace: `https://terashi.invalid/spdx/${name}-${sha256}`,
    creationInfo: {
      created: new Date(time * 1000).toISOString().replace('.000Z', 'Z'),
      creators: [`Tool: terashi-image-${version}`],
    },
    packages: [
      {
        SPDXID: image,
        name,
        versionInfo: version,
        packageFileName: file,
        primaryPackagePurpose: 'OPERATING-SYSTEM',
        ...{ downloadLocation: noAssertion, filesAnalyzed: false },
        ...{ licenseConcluded: noAssertion, licenseDeclared: noAssertion, copyrightText: noAssertion },
        checksums: [{ algorithm: 'SHA256', checksumValue: sha256 }],
      },
      ...packages,
    ],
    hasExtractedLicensingInfos: extractedLicences(packages.map(({ licenseDeclared }) => licenseDeclared)),
    relationships: [
      relationship('SPDXRef-DOCUMENT', 'DESCRIBES', image),
      ...packages.map(({ SPDXID }) => {
        // Debian packages are part of the image; everything else is part of the terashi package.
        const holder = SPDXID.startsWith('SPDXRef-deb-') ? image : (appliance?.SPDXID ?? image);
        return relationship(holder, 'CONTAINS', SPDXID);
      }),
    ],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function relationship(from: string, relationshipType: string, to: string) {
  return { spdxElementId: from, relationshipType, relatedSpdxElement: to };
}

function packageOf(part: Part) {
  const { kind, name, version, licence, words, sha256, architecture } = part;
  const known = [kind, name, version, architecture].filter((one) => one !== undefined);
  return {
    SPDXID: `SPDXRef-${known.map(identifier).join('-')}`,
    name,
    ...(version === undefined ? {} : { versionInfo: version }),
    supplier: kind === 'deb' && name !== 'terashi' ? 'Organization: Debian' : noAssertion,
    ...{ downloadLocation: noAssertion, filesAnalyzed: false, licenseConcluded: noAssertion },
    licenseDeclared: licence !== undefined && spdxLicence.test(licence) ? licence : noAssertion,
    ...(words === undefined ? {} : { licenseComments: words }),
    copyrightText: noAssertion,
    ...(sha256 === undefined ? {} : { checksums: [{ algorithm: 'SHA256', checksumValue: sha256 }] }),
    ...packageUrl(part),
  };
}

/** A package's package URL (purl). */
function packageUrl({ kind, name, version = '', architecture }: Part) {
  if (kind !== 'deb' && kind !== 'npm') return {};
  const known = encodeURIComponent(version);
  const referenceLocator =
    kind === 'deb'
      ? `pkg:deb/debian/${encodeURIComponent(name)}@${known}?arch=${architecture ?? 'all'}`
      : `pkg:npm/${name.replace('@', '%40')}@${known}`;
  return {
    externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator }],
  };
}

/** SPDX identifiers allow letters, digits, dots and hyphens; other characters are escaped. */
function identifier(text: string): string {
  return text.replace(/[^A-Za-z0-9.-]/g, (character) => `-x${character.charCodeAt(0).toString(16)}-`);
}

/** Licences without an SPDX name; their texts are in the image. */
function extractedLicences(licences: readonly string[]) {
  const pattern = new RegExp(`${reference}[A-Za-z0-9.-]+`, 'g');
  const found = [...new Set(licences.flatMap((licence) => licence.match(pattern) ?? []))].sort();
  return found.map((licenseId) => ({
    licenseId,
    name: licenseId.slice(reference.length),
    extractedText: 'In /usr/share/doc/PACKAGE/copyright of the package that names it, in the image',
  }));
}
