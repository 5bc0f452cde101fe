/**
 * Debian's short licence names (copyright-format 1.0, 7.2) mapped to SPDX names. Names not listed have no
 * SPDX name.
 */
const spdxNames: ReadonlyMap<string, string> = new Map([
  ['expat', 'MIT'],
  ['mit', 'MIT'],
  ['x11', 'X11'],
  ['isc', 'ISC'],
  ['zlib', 'Zlib'],
  ['openssl', 'OpenSSL'],
  ['apache-2.0', 'Apache-2.0'],
  ['bsd-2-clause', 'BSD-2-Clause'],
  ['bsd-3-clause', 'BSD-3-Clause'],
  ['bsd-4-clause', 'BSD-4-Clause'],
  ['bsd-4-clause-uc', 'BSD-4-Clause-UC'],
  ['bsl-1.0', 'BSL-1.0'],
  ['cc0-1.0', 'CC0-1.0'],
  ['cc-by-sa-3.0', 'CC-BY-SA-3.0'],
  ['cc-by-sa-4.0', 'CC-BY-SA-4.0'],
  ['cc-by-4.0', 'CC-BY-4.0'],
  ['mpl-1.1', 'MPL-1.1'],
  ['mpl-2.0', 'MPL-2.0'],
  ['ftl', 'FTL'],
  ['ofl-1.1', 'OFL-1.1'],
]);

/** The prefix of licences without an SPDX name. */
export const reference = 'LicenseRef-debian-';

/**
 * Reads the licences of all files from a machine-readable copyright file. From a free-form file only the
 * references to Debian's common licences can be read; they are returned as text.
 */
export function licenceOf(copyright: string): { readonly licence?: string; readonly words?: string } {
  if (/^Format: /im.test(copyright)) {
    const named = [...copyright.matchAll(/^License:[ \t]*(\S.*)$/gim)].map(([, text]) => expression(text));
    const licences = [...new Set(named)].sort();
    const joined = licences
      .map((one) => (one.includes(' ') && licences.length > 1 ? `(${one})` : one))
      .join(' AND ');
    if (joined !== '') return { licence: joined };
  }
  const common = [...copyright.matchAll(/\/usr\/share\/common-licenses\/([A-Za-z]+(?:-[\d.]*\d)?)/g)];
  const names = [...new Set(common.map(([, name]) => name))].sort();
  return names.length === 0 ? {} : { words: `Its copyright file refers to ${names.join(', ')}` };
}

/** Parses one line: alternatives or an enumeration. Anything more complex becomes one reference. */
function expression(text: string): string {
  for (const [word, operator] of [
    [/\s+or\s+/i, ' OR '],
    [/,?\s+and\s+/i, ' AND '],
  ] as const) {
    const names = text.split(word);
    if (names.length > 1 && names.every((name) => /^[\w.+-]+$/.test(name))) {
      return [...new Set(names.map(one))].join(operator);
    }
  }
  return one(text);
}

function one(name: string): string {
  const gnu = /^((?:L|A)?GPL)-(\d)(\.\d)?(?:\.0)?(\+)?$/i.exec(name);
  if (gnu) {
    const [, family, major, minor = '.0', later] = gnu;
    return `${family.toUpperCase()}-${major}${minor}-${later ? 'or-later' : 'only'}`;
  }
  return spdxNames.get(name.toLowerCase()) ?? `${reference}${name.replace(/[^A-Za-z0-9.]+/g, '-')}`;
}
