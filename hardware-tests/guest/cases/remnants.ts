import assert from 'node:assert/strict';
import { join } from 'node:path';

import type { Scene, View } from '../../../appliance/panel/view.js';
import type { Outcome } from '../../../appliance/record/outcome.js';
import { partsOf } from '../../remnants/dump.js';
import type { Needles } from '../../remnants/needles.js';
import { searchFile, type SearchResult, wholeFile } from '../../remnants/search.js';
import { made, type StageName, stageNames } from '../../remnants/stage.js';
import type { Box } from '../box.js';
import type { Card } from '../card.js';
import { describePages } from '../pages.js';

/** A way in which a visit ends, and how far it has gone by then. */
export type Ending = {
  readonly outcome: Outcome;
  /** The scenes at which the memory must hold pictures; none for a visit in which none are taken. */
  readonly looks: readonly Look[];
  /** What must be found then; by default anything, where there are looks. */
  readonly made?: readonly StageName[];
  /** Where the visit ends from. */
  readonly from: Scene['name'];
  readonly end: (box: Box) => Promise<unknown>;
  /** Makes the box ready for the next visit. */
  readonly mend?: (box: Box) => Promise<unknown>;
};

type Look = 'scanning' | 'before-photograph' | 'photographing' | 'result';

/** What was found in one ending. */
export type Traces = {
  readonly during: readonly SearchResult[];
  readonly after: SearchResult;
  readonly disk: SearchResult | undefined;
  /** What the kernel says of the pages that were found after the visit. */
  readonly pages: readonly string[];
};

/** From this part on there are lines of the page, or frames, to be found. */
const underWay = 0.4;

/** Kills the vault of the visit, and the spare one. */
const killVaults = ({ guest }: Box) =>
  guest.run('systemctl', 'kill', '--signal=KILL', 'terashi-vault@*.service');

export const endings = {
  verified: {
    outcome: 'verified',
    looks: ['scanning', 'before-photograph', 'photographing', 'result'],
    made,
    from: 'result',
    end: ({ appliance: { clerk } }) => clerk.choose('hand-over'),
  },
  refused: {
    outcome: 'refused',
    looks: [],
    from: 'notice',
    end: ({ appliance: { clerk } }) => explain(clerk, 'refuse'),
  },
  'not-verified': {
    outcome: 'not-verified',
    looks: ['result'],
    from: 'result',
    end: ({ appliance: { clerk } }) => explain(clerk, 'do-not-hand-over'),
  },
  cancelled: {
    outcome: 'cancelled',
    looks: ['result'],
    from: 'result',
    end: ({ appliance: { clerk } }) => clerk.press('cancel'),
  },
  'timed-out': {
    outcome: 'cancelled',
    looks: ['result'],
    from: 'result',
    end: () => Promise.resolve(),
  },
  'vault-killed': { outcome: 'fault', looks: ['result'], from: 'result', end: killVaults },
  'camera-lost': {
    outcome: 'fault',
    looks: ['photographing'],
    from: 'photographing',
    end: ({ appliance }) => appliance.unplug('camera'),
    mend: ({ appliance }) => appliance.plug('camera'),
  },
  'panel-killed': {
    outcome: 'verified',
    looks: ['result'],
    from: 'result',
    end: async ({ guest, appliance: { clerk } }) => {
      await guest.run(
        'systemctl',
        'kill',
        '--signal=KILL',
        'terashi-screen.service',
        'terashi-lights.service',
      );
      await clerk.choose('hand-over');
    },
  },
} as const satisfies Readonly<Record<string, Ending>>;

/** From the result, by the power button: the box is off afterwards. */
export const byPowerButton = { looks: ['result'] } as const satisfies Partial<Ending>;

async function explain(clerk: Box['appliance']['clerk'], decision: 'refuse' | 'do-not-hand-over') {
  await clerk.choose(decision);
  await clerk.scene('explain');
  await clerk.choose('done');
}

/** Looks for remnants of visits in a box. */
export class RemnantSearch {
  readonly #box: Box;
  readonly #needles: Needles;
  readonly #card: Card;
  readonly #dump: string;

  constructor(box: Box, needles: Needles, card: Card, folder: string) {
    this.#box = box;
    this.#needles = needles;
    this.#card = card;
    this.#dump = join(folder, 'memory.elf');
  }

  /** Makes a visit that ends like this, and searches memory and card while it goes on and after it. */
  async through({ outcome, looks, from, end, mend }: Ending): Promise<Traces> {
    const { appliance, guest } = this.#box;
    const before = (await appliance.records()).length;
    const during = await this.#goTo(from, looks);
    await end(this.#box);
    await appliance.clerk.scene('erased');
    const after = await this.#searchMemory();
    const pages = await describePages(guest, pagesOf(after));
    await guest.run('sync');
    const disk = await searchFile(this.#needles, this.#card.file, [wholeFile(this.#card.file)]);
    await appliance.clerk.press('enter');
    await mend?.(this.#box);
    await appliance.waitUntilReady();
    const written = (await appliance.records()).slice(before).map((entry) => entry.outcome);
    assert.equal(written.at(-1), outcome, `the record says ${written.join(' + ')}`);
    return { during, after, disk, pages };
  }

  /** Makes a visit up to its result, and presses the power button there. The box is off afterwards. */
  async throughPowerButton(): Promise<Traces> {
    const during = await this.#goTo('result', byPowerButton.looks);
    const after = await this.#box.machine.withMemoryAfterPowerButton(this.#dump, (dump) =>
      this.#search(dump),
    );
    const disk = await searchFile(this.#needles, this.#card.file, [wholeFile(this.#card.file)]);
    return { during, after, disk, pages: pagesOf(after).map(hex) };
  }

  async #goTo(from: Scene['name'], looks: readonly Look[]): Promise<SearchResult[]> {
    const { clerk } = this.#box.appliance;
    clerk.catchUp();
    const results: SearchResult[] = [];
    if (looks.length === 0) {
      await clerk.goTo(from);
      return [await this.#searchMemory()];
    }
    await clerk.goTo('scanning');
    if (looks.includes('scanning')) results.push(await this.#searchAt('scanning'));
    await clerk.scene('before-photograph', 1);
    if (looks.includes('before-photograph')) results.push(await this.#searchMemory());
    await clerk.takeFirst();
    await clerk.scene('photographing');
    if (looks.includes('photographing')) results.push(await this.#searchAt('photographing'));
    if (from === 'photographing') return results;
    await clerk.scene('result', 1);
    if (looks.includes('result')) results.push(await this.#searchMemory());
    return results;
  }

  /** Searches once the scan, or the photograph, has gone far enough. */
  async #searchAt(name: 'scanning' | 'photographing'): Promise<SearchResult> {
    const isUnderWay = ({ scene }: View) => scene.name !== name || partOf(scene) >= underWay;
    await this.#box.appliance.clerk.waitFor(isUnderWay, `${name} to have gone far enough`);
    return this.#searchMemory();
  }

  #searchMemory(): Promise<SearchResult> {
    return this.#box.machine.withMemory(this.#dump, (dump) => this.#search(dump));
  }

  #search(dump: string): Promise<SearchResult> {
    return searchFile(this.#needles, dump, partsOf(dump));
  }
}

const partOf = (scene: Scene): number => ('fraction' in scene ? scene.fraction : 0);

const hex = (address: number): string => `0x${address.toString(16)}`;

/** A few of the pages on which a stage was found. */
function pagesOf({ found }: SearchResult): number[] {
  const stages = Object.entries(found).filter(([stage]) => stage !== 'marker');
  return [...new Set(stages.flatMap(([, { pages }]) => pages.slice(0, 8)))];
}

/** The stages of which a search found anything, without the marker. */
export const stagesIn = (results: readonly (SearchResult | undefined)[]): StageName[] =>
  stageNames.filter((stage) => stage !== 'marker' && results.some((result) => result?.found[stage]));
