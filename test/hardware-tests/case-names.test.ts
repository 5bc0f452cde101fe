import assert from 'node:assert/strict';

import { caseNames, quick, Selection, suiteNames } from '../../hardware-tests/guest/case-names.js';

describe("the guest's cases", () => {
  const selected = (...prefixes: string[]) => caseNames.filter((name) => Selection.of(prefixes).has(name));

  it('are selected by name, or by the first parts of their names', () => {
    assert.deepEqual(selected('counter/doctor', 'start/sealed'), ['counter/doctor', 'start/sealed']);
    assert.equal(selected('counter/unplug').length, 5);
    assert.deepEqual(selected(...suiteNames), caseNames);
  });

  it('include the case that they depend on', () => {
    assert.deepEqual(selected('updates/slot-changed'), ['updates/kept', 'updates/slot-changed']);
    assert.deepEqual(selected('counter/records'), ['counter/cancel', 'counter/records']);
  });

  it('are refused by an unknown name', () => {
    for (const name of ['counter/', 'count', 'counter/doc', ''])
      assert.throws(() => Selection.of([name]), /no such case/);
  });

  it('name the suites that they need', () => {
    assert.deepEqual(Selection.of(['updates/kept']).suites, ['updates']);
    assert.deepEqual(new Selection(quick).suites, ['counter', 'updates']);
  });
});
