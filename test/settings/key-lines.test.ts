import assert from 'node:assert/strict';

import fc from 'fast-check';
import { parse, stringify } from 'smol-toml';

import { keyLines, type Path } from '../../appliance/settings/key-lines.js';

/** A document by hand, and where its tables and keys begin. */
const documents: Record<string, [toml: string, lines: [Path, number][]]> = {
  'tables and comments': [
    '# first\n\n[place]\n# second\nmunicipality = "x" # policy = 1\n\n[visit]\npolicy = "always"',
    [
      [['place'], 3],
      [['place', 'municipality'], 5],
      [['visit'], 7],
      [['visit', 'policy'], 8],
    ],
  ],
  'values over several lines, which look like settings themselves': [
    '[a]\nx = """\n[visit]\npolicy = "always"\n"""\ny = [\n  1,\n  [2],\n]\nz = 1\n[visit]\npolicy = 2\n',
    [
      [['a', 'x'], 2],
      [['a', 'y'], 6],
      [['a', 'z'], 10],
      [['visit'], 11],
      [['visit', 'policy'], 12],
    ],
  ],
  'dotted keys, quoted keys and inline tables': [
    'visit.policy = 1\n"place" = { counter = "a", "b c" = 2 }\n[ time . deep ]\nkey = 1\n',
    [
      [['visit'], 1],
      [['visit', 'policy'], 1],
      [['place'], 2],
      [['place', 'counter'], 2],
      [['place', 'b c'], 2],
      [['time'], 3],
      [['time', 'deep'], 3],
    ],
  ],
  'lists of tables': [
    '[[visit]]\na = 1\n[[visit]]\na = 2\n[time]\nkey = 1',
    [
      [['visit'], 1],
      [['time'], 5],
      [['time', 'key'], 6],
    ],
  ],
  'a byte order mark, and lines that end as on Windows': [
    '\uFEFF[visit]\r\npolicy = """\r\n\r\n"""\r\n\r\nway = 1\r\n',
    [
      [['visit'], 1],
      [['visit', 'policy'], 2],
      [['visit', 'way'], 6],
    ],
  ],
};

describe('the line of a setting', () => {
  for (const [what, [toml, lines]] of Object.entries(documents)) {
    it(`is found among ${what}`, () => {
      parse(toml);
      const lineOf = keyLines(toml);
      for (const [path, line] of lines) assert.equal(lineOf(path), line, JSON.stringify(path));
    });
  }

  it('takes no longer to find behind a long value', () => {
    const long = 100_000;
    const values = [`"""${'\n'.repeat(long)}"""`, `'''${"''\n".repeat(long)}'''`, `[${'1,\n'.repeat(long)}]`];
    for (const value of values) {
      const lineOf = keyLines(`[a]\nx = ${value}\n[visit]\npolicy = 1\n`);
      assert.equal(lineOf(['visit', 'policy']), long + 4);
    }
  });

  it('is found behind any mark that opens nothing', () => {
    const marks = [
      '"""""a"""""',
      "'''''a'''''",
      '"[\\"{"',
      "'[\"{'",
      '"#"',
      '"""\\"""[\n\\\\"""',
      '[["]"], [], ["["]] # [',
      '{ a = "}" } # """',
    ];
    for (const mark of marks) {
      parse(`x = ${mark}\nz = 1`);
      const lines = mark.split('\n').length;
      assert.equal(keyLines(`[a]\nx = ${mark}\nz = 1`)(['a', 'z']), lines + 2, mark);
    }
  });

  it('is found in any document with one setting a line', () => {
    const name = fc.string({ minLength: 1 }).filter((key) => key !== '__proto__');
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string()));
    const tables = fc.dictionary(name, fc.dictionary(name, value, { maxKeys: 5 }), { maxKeys: 5 });
    fc.assert(
      fc.property(tables, fc.array(fc.constantFrom('', '# policy = 1', '  \t')), (document, between) => {
        const lines: string[] = [];
        const expected: [Path, number][] = [];
        for (const [table, keys] of Object.entries(document)) {
          lines.push(...between, stringify({ [table]: {} }).trim());
          expected.push([[table], lines.length]);
          for (const [key, content] of Object.entries(keys)) {
            lines.push(...between, stringify({ [key]: content }).trim());
            expected.push([[table, key], lines.length]);
          }
        }
        const lineOf = keyLines(lines.join('\n'));
        for (const [path, line] of expected) assert.equal(lineOf(path), line, JSON.stringify(path));
      }),
    );
  });
});
