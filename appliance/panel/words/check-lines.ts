import type { Checked, Verdict } from '../../health/check.js';
import type { Language } from '../../protocol/language.js';
import { checkSaid, wordsIn } from './said.js';
import { technicianStep } from './technician.js';

const languages = ['ja', 'en'] as const;

const marks: Readonly<Record<Verdict, string>> = { ok: '○', warning: '△', failed: '×', 'not-made': '-' };

/** A check and its measurements. Unless it is well, cause and remedy follow in both languages. */
export function checkLines({ check, verdict, code, numbers }: Checked): string[] {
  const bilingual = (choose: (words: (typeof wordsIn)[Language]) => string) =>
    languages.map((language) => choose(wordsIn[language])).join(' / ');
  const measured = Object.entries(numbers).map(([name, value]) => `${name} ${rounded(value)}`);
  const title = [
    `${marks[verdict]} ${bilingual((words) => words.checks[check])}`,
    bilingual((words) => words.verdicts[verdict]),
    ...(measured.length > 0 ? [measured.join(', ')] : []),
  ].join('  ');
  if (code === undefined) return [title];
  const step = technicianStep({ code });
  return [
    title,
    ...languages.flatMap((language) => {
      const { what, remedy } = checkSaid(code, language);
      const lines = [`${what} ${remedy}`, ...(step ? [step[language]] : [])];
      return lines.map((line) => `    ${line}`.replaceAll('\n', ' '));
    }),
  ];
}

function rounded(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
}

/** A check as `--json` prints it. */
export function checkInJson({ check, verdict, code, numbers }: Checked) {
  const said = code && { ja: checkSaid(code, 'ja'), en: checkSaid(code, 'en') };
  return {
    check,
    verdict,
    code: code ?? null,
    numbers,
    cause: said ? { ja: said.ja.what, en: said.en.what } : null,
    remedy: said ? { ja: said.ja.remedy, en: said.en.remedy } : null,
    technician: technicianStep({ code }) ?? null,
  };
}
