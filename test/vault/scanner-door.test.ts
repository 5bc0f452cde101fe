import assert from 'node:assert/strict';
import { PassThrough, Readable } from 'node:stream';

import fc from 'fast-check';

import { type AnnouncedPage, scannerMessage, type ScannerMessage } from '../../appliance/scanner/protocol.js';
import { largestPage } from '../../appliance/scanner/scanner.js';
import { receivePage } from '../../appliance/vault/receive-page.js';
import { scanPage } from '../../appliance/vault/scan-page.js';
import { messagesFrom, type ScannerProgram } from '../../appliance/vault/scanner-program.js';
import { ok } from '../../appliance/result.js';

const noise = fc.uint8Array({ maxLength: 200 });
const sound: fc.Arbitrary<ScannerMessage> = fc.oneof(
  fc.record({ is: fc.constant('progress' as const), fraction: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({
    is: fc.constant('waiting' as const),
    why: fc.constantFrom('scanner-busy' as const, 'scanner-jammed' as const),
  }),
);
const announced: fc.Arbitrary<AnnouncedPage> = fc.record({
  is: fc.constant('page' as const),
  width: fc.integer({ min: 1, max: 30 }),
  height: fc.integer({ min: 1, max: 30 }),
  channels: fc.constantFrom(1 as const, 3 as const),
  resolution: fc.integer({ min: 300, max: 600 }),
});
const sizeOf = ({ width, height, channels }: AnnouncedPage) => width * height * channels;

/** Cut at any places. */
function pieces(bytes: Uint8Array, cuts: readonly number[]): Buffer[] {
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)), 0, bytes.length].sort((a, b) => a - b);
  return places.slice(1).map((place, i) => Buffer.from(bytes.slice(places[i], place)));
}
const cuts = fc.array(fc.nat(), { maxLength: 8 });

async function said(bytes: Uint8Array, cutsOf: readonly number[]): Promise<ScannerMessage[]> {
  const messages: ScannerMessage[] = [];
  for await (const each of messagesFrom(Readable.from(pieces(bytes, cutsOf)), new PassThrough()))
    messages.push(each);
  return messages;
}

describe('the door between the vault and the program that scans', () => {
  it('lets sound messages through, however they arrive, and ends with a fault', () =>
    fc.assert(
      fc.asyncProperty(fc.array(sound, { maxLength: 8 }), cuts, async (messages, where) => {
        const lines = messages.map((each) => `${JSON.stringify(each)}\n`).join('');
        const heard = await said(Buffer.from(lines), where);
        const end = { is: 'failed', fault: 'scanner-failed' };
        assert.deepEqual(heard, [...(JSON.parse(JSON.stringify(messages)) as unknown[]), end]);
      }),
    ));

  it('takes a fault from whatever is no message, and nothing after it', () =>
    fc.assert(
      fc.asyncProperty(fc.array(sound, { maxLength: 3 }), noise, sound, async (before, junk, after) => {
        const line = (each: unknown) => Buffer.from(`${JSON.stringify(each)}\n`);
        const heard = await said(
          Buffer.concat([...before.map(line), Buffer.from([0x21]), junk, Buffer.from('\n'), line(after)]),
          [],
        );
        assert.equal(heard.length, before.length + 1);
        assert.deepEqual(heard.at(-1), { is: 'failed', fault: 'scanner-failed' });
      }),
    ));

  it('takes a page of the announced size, however it arrives, and no other', () =>
    fc.assert(
      fc.asyncProperty(announced, fc.integer({ min: -3, max: 3 }), cuts, async (page, off, where) => {
        const bytes = Uint8Array.from({ length: Math.max(0, sizeOf(page) + off) }, (_, i) => (i * 7) % 256);
        let ends = 0;
        const chunks = pieces(bytes, where);
        const received = await receivePage(Readable.from(chunks), page, () => (ends += 1));
        const { width, height, channels, resolution } = page;
        assert.deepEqual(
          received,
          off === 0
            ? ok({ data: bytes, width, height, channels, resolution })
            : { ok: false, error: 'scanner-failed' },
        );
        assert.equal(ends > 0, bytes.length >= sizeOf(page), 'the sender is ended once it is whole');
        assert(
          off > 0 || chunks.every((chunk) => chunk.every((byte) => byte === 0)),
          'what it was read through is zeroed',
        );
      }),
    ));

  it('accepts no announcement of more than a page', () =>
    fc.assert(
      fc.property(fc.nat(200_000), fc.nat(200_000), fc.constantFrom(1, 3), (width, height, channels) => {
        const page = { is: 'page', width, height, channels, resolution: 300 };
        const size = width * height * channels;
        assert.equal(scannerMessage.safeParse(page).success, size > 0 && size <= largestPage);
      }),
    ));

  it('gives up a program that says nothing', async () => {
    const heard: ScannerMessage[] = [];
    const [lines, samples] = [new PassThrough(), new PassThrough()];
    for await (const each of messagesFrom(lines, samples, 20)) heard.push(each);
    assert.deepEqual(heard, [{ is: 'failed', fault: 'scanner-stalled' }]);
    assert(samples.destroyed);
  });

  const task = { do: 'scan', scanner: { kind: 'sane', name: 'test:0' }, resolution: 300 } as const;
  const page: AnnouncedPage = { is: 'page', width: 2, height: 2, channels: 1, resolution: 300 };

  function program(messages: ScannerMessage[], samples: Readable): ScannerProgram & { killed: number } {
    return {
      messages: Readable.from(messages),
      samples,
      killed: 0,
      kill() {
        this.killed += 1;
      },
    };
  }
  const scan = (
    made: ScannerProgram,
    ended: Awaited<ReturnType<typeof import('../../appliance/vault/end-others.js').endOthers>>,
  ) =>
    scanPage(task, () => undefined, new AbortController().signal, {
      start: () => made,
      endOthers: () => Promise.resolve(ended),
    });

  it('returns no page while something of the program is left', async () => {
    const made = program([page], Readable.from([Buffer.alloc(4)]));
    const stays = { ok: false, error: 'driver-not-ended' } as const;
    assert.deepEqual(await scan(made, stays), stays);
    assert(made.killed > 0);
  });

  it('kills the program whatever it said', () =>
    fc.assert(
      fc.asyncProperty(fc.array(sound, { maxLength: 3 }), async (messages) => {
        const made = program([...messages, { is: 'scanners', scanners: [] }], new PassThrough());
        assert.deepEqual(await scan(made, ok()), { ok: false, error: 'scanner-failed' });
        assert(made.killed > 0);
      }),
    ));
});
