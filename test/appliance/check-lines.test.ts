import assert from 'node:assert/strict';

import { checkInJson, checkLines } from '../../appliance/panel/words/check-lines.js';
import { failed, well } from '../../appliance/health/check.js';

describe('a check on the command line', () => {
  it('names its remedy for whoever stands there, then what a technician does, in both languages', () => {
    const [title, ...lines] = checkLines(failed('swap', 'swap-on', { swapMegabytes: 524 }));
    assert.match(title, /^× .+ \/ .+ swapMegabytes 524$/);
    assert.equal(lines.length, 4);
    for (const step of [lines[1], lines[3]]) {
      // Raspberry Pi's own boot arguments turn memory control off; this turns it on (Linux, kernel-parameters.txt).
      assert.match(step, / cgroup_enable=memory /);
      assert.match(step, /sudo swapoff -a/);
    }
    assert.match(lines[1], /担当者/);
    assert.match(lines[3], /Technician/);
  });

  it('has the technician’s step in JSON, and none where nobody is needed', () => {
    assert.match(checkInJson(failed('swap', 'swap-on')).technician?.en ?? '', /cgroup_enable=memory/);
    assert.equal(checkInJson(failed('scanner', 'scanner-cover-open')).technician, null);
    assert.equal(checkInJson(well('swap')).technician, null);
    assert.equal(checkLines(failed('scanner', 'scanner-cover-open')).length, 3);
  });
});
