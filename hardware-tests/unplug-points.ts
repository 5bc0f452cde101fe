import type { Scene } from '../appliance/panel/view.js';
import type { Key } from '../appliance/protocol/key.js';
import type { Outcome } from '../appliance/record/outcome.js';

/** Reads the screen of an appliance and presses its keys. */
export type PanelUser = {
  /** Goes from idle to a scene with the first choice at each step. */
  goTo(scene: Scene['name']): Promise<unknown>;
  scene(name: Scene['name'], choices?: number): Promise<unknown>;
  press(key: Key): Promise<void>;
  /** Replaces the card with a page without a portrait, or the visitor with nobody, until the next visit. */
  spoil(side: 'document' | 'probe'): Promise<void>;
};

/** A state of the visit, as a clerk sees it, in which a device can be unplugged. */
export type UnplugPoint = {
  readonly name: string;
  /** The recorded outcome: `fault` by default; another one if the visit was not begun or was decided already. */
  readonly outcome?: Outcome | 'none';
  readonly reach: (user: PanelUser) => Promise<unknown>;
};

const at = (name: Scene['name']): UnplugPoint => ({ name, reach: (user) => user.goTo(name) });

const press = async (user: PanelUser, ...keys: Key[]): Promise<void> => {
  for (const key of keys) await user.press(key);
};

export const unplugPoints: readonly UnplugPoint[] = [
  { ...at('idle'), outcome: 'none' },
  at('reason'),
  at('notice'),
  {
    name: 'explain (refused)',
    outcome: 'refused',
    reach: async (user) => {
      await user.goTo('notice');
      await press(user, 'left', 'enter');
      await user.scene('explain');
    },
  },
  at('place-document'),
  at('scanning'),
  {
    name: 'document-poor',
    reach: async (user) => {
      await user.spoil('document');
      await user.goTo('document-poor');
    },
  },
  {
    name: 'not-comparable',
    outcome: 'not-comparable',
    reach: async (user) => {
      await user.spoil('document');
      await user.goTo('document-poor');
      await press(user, 'right', 'enter');
      await user.scene('not-comparable');
    },
  },
  at('before-photograph'),
  at('photographing'),
  {
    name: 'photograph-poor',
    reach: async (user) => {
      await user.spoil('probe');
      await user.goTo('photograph-poor');
    },
  },
  at('comparing'),
  at('result'),
  {
    name: 'result (superior asked)',
    reach: async (user) => {
      await user.goTo('result');
      await press(user, 'right', 'right', 'right', 'enter');
      await user.scene('result', 2);
    },
  },
  {
    name: 'explain (not verified)',
    outcome: 'not-verified',
    reach: async (user) => {
      await user.goTo('result');
      await press(user, 'left', 'enter');
      await user.scene('explain');
    },
  },
  {
    name: 'erasing',
    outcome: 'verified',
    reach: async (user) => {
      await user.goTo('result');
      await press(user, 'right', 'enter');
      await user.scene('erasing');
    },
  },
  {
    name: 'erased',
    outcome: 'verified',
    reach: async (user) => {
      await user.goTo('result');
      await press(user, 'right', 'enter');
      await user.scene('erased');
    },
  },
];
