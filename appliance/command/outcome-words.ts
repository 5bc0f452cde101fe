import type { Outcome } from '../record/outcome.js';

/** How a visit ended, in the words of a command. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  'visually-clear': '目視で分かった / clear by sight',
  verified: '照合して交付 / verified',
  'not-verified': '交付せず / not verified',
  'not-comparable': '比べられず / not comparable',
  refused: '同意なし / refused',
  proxy: '代理人 / proxy',
  cancelled: '中止 / cancelled',
  fault: '不具合 / fault',
};
