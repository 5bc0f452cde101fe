import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { parsePeople, readPeopleTable } from '../../models/experiment/people-table.js';
import {
  groupOf,
  strataAmong,
  strataOf,
  strata,
  stratumOf,
  type Traits,
} from '../../models/experiment/strata.js';

const traits = (age?: number, gender?: string, ethnicity?: string): Traits => ({ age, gender, ethnicity });

describe('people.csv', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'terashi-people-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const read = (text: string, ...ids: string[]) => {
    const file = join(folder, 'people.csv');
    writeFileSync(file, text);
    return readPeopleTable(
      file,
      ids.map((id) => [join(id, '1.jpg')]),
    );
  };

  it('is read in the order of the folders, whatever the order of its lines and columns', async () => {
    const table = await read(
      '\uFEFFethnicity,note,Gender,age,id\r\nEast Asian,"a, b",Female,31,b\r\n\r\neast-asian,,female,NaN,a\r\n',
      'a',
      'b',
    );
    assert.deepEqual(table, {
      ok: true,
      value: [traits(undefined, 'female', 'east_asian'), traits(31, 'female', 'east_asian')],
    });
  });

  it('may leave open what a person does not say', async () => {
    const table = await read('id,age,gender,ethnicity\na,,,\nb,30,female,\nc,30,female,\n', 'a', 'b', 'c');
    assert(table.ok);
    assert.deepEqual(table.value[0], traits());
  });

  it('is refused with the line that is wrong, and a remedy', async () => {
    const header = 'id,age,gender,ethnicity\n';
    for (const [text, expected] of [
      ['', /line 1: .*"id".*header needs/],
      ['id,age,gender\na,1,f\n', /line 1: .*"ethnicity"/],
      [`${header}a,30,f,w\nb,thirty,f,w\n`, /line 3: write/],
      [`${header}a,30,f,w\nb,131,f,w\n`, /line 3: write/],
      [`${header}a,30,f,w\n\nb,-1,f,w\n`, /line 4: write/],
      [`${header}a,30,f,w\nb,30,f\n`, /line 3: write/],
      [`${header}a,30,f,w\nb,30,f,w,x\n`, /line 3: write/],
      [`${header}a,30,f,w\n"b,30,f,w\n`, /line 3: write/],
      [`${header}a,30,f,w\n,30,f,w\n`, /line 3: write/],
      [`${header}a,30,f,w\nb,30,f,w\na,31,f,w\n`, /line 4: a has another line.*Keep one/],
      [`${header}a,30,f,w\nb,30,f,w\nc,30,f,w\n`, /line 4: .*pictures of c.*Add a folder/],
      [`${header}a,30,f,w\n`, /people\.csv: b has no line.*Add one/],
      [`${header}a,30,f,w\nb,30,m,w\n`, /no two persons have the same gender.*add persons/],
    ] as const) {
      const refused = await read(text, 'a', 'b');
      assert(!refused.ok, text);
      assert.match(refused.error.en, expected);
      assert.match(refused.error.ja, /ください/);
    }
  });

  it('is refused if it cannot be read', async () => {
    const refused = await readPeopleTable(join(folder, 'nowhere.csv'), []);
    assert(!refused.ok);
    assert.match(refused.error.en, /nowhere\.csv.*cannot be read\. Check/);
  });

  it('is parsed or refused, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const parsed = parsePeople(`id,age,gender,ethnicity\n${text}`, 'f');
        if (!parsed.ok) return;
        for (const { id, traits } of parsed.value) {
          assert(id.length > 0);
          assert(traits.age === undefined || (traits.age >= 0 && traits.age <= 130));
        }
      }),
    );
  });
});

describe('the strata of strangers', () => {
  it('are alike with one gender, one ethnicity and ages within 5 years', () => {
    const one = traits(30, 'female', 'east_asian');
    assert.equal(stratumOf(one, traits(35, 'female', 'east_asian')), 'alike');
    assert.equal(stratumOf(one, traits(25, 'female', 'east_asian')), 'alike');
    assert.equal(stratumOf(one, traits(36, 'female', 'east_asian')), 'sameGender');
    assert.equal(stratumOf(one, traits(30, 'female', 'white')), 'sameGender');
    assert.equal(stratumOf(one, traits(30, 'male', 'east_asian')), 'any');
  });

  it('take nothing unknown for equal', () => {
    assert.equal(stratumOf(traits(), traits()), 'any');
    assert.equal(
      stratumOf(traits(undefined, 'male', 'white'), traits(undefined, 'male', 'white')),
      'sameGender',
    );
    assert.equal(stratumOf(traits(30, 'male'), traits(30, 'male')), 'sameGender');
    assert.equal(groupOf(traits(30, 'male'), traits(30, 'male')), undefined);
  });

  it('include the harder ones', () => {
    assert.deepEqual(strataOf(traits(30, 'male', 'white'), traits(30, 'male', 'white')), strata);
    assert.deepEqual(strataOf(traits(30, 'male'), traits(30, 'female')), ['any']);
  });

  it('have groups of one gender and ethnicity, at any age', () => {
    assert.equal(groupOf(traits(20, 'male', 'black'), traits(60, 'male', 'black')), 'black');
    assert.equal(groupOf(traits(20, 'male', 'black'), traits(20, 'female', 'black')), undefined);
  });

  it('are those in which there are two persons', () => {
    const [woman, man] = [traits(30, 'female', 'white'), traits(30, 'male', 'white')];
    assert.deepEqual(strataAmong([woman, man]), ['any']);
    assert.deepEqual(strataAmong([woman, man, traits(70, 'male', 'white')]), ['any', 'sameGender']);
    assert.deepEqual(strataAmong([woman, man, traits(33, 'male', 'white')]), strata);
  });
});
