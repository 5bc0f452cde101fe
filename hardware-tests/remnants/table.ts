import type { SearchResult } from './search.js';
import { stageNames, type StageName } from './stage.js';

type Looks = {
  readonly during: readonly SearchResult[];
  readonly after: SearchResult;
  readonly disk: SearchResult | undefined;
};

/** The rows of an ending: how many words of each stage were found at most during the visit, after it, and on the card. */
export function remnantRows(
  ending: string,
  { during, after, disk }: Looks,
): Readonly<Record<string, string>>[] {
  const row = (when: string, looks: readonly SearchResult[]) => ({
    ending,
    when,
    searched: `${looks.length} × ${(looks[0].searched / 2 ** 30).toFixed(2)} GiB`,
    ...cells((stage) => Math.max(...looks.map(({ found }) => found[stage]?.words ?? 0))),
  });
  return [row('during', during), row('after', [after]), ...(disk ? [row('on the card', [disk])] : [])];
}

const cells = (words: (stage: StageName) => number): Record<string, string> =>
  Object.fromEntries(stageNames.map((stage) => [stage, String(words(stage))]));
