import { reference } from './licence.js';
import type { Part } from './parts.js';

/** What the bill is of. */
export type Made = {
  readonly name: string;
  readonly version: string;
  readonly image: { readonly file: string; readonly sha256: string };
  /** Seconds since 1970 of the commit. */
  readonly time: number;
  readonly parts: readonly Part[];
};

const image = 'SPDXRef-image';
const unsaid = 'NOASSERTION';
const spdxLicence = /^[A-Za-z0-9.+ ()-]+$/;

/** The image's bill of materials: SPDX 2.3 in JSON, to the same bytes for the same parts. */
export function billOf({ name, version, image: { file, sha256 }, time, parts }: Made): string {
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
        ...{ downloadLocation: unsaid, filesAnalyzed: false },
        ...{ licenseConcluded: unsaid, licenseDeclared: unsaid, copyrightText: unsaid },
        checksums: [{ algorithm: 'SHA256', checksumValue: sha256 }],
      },
      ...packages,
    ],
    hasExtractedLicensingInfos: referredTo(packages.map(({ licenseDeclared }) => licenseDeclared)),
    relationships: [
      relationship('SPDXRef-DOCUMENT', 'DESCRIBES', image),
      ...packages.map(({ SPDXID }) => {
        // Packages of Debian lie in the image; all else is carried by the appliance's own.
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
    supplier: kind === 'deb' && name !== 'terashi' ? 'Organization: Debian' : unsaid,
    ...{ downloadLocation: unsaid, filesAnalyzed: false, licenseConcluded: unsaid },
    licenseDeclared: licence !== undefined && spdxLicence.test(licence) ? licence : unsaid,
    ...(words === undefined ? {} : { licenseComments: words }),
    copyrightText: unsaid,
    ...(sha256 === undefined ? {} : { checksums: [{ algorithm: 'SHA256', checksumValue: sha256 }] }),
    ...locator(part),
  };
}

/** Where a package is known in the world: a package URL. */
function locator({ kind, name, version = '', architecture }: Part) {
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

/** SPDX lets letters, digits, dots and hyphens stand in an identifier; others are told apart by their codes. */
function identifier(text: string): string {
  return text.replace(/[^A-Za-z0-9.-]/g, (character) => `-x${character.charCodeAt(0).toString(16)}-`);
}

/** Licences that SPDX has no name for: their texts are in the image. */
function referredTo(licences: readonly string[]) {
  const pattern = new RegExp(`${reference}[A-Za-z0-9.-]+`, 'g');
  const found = [...new Set(licences.flatMap((licence) => licence.match(pattern) ?? []))].sort();
  return found.map((licenseId) => ({
    licenseId,
    name: licenseId.slice(reference.length),
    extractedText: 'In /usr/share/doc/PACKAGE/copyright of the package that names it, in the image',
  }));
}
