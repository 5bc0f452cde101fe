import type { Strangers } from '../../calibration/calibration.js';
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

/** Above this false match rate, "fewer than N" would sound rarer than it is. */
const many = 0.2;
/** Nothing rarer is claimed: that would take a calibration on 6,000 people. */
const mostStrangers = 1000;

/** Of `of` strangers, fewer than `count`. */
type Chance = { readonly count: number; readonly of: number };

/**
 * A false match rate in whole strangers: of 100, or of 1,000 where it is below one in 100.
 *
 * @param falseMatchRate its upper bound; the number is rounded up, so as not to overstate
 * @returns undefined if many strangers score as high
 */
export function chanceOf(falseMatchRate: number): Chance | undefined {
  if (falseMatchRate > many) return undefined;
  const of = falseMatchRate < 0.01 ? mostStrangers : 100;
  // Six decimals keep 0.07 × 100, which is above 7, from counting as 8.
  return { count: Math.max(1, Math.ceil(Number((falseMatchRate * of).toFixed(6)))), of };
}

/** A false match rate, and what it rests on: any strangers if it does not say which. */
type Measured = {
  readonly falseMatchRate: number;
  readonly among?: Strangers | undefined;
  readonly fewOfGroup?: boolean | undefined;
};

/** The chance of a false match in words, never as a percentage, and what it does not say: a sentence a line. */
export function chanceSaid(measured: Measured, language: Language, comparisons = 1): string {
  const { fewerThan, fewOfGroup, manyStrangers, noProbability } = wordsIn[language].result;
  const chance = chanceOf(measured.falseMatchRate);
  const strangers = chance ? fewerThan[measured.among ?? 'any'](chance.count, chance.of) : manyStrangers;
  return [
    comparisons === 1 ? strangers : strangers + wordsIn[language].tries.together(comparisons),
    ...(measured.fewOfGroup ? [fewOfGroup] : []),
    noProbability,
  ].join('\n');
}
