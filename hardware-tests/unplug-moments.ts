import type { Scene } from '../appliance/panel/view.js';
import type { Key } from '../appliance/protocol/key.js';
import type { Outcome } from '../appliance/record/outcome.js';

/** Whoever reads the screen of an appliance and presses its keys. */
export type Attendant = {
  /** From idle as far as a scene, by the choice that is offered first at each step. */
  goTo(scene: Scene['name']): Promise<unknown>;
  scene(name: Scene['name'], choices?: number): Promise<unknown>;
  press(key: Key): Promise<void>;
  /** Changes the card for a page without a portrait, or the visitor for nobody, until the next visit. */
  spoil(side: 'document' | 'probe'): Promise<void>;
};

/** A moment at which a device can be unplugged: every state of the visit that a clerk can see. */
export type Moment = {
  readonly name: string;
  /** What is recorded: `fault`, unless nothing was begun or everything was decided already. */
  readonly outcome?: Outcome | 'none';
  readonly reach: (attendant: Attendant) => Promise<unknown>;
};

const at = (name: Scene['name']): Moment => ({ name, reach: (attendant) => attendant.goTo(name) });

const press = async (attendant: Attendant, ...keys: Key[]): Promise<void> => {
  for (const key of keys) await attendant.press(key);
};

export const moments: readonly Moment[] = [
  { ...at('idle'), outcome: 'none' },
  at('reason'),
  at('notice'),
  {
    name: 'explain (refused)',
    outcome: 'refused',
    reach: async (attendant) => {
      await attendant.goTo('notice');
      await press(attendant, 'right', 'enter');
      await attendant.scene('explain');
    },
  },
  at('place-document'),
  at('scanning'),
  {
    name: 'document-poor',
    reach: async (attendant) => {
      await attendant.spoil('document');
      await attendant.goTo('document-poor');
    },
  },
  {
    name: 'not-comparable',
    outcome: 'not-comparable',
    reach: async (attendant) => {
      await attendant.spoil('document');
      await attendant.goTo('document-poor');
      await press(attendant, 'right', 'enter');
      await attendant.scene('not-comparable');
    },
  },
  at('before-photograph'),
  at('photographing'),
  {
    name: 'photograph-poor',
    reach: async (attendant) => {
      await attendant.spoil('probe');
      await attendant.goTo('photograph-poor');
    },
  },
  at('comparing'),
  at('result'),
  {
    name: 'result (superior asked)',
    reach: async (attendant) => {
      await attendant.goTo('result');
      await press(attendant, 'right', 'right', 'enter');
      await attendant.scene('result', 2);
    },
  },
  {
    name: 'explain (not verified)',
    outcome: 'not-verified',
    reach: async (attendant) => {
      await attendant.goTo('result');
      await press(attendant, 'right', 'right', 'right', 'enter');
      await attendant.scene('explain');
    },
  },
  {
    name: 'erasing',
    outcome: 'verified',
    reach: async (attendant) => {
      await attendant.goTo('result');
      await press(attendant, 'enter');
      await attendant.scene('erasing');
    },
  },
  {
    name: 'erased',
    outcome: 'verified',
    reach: async (attendant) => {
      await attendant.goTo('result');
      await press(attendant, 'enter');
      await attendant.scene('erased');
    },
  },
];
