import { basename } from 'node:path';

import type { Evaluated } from './evaluate.js';

/** What to call each recogniser beside the others: a capital, its name, and its calibration's file if that was chosen. */
export function contenderNames(evaluated: readonly Evaluated[]): string[] {
  return evaluated.map(({ evaluation: { model }, calibration: { file } }, place) => {
    const letter = evaluated.length > 1 ? `${'AB'[place]} ` : '';
    return `${letter}${model.id}${file === undefined ? '' : ` (${basename(file)})`}`;
  });
}
