import assert from 'node:assert/strict';
import { type Duplex, duplexPair } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

import * as z from 'zod';

import { toLine } from '../../appliance/json-lines.js';
import { ProgramConnection } from '../../appliance/stick/program-connection.js';

const message = z.discriminatedUnion('is', [
  z.object({ is: z.literal('progress'), fraction: z.number() }),
  z.object({ is: z.literal('done') }),
]);
type Message = z.infer<typeof message>;

describe('a request to a program apart from the core', () => {
  let there: Duplex;
  let line: ProgramConnection<string, Message>;
  beforeEach(() => {
    const [here, other] = duplexPair();
    there = other;
    line = new ProgramConnection(here, message, 100);
  });
  afterEach(() => line.close());

  it('may take any time as long as progress is reported', async () => {
    const told: number[] = [];
    const answer = line.request('finish', 1000, ({ fraction }) => told.push(fraction));
    for (const fraction of [0.2, 0.5, 0.8]) {
      await wait(300);
      there.write(toLine({ is: 'progress', fraction }));
    }
    await wait(300);
    there.write(toLine({ is: 'done' }));
    assert.deepEqual(await answer, { is: 'done' });
    assert.deepEqual(told, [0.2, 0.5, 0.8]);
  });

  it('is given up if no answer comes', async () => {
    const answer = line.request('finish', 100);
    there.write(toLine({ is: 'progress', fraction: 0.2 }));
    assert.equal(await answer, undefined);
  });
});
