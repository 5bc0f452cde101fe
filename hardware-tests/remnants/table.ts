import type { SearchResult } from './search.js';
import { stageNames, type StageName } from './stage.js';

type Looks = {
  readonly during: readonly SearchResult[];
  readonly after: SearchResult;
  readonly disk: SearchResult | undefined;
};

/** The rows of an ending: how many words of each stage were found at most during the visit, after it, and on the card. */
export function remnantRow(
  ending: string,
  { during, after, disk }: Looks,
): Readonly<Record<string, string>>[] {
  return [
    { ending, when: 'during', ...cells((stage) => Math.max(...during.map((look) => wordsOf(look, stage)))) },
    { ending, when: 'after', ...cells((stage) => wordsOf(after, stage)) },
    ...(disk ? [{ ending, when: 'on the card', ...cells((stage) => wordsOf(disk, stage)) }] : []),
  ];
}

const wordsOf = ({ found }: SearchResult, stage: StageName): number => found[stage]?.words ?? 0;

const cells = (words: (stage: StageName) => number): Record<string, string> =>
  Object.fromEntries(stageNames.map((stage) => [stage, String(words(stage))]));
