import { bech32 } from '@scure/base';
import fc from 'fast-check';
import type * as z from 'zod';

import { language } from '../../appliance/protocol/language.js';
import { recogniserName } from '../../appliance/protocol/vault.js';
import { policy, way } from '../../appliance/record/entry.js';
import { settings, type Settings } from '../../appliance/settings/settings.js';

const visitTable = settings.shape.visit.unwrap().shape;
const panelTable = settings.shape.panel.unwrap().shape;

/** Any of the names that a setting accepts. */
const anyOf = <const Names extends Readonly<Record<string, string>>>(
  setting: z.ZodDefault<z.ZodEnum<Names>>,
) => fc.constantFrom(...setting.unwrap().options);

const plain = { noNullPrototype: true };
const whole = (min: number, max: number) => fc.integer({ min, max });

const text = (maxLength: number) =>
  fc
    .string({ unit: 'grapheme', maxLength })
    .filter((sign) => settings.shape.place.unwrap().shape.counter.safeParse(sign).success);
const device = text(40).filter((name) => name !== '');

/** Names of IANA's database in several of its forms, of which ICU has had all since long. */
const zone = fc.constantFrom('Asia/Tokyo', 'UTC', 'Japan', 'Asia/Kathmandu', 'America/St_Johns', 'Etc/GMT-9');

const visit = fc
  .tuple(
    fc.record(
      {
        policy: fc.constantFrom(...policy.options),
        way: fc.constantFrom(...way.options),
        'if-declined': text(20),
        liveness: anyOf(visitTable.liveness),
        photographs: whole(1, 5),
        scans: whole(1, 5),
      },
      plain,
    ),
    fc.oneof(
      fc.constant({}),
      fc.record({ threshold: fc.double({ min: 0.01, max: 1, noNaN: true }) }, plain),
      fc.record({ fmr: fc.double({ min: 1e-6, max: 0.02, noNaN: true }) }, plain),
    ),
  )
  .map(([decided, bar]) => ({ ...decided, ...bar }));

const lines = (min: number, max: number) =>
  fc.uniqueArray(whole(min, max), { minLength: 9, maxLength: 9 }).map((lines) => ({
    lights: {
      led1: lines[0],
      led2: lines[1],
      led3: lines[2],
      led4: lines[3],
      camera: lines[4],
      buzzer: lines[5],
    },
    buttons: { yes: lines[6], no: lines[7], cancel: lines[8] },
  }));

const wired = fc
  .tuple(
    fc.oneof(
      fc.tuple(fc.constantFrom('auto', 'pinctrl-rp1'), lines(2, 27)),
      fc.tuple(
        device.filter((label) => label !== 'auto' && !label.startsWith('pinctrl-')),
        lines(0, 511),
      ),
    ),
    fc.record({ required: fc.boolean(), 'active-low': fc.boolean() }, plain),
  )
  .map(([[chip, { lights, buttons }], more]) => ({ lights: { chip, ...lights, ...more }, buttons }));

const signingKey = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => `ed25519:${Buffer.from(bytes).toString('base64')}`);
const ageRecipient = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => bech32.encodeFromBytes('age', bytes));

/** Any settings that the schema lets through, but for the order of their keys. */
export const anySettings: fc.Arbitrary<Settings> = fc
  .tuple(
    fc.record(
      {
        place: fc.record(
          {
            municipality: text(20),
            counter: text(20),
            support: text(15).filter(({ length }) => length <= 30),
            language: fc.constantFrom(...language.options),
            'time-zone': zone,
          },
          plain,
        ),
        visit,
        devices: fc.record({ scanner: device, camera: device, resolution: whole(300, 600) }, plain),
        model: fc.record(
          { recogniser: fc.constantFrom(...recogniserName.options), pack: device, calibration: device },
          { ...plain, requiredKeys: [] },
        ),
        keys: fc.record({ signing: signingKey, export: ageRecipient }, { ...plain, requiredKeys: [] }),
        time: fc.record({ key: whole(30, 600), scan: whole(20, 300), photograph: whole(20, 300) }, plain),
        panel: fc.record({ screen: anyOf(panelTable.screen), lights: anyOf(panelTable.lights) }, plain),
      },
      plain,
    ),
    wired,
  )
  .map(([rest, wired]) => ({ ...rest, ...wired }));
