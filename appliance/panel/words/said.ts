import type { FaultCode, Finding } from '../../findings.js';
import type { RemarkCode } from '../../health/check.js';
import { type Language, nextLanguage } from '../../protocol/language.js';
import { en } from './en.js';
import { ja } from './ja.js';
import type { Said, Words } from './words.js';

export const wordsIn: Readonly<Record<Language, Words>> = { ja, en };

/** The label of the language key: the language that it changes to, by that language's own name. */
export function languageKey(shown: Language): string {
  return `L: ${wordsIn[nextLanguage(shown)].language}`;
}

/** What is wrong with a picture and how to fix it, for the screen and the command line. */
export function findingSaid(finding: Pick<Finding, 'side' | 'code'>, language: Language): Said {
  const words = wordsIn[language].findings[finding.code];
  return 'what' in words ? words : words[finding.side];
}

/** What is wrong with the machine and how to fix it. */
export function faultSaid(fault: FaultCode, language: Language): Said {
  return wordsIn[language].faults[fault];
}

/** What a check of the self-test found and how to fix it. */
export function checkSaid(code: FaultCode | RemarkCode, language: Language): Said {
  const { faults, remarks } = wordsIn[language];
  return code in faults ? faults[code as FaultCode] : remarks[code as RemarkCode];
}

/** Above this false match rate, "1 in N" would sound rarer than it is. */
const many = 0.1;
/** No evaluation had more strangers than this, so nothing rarer is claimed. */
const rarest = 1_000_000;

/**
 * N of "fewer than 1 stranger in N".
 *
 * @param falseMatchRate its upper bound; N is rounded down to two significant digits, so as not to overstate
 * @returns undefined if many strangers score as high
 */
export function strangers(falseMatchRate: number): number | undefined {
  if (falseMatchRate > many) return undefined;
  const count = Math.min(1 / falseMatchRate, rarest);
  const step = 10 ** (Math.floor(Math.log10(count)) - 1);
  return Math.floor(count / step) * step;
}

/** The chance of a false match in words, never as a percentage. */
export function chanceSaid(falseMatchRate: number, language: Language): string {
  const { fewerThanOneIn, manyStrangers } = wordsIn[language].result;
  const count = strangers(falseMatchRate);
  return count === undefined ? manyStrangers : fewerThanOneIn(count);
}
