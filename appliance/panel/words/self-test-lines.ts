import type { OnProgress } from '../../health/self-test.js';
import { inBothLanguages } from './bilingual.js';

/** Says what a self-test does now, or what it waits for, whenever that changes. */
export function selfTestTeller(
  say: (message: { readonly ja: string; readonly en: string }) => void,
): OnProgress {
  let last: string | undefined;
  return (_, now, waiting) => {
    if (!now) return;
    const message = inBothLanguages(({ checks, selfTest }) =>
      waiting ? selfTest.waiting[waiting] : checks[now],
    );
    if (message.en === last) return;
    last = message.en;
    say(message);
  };
}
