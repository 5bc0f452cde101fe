import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as fc from 'fast-check';
import * as z from 'zod';

import { faultCodes, findingCodes } from '../../appliance/findings.js';
import { installation } from '../../appliance/installation.js';
import { toLine } from '../../appliance/json-lines.js';
import {
  maxFindings,
  maxLineBytes,
  message,
  type Message,
  newsIntervalMs,
  qualityComponent,
} from '../../appliance/protocol/vault.js';
import { TaskMessages } from '../../appliance/vault-client/task-messages.js';
import type { Task } from '../../appliance/vault-client/vault.js';
import { throttled } from '../../appliance/vault/throttle.js';

/** A JSON schema (draft 2020-12), as far as the door's messages have one. */
type Schema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
};

/** Messages that a vault sends in a visit once it may hold a picture. Times and cues need a request of their own. */
const inVisit = ['progress', 'waiting', 'guidance', 'taken', 'compared', 'failed', 'cancelled'] as const;
const unasked = ['milliseconds', 'cues'];

const { oneOf } = z.toJSONSchema(message) as Schema;
const schemaOf = (is: string) => oneOf!.find(({ properties }) => properties?.is.const === is)!;

/** The base-2 logarithm of how many values a schema allows; throws where there is no end to them. */
function bitsOf(schema: Schema): number {
  const { type, items, properties, required = [] } = schema;
  if (schema.const !== undefined) return 0;
  if (schema.enum) return Math.log2(schema.enum.length);
  const either = schema.oneOf ?? schema.anyOf;
  if (either) return Math.log2(either.reduce((sum, each) => sum + 2 ** bitsOf(each), 0));
  if (type === 'boolean') return 1;
  if (type === 'integer' && schema.minimum !== undefined && schema.maximum !== undefined)
    return Math.log2((schema.maximum - schema.minimum) / (schema.multipleOf ?? 1) + 1);
  // Of findings no code may come twice.
  if (type === 'array' && items?.properties?.code) return bitsOfFindings(true);
  if (type === 'object' && properties)
    return Object.entries(properties)
      .filter(([name]) => !unasked.includes(name))
      .map(([name, each]) => (required.includes(name) ? bitsOf(each) : Math.log2(1 + 2 ** bitsOf(each))))
      .reduce((sum, bits) => sum + bits, 0);
  throw new Error(`no end: ${JSON.stringify(schema).slice(0, 100)}`);
}

/** Up to `maxFindings` different codes, each blocking or not; in any order, or as a set. */
function bitsOfFindings(inAnyOrder: boolean): number {
  let [ways, sum] = [1, 1];
  for (let taken = 1; taken <= maxFindings; taken++) {
    ways *= (2 * (findingCodes.length - taken + 1)) / (inAnyOrder ? 1 : taken);
    sum += ways;
  }
  return Math.log2(sum);
}

const page = readFileSync(join(installation.root, 'appliance', 'vault', 'README.md'), 'utf8');
const stated = (words: RegExp) => Number(words.exec(page)?.[1].replace(',', ''));

describe('what can leave a vault that holds a picture', () => {
  it('is a choice among finitely many values, in every message', () => {
    for (const is of inVisit) assert(bitsOf(schemaOf(is)) < 50, is);
  });

  it('is as few bits as the page says: into a record, with each picture, and with the guidance', () => {
    const record =
      3 * bitsOf(schemaOf('compared')) + 2 * bitsOfFindings(false) + Math.log2(faultCodes.length + 1);
    assert.equal(Math.ceil(record), stated(/into a record at most (\d+) bits/));
    assert.equal(Math.ceil(bitsOf(schemaOf('taken'))), stated(/with each picture at most (\d+) bits/));
    const news = (bitsOf(schemaOf('guidance')) + bitsOf(schemaOf('progress'))) * (1000 / newsIntervalMs);
    assert.equal(Math.ceil(news), stated(/to the screen at most (\d+) bits a second/));
  });

  it('is never what the visit did not ask for', () => {
    const taken: Extract<Message, { is: 'taken' }> = { is: 'taken', usable: true, findings: [] };
    const cues = { relief: 'passed', blink: 'passed', screen: 'passed', sheet: 'passed' } as const;
    const camera = { kind: 'raspberry-pi' } as const;
    const allows = (task: Task, sent: Message) => new TaskMessages(task).allows(sent);
    assert(allows({ do: 'photograph', camera }, taken));
    assert(!allows({ do: 'photograph', camera }, { ...taken, milliseconds: 1 }));
    assert(allows({ do: 'photograph', camera, timed: true }, { ...taken, milliseconds: 1 }));
    assert(!allows({ do: 'photograph', camera }, { ...taken, cues }));
    assert(allows({ do: 'photograph', camera, challenge: true }, { ...taken, cues }));
    assert(!allows({ do: 'compare' }, taken));
    assert(!allows({ do: 'compare' }, { is: 'compared', similarity: 1, milliseconds: 1 }));
    assert(!allows({ do: 'compare' }, { is: 'progress', percent: 1 }));
    assert(!allows({ do: 'photograph', camera }, { is: 'waiting', why: 'scanner-busy' }));
    assert(!allows({ do: 'photograph', camera }, { is: 'card-viewed' }));
  });

  it('is news at no more than the agreed rate: more of it is nonsense', () => {
    const messages = new TaskMessages({ do: 'photograph', camera: { kind: 'raspberry-pi' } });
    const sent = Array.from({ length: 200 }, () => messages.allows({ is: 'progress', percent: 1 }));
    assert(sent[0]);
    assert.equal(sent.at(-1), false);
  });

  it('comes from a vault that keeps that rate, whatever its tasks report, and tells each wait', () => {
    const news = fc.constantFrom(
      { is: 'progress', percent: 1 } as const,
      { is: 'guidance', instruction: 'blink' } as const,
      { is: 'waiting', why: 'scanner-busy' } as const,
    );
    const now = performance.now.bind(performance);
    try {
      fc.assert(
        fc.property(fc.array(fc.tuple(news, fc.nat(150))), (reported) => {
          let clock = 0;
          performance.now = () => clock;
          const sent: { is: string; at: number }[] = [];
          const report = throttled(({ is }) => sent.push({ is, at: clock }));
          for (const [each, after] of reported) {
            clock += after;
            report(each);
          }
          const waits = reported.filter(([{ is }]) => is === 'waiting').length;
          assert.equal(sent.filter(({ is }) => is === 'waiting').length, waits);
          for (const kind of ['progress', 'guidance']) {
            const since = sent.slice(sent.findLastIndex(({ is }) => is === 'waiting') + 1);
            const times = since.filter(({ is }) => is === kind).map(({ at }) => at);
            times.forEach((at, i) => assert(i === 0 || at - times[i - 1] >= newsIntervalMs));
          }
        }),
      );
    } finally {
      performance.now = now;
    }
  });
});

describe('the vault’s door', () => {
  it('lets neither a template nor a picture through', () => {
    const template = Array.from({ length: 128 }, (_, i) => i / 128);
    for (const smuggled of [
      { is: 'compared', similarity: 5000, template },
      { is: 'compared', similarity: 0.5 },
      { is: 'compared', similarity: 4512.3456789 },
      { is: 'compared', similarity: 4512, falseMatchRate: 0.0031234567890123456 },
      { is: 'compared', similarity: 4512, milliseconds: 1.5 },
      { is: 'progress', percent: 12.345 },
      {
        is: 'guidance',
        instruction: 'hold-still',
        outline: { x: 4, y: 4, width: 4, height: 4, roll: 0.123456789 },
      },
      { is: 'guidance', instruction: 'hold-still', outline: { x: 1, y: 4, width: 4, height: 4, roll: 0 } },
      { is: 'taken', usable: true, findings: [{ code: 'iVBORw0KGgo', blocking: false }] },
      ...[findingCodes.slice(0, maxFindings + 1), ['too-dark', 'too-dark']].map((codes) => ({
        is: 'taken',
        usable: true,
        findings: codes.map((code) => ({ code, blocking: false })),
      })),
      { is: 'picture', data: 'iVBORw0KGgo' },
      ...[{ ppm: 1.5 }, { ppm: 3, template }].map((golden) => ({
        is: 'ready',
        model: 'dlib-resnet',
        modelHash: '0'.repeat(64),
        threshold: 0.45,
        bounds: [],
        golden,
      })),
      {
        is: 'camera-checked',
        seen: { width: 1280, height: 960, per10Seconds: 300, brightness: 120.123456789 },
      },
      {
        is: 'camera-checked',
        seen: { width: 1280, height: 960, per10Seconds: 300, brightness: 120, template },
      },
      { is: 'card-scanned', seen: { widthTenths: 800, heightTenths: 1200, differences: template } },
      {
        is: 'card-scanned',
        seen: { widthTenths: 800, heightTenths: 1200, differences: Array(18).fill(0.5) },
      },
      { is: 'card-viewed', seen: { riseTenths: 13, pixels: 400, x: 1 } },
      {
        is: 'scanner-checked',
        seen: { width: 210, height: 297, resolution: 300, brightness: 250, oddest: [1, 2, 3] },
      },
      ...[
        [{ component: 'iVBORw0KGgo', native: 1, value: 1 }],
        [{ component: 'sharpness', native: 0.12345, value: 1 }],
        [{ component: 'sharpness', native: 1, value: 0.5 }],
        [{ component: 'sharpness', native: 1e9, value: 1 }],
        Array.from({ length: 128 }, () => ({ component: 'sharpness', native: 1, value: 1 })),
      ].map((measures) => ({ is: 'quality', usable: true, findings: [], milliseconds: 1, measures })),
    ]) {
      assert.equal(message.safeParse(smuggled).success, false, JSON.stringify(smuggled).slice(0, 60));
    }
  });

  it('lets the longest message about quality through', () => {
    const longest = message.parse({
      is: 'quality',
      usable: false,
      findings: findingCodes.slice(-maxFindings).map((code) => ({ code, blocking: false })),
      measures: qualityComponent.options.map((component) => ({ component, native: -9999.999, value: 100 })),
      milliseconds: 123_456,
    });
    assert(toLine(longest).length <= maxLineBytes);
  });
});
