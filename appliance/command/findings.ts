import type { FaultCode, Finding, FindingCode } from '../findings.js';
import { faultSaid, findingSaid } from '../panel/words/said.js';
import type { Bilingual } from '../protocol/language.js';
import { exitCode } from './exit-code.js';
import { print } from './print.js';

export const languages = ['ja', 'en'] as const;

/** A finding as `--json` prints it. */
export type FindingInJson = Finding & { readonly remedy: Bilingual };

export function findingInJson(finding: Finding): FindingInJson {
  return {
    ...finding,
    remedy: { ja: findingSaid(finding, 'ja').remedy, en: findingSaid(finding, 'en').remedy },
  };
}

/** A finding and its remedy in both languages, line by line. */
export function findingLines(finding: Finding): string[] {
  const side = finding.side === 'document' ? '書類の写真 / document' : '本人の写真 / probe';
  return [
    `  ${side}: ${finding.code}`,
    ...languages.map((each) => {
      const { what, remedy } = findingSaid(finding, each);
      return `    ${what} ${remedy}`.replaceAll('\n', ' ');
    }),
  ];
}

const unreadable: readonly FindingCode[] = [
  'unreadable-image',
  'picture-type-unsupported',
  'image-too-large',
];

/** The exit code for a picture that cannot be used. */
export function unusableCode(findings: readonly Finding[]): number {
  return findings.some(({ code }) => unreadable.includes(code)) ? exitCode.badUsage : exitCode.notComparable;
}

/** Prints a fault and its remedy, and returns the exit code. */
export function reportFault(fault: FaultCode, json: boolean): number {
  const words = languages.map((each) => [each, faultSaid(fault, each)] as const);
  const remedy = Object.fromEntries(words.map(([each, said]) => [each, said.remedy]));
  const text = () => words.map(([, { what, remedy }]) => `${what} ${remedy}\n`).join('');
  print(json, { outcome: 'fault', fault, remedy }, text, process.stderr);
  return exitCode.failed;
}
