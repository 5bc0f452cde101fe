import { nameOf, type StratumName } from '../stratification.js';
import { stratumWords } from '../stratum-words.js';
import { en, escape } from './html.js';

/** The name of a stratum at the head of its rows. */
export function stratumHead(named: StratumName): string {
  const { ja, en: english } = stratumWords(nameOf(named));
  return `${escape(ja)} ${en(escape(english))}`;
}
