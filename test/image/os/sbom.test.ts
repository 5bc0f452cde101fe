import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { installation } from '../../../appliance/installation.js';
import { type ImageInfo, sbomOf } from '../../../image/os/sbom/sbom.js';
import { debianPackages } from '../../../image/os/sbom/debian.js';
import { licenceOf } from '../../../image/os/sbom/licence.js';
import { type Part, partsOf } from '../../../image/os/sbom/parts.js';

type Document = {
  readonly creationInfo: { readonly created: string };
  readonly packages: readonly {
    readonly SPDXID: string;
    readonly name: string;
    readonly licenseDeclared: string;
    readonly checksums?: readonly { readonly checksumValue: string }[];
  }[];
  readonly hasExtractedLicensingInfos: readonly { readonly licenseId: string }[];
  readonly relationships: readonly {
    readonly spdxElementId: string;
    readonly relationshipType: string;
    readonly relatedSpdxElement: string;
  }[];
};

const made = (parts: readonly Part[]): ImageInfo => ({
  name: 'terashi-1.2.3-board',
  version: '1.2.3',
  image: { file: 'terashi-1.2.3-board.img.xz', sha256: 'ab'.repeat(32) },
  time: 1_700_000_000,
  parts,
});
const bill = (parts: readonly Part[]) => JSON.parse(sbomOf(made(parts))) as Document;

const status = `Package: bash
Status: install ok installed
Architecture: amd64
Version: 5.2-1

Package: gone
Status: deinstall ok config-files
Architecture: all
Version: 1

Package: libgcc-s1
Status: install ok installed
Architecture: amd64
Source: gcc-14 (14.2.0-19)
Version: 14.2.0-20
Description: a library
 Package: not-this
`;

describe("the image's bill of materials", () => {
  it('lists what dpkg has installed, and what each was built from', () => {
    assert.deepEqual(debianPackages(status), [
      { name: 'bash', version: '5.2-1', architecture: 'amd64', source: 'bash' },
      { name: 'libgcc-s1', version: '14.2.0-20', architecture: 'amd64', source: 'gcc-14' },
    ]);
  });

  for (const [text, found] of [
    ['Format: x\n\nFiles: *\nLicense: GPL-2+\n text', { licence: 'GPL-2.0-or-later' }],
    ['Format: x\nLicense: LGPL-2.1\n\nLicense: Expat\n', { licence: 'LGPL-2.1-only AND MIT' }],
    ['Format: x\nLicense: GPL-3+ or Apache-2.0\n', { licence: 'GPL-3.0-or-later OR Apache-2.0' }],
    ['Format: x\nLicense: GPL-1 or MIT\nLicense: ISC', { licence: '(GPL-1.0-only OR MIT) AND ISC' }],
    [
      'Format: x\nLicense: GPL-2 with Foo exception\n',
      { licence: 'LicenseRef-debian-GPL-2-with-Foo-exception' },
    ],
    ['Format: x\nLicense: constructor\n', { licence: 'LicenseRef-debian-constructor' }],
    ['On Debian see /usr/share/common-licenses/GPL-2.', { words: 'Its copyright file refers to GPL-2' }],
    ['Do what you like.', {}],
  ] as const) {
    it(`takes ${JSON.stringify(text)} for ${JSON.stringify(found)}`, () =>
      assert.deepEqual(licenceOf(text), found));
  }

  const name = fc.stringMatching(/^[a-z0-9][a-z0-9+._-]{0,8}$/);
  const part: fc.Arbitrary<Part> = fc.oneof(
    fc.record({
      kind: fc.constantFrom('deb' as const, 'npm' as const),
      name,
      version: fc.stringMatching(/^\d[0-9a-z.+:~-]{0,8}$/),
      licence: fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string({ minLength: 1 }).map((text) => licenceOf(`Format: x\nLicense: ${text}`).licence ?? 'MIT'),
      ),
    }),
    fc.record({ kind: fc.constant('model' as const), name, words: fc.string() }),
  );
  const different = fc.uniqueArray(part, {
    selector: ({ kind, name: one, version }) => `${kind} ${one} ${version ?? ''}`,
  });

  it('does not depend on the order in which parts are found', () => {
    fc.assert(
      fc.property(different, (parts) =>
        assert.equal(sbomOf(made([...parts].reverse())), sbomOf(made(parts))),
      ),
    );
  });

  it('gives each part a unique reference, and refers only to parts that it lists', () => {
    fc.assert(
      fc.property(different, (parts) => {
        const { packages, relationships, hasExtractedLicensingInfos } = bill(parts);
        const ids = packages.map(({ SPDXID }) => SPDXID);
        assert.equal(new Set(ids).size, parts.length + 1);
        for (const id of ids) assert.match(id, /^SPDXRef-[A-Za-z0-9.-]+$/);
        const known = new Set(['SPDXRef-DOCUMENT', ...ids]);
        for (const { spdxElementId, relatedSpdxElement } of relationships) {
          assert(known.has(spdxElementId) && known.has(relatedSpdxElement));
        }
        const held = relationships.filter(({ relationshipType }) => relationshipType === 'CONTAINS');
        assert.deepEqual(held.map((one) => one.relatedSpdxElement).sort(), ids.slice(1).sort());
        const told = new Set(hasExtractedLicensingInfos.map(({ licenseId }) => licenseId));
        for (const { licenseDeclared } of packages) {
          for (const [one] of licenseDeclared.matchAll(/LicenseRef-debian-[A-Za-z0-9.-]+/g))
            assert(told.has(one));
        }
      }),
    );
  });

  it("has the commit's time", () => assert.equal(bill([]).creationInfo.created, '2023-11-14T22:13:20Z'));

  it('lists the parts of a root: packages of Debian and npm, Node, the models', async () => {
    const root = mkdtempSync(join(tmpdir(), 'terashi-bill-'));
    try {
      const write = (file: string, text: string) => {
        mkdirSync(join(root, file, '..'), { recursive: true });
        writeFileSync(join(root, file), text);
      };
      const home = 'usr/lib/terashi';
      const sibling = 'Package: gcc-14-base\nStatus: install ok installed\nSource: gcc-14\nVersion: 1\n';
      write('var/lib/dpkg/status', `${status}\n${sibling}`);
      write('usr/share/doc/gcc-14-base/copyright', 'Format: x\nLicense: GPL-3+\n');
      write(`${home}/node_modules/a/package.json`, '{"name":"a","version":"1.0.0","license":"MIT"}');
      write(`${home}/node_modules/@b/c/node_modules/a/package.json`, '{"name":"a","version":"2.0.0"}');
      write(`${home}/node_modules/a/esm/package.json`, '{"type":"module"}');
      write(`${home}/build/onnx/blazeface.onnx`, '');
      cpSync(installation.manifest, join(root, home, 'models', 'manifest.json'));
      const { packages } = bill(await partsOf(root));
      const said = (one: string) => packages.filter(({ name: name_ }) => name_ === one);
      assert.equal(said('libgcc-s1')[0]?.licenseDeclared, 'GPL-3.0-or-later');
      assert.equal(said('bash')[0]?.licenseDeclared, 'NOASSERTION');
      assert.deepEqual(
        said('a')
          .map((one) => one.licenseDeclared)
          .sort(),
        ['MIT', 'NOASSERTION'],
      );
      assert.equal(said('node').length, 1);
      assert.match(said('blazeface')[0]?.checksums?.[0]?.checksumValue ?? '', /^[0-9a-f]{64}$/);
      assert.deepEqual(said('facemesh'), []);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
