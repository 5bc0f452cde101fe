import type { FaultCode, Finding } from '../findings.js';
import { faultSaid, findingSaid } from '../panel/words/said.js';
import type { Language } from '../protocol/language.js';
import { exitCode } from './command.js';

export const languages = ['ja', 'en'] as const satisfies readonly Language[];

/** A finding as `--json` prints it. */
export type Remedied = Finding & { readonly remedy: Readonly<Record<Language, string>> };

export function remedied(finding: Finding): Remedied {
  return {
    ...finding,
    remedy: { ja: findingSaid(finding, 'ja').remedy, en: findingSaid(finding, 'en').remedy },
  };
}

/** A finding with its remedy, in both languages, line by line. */
export function findingLines(finding: Finding): string[] {
  const side = finding.side === 'document' ? '書類の写真 / document' : '本人の写真 / probe';
  return [
    `  ${side}: ${finding.code}`,
    ...languages.map((language) => {
      const { what, remedy } = findingSaid(finding, language);
      return `    ${what} ${remedy}`.replaceAll('\n', ' ');
    }),
  ];
}

/** The exit code for a picture that cannot be used. */
export function unusable(findings: readonly Finding[]): number {
  const unreadable = findings.some(({ code }) => code === 'unreadable-image' || code === 'image-too-large');
  return unreadable ? exitCode.badUsage : exitCode.notComparable;
}

export function reportFault(fault: FaultCode, json: boolean): number {
  const said = { ja: faultSaid(fault, 'ja'), en: faultSaid(fault, 'en') };
  const remedy = { ja: said.ja.remedy, en: said.en.remedy };
  if (json) process.stdout.write(`${JSON.stringify({ outcome: 'fault', fault, remedy })}\n`);
  else
    process.stderr.write(
      `${languages.map((language) => `${said[language].what} ${said[language].remedy}`).join('\n')}\n`,
    );
  return exitCode.failed;
}
