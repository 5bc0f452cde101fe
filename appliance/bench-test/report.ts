import type { Checked } from '../health/check.js';
import { inBothLanguages } from '../panel/words/bilingual.js';
import { checkInJson, checkLines } from '../panel/words/check-lines.js';
import type { Box } from './box.js';
import { outcomeOf } from './outcome.js';
import type { StepResult } from './step.js';
import { type Bilingual, reason, words } from './words.js';

/** The report of one box's bench test. */
export type Report = {
  readonly software: string;
  /** sha256 of the recogniser's file; null if no vault started. */
  readonly model: string | null;
  readonly box: Box;
  /** Local times with their offset (ISO 8601). */
  readonly begunAt: string;
  readonly endedAt: string;
  readonly steps: readonly StepResult[];
  readonly checks: readonly Checked[];
};

/** The report as `--json` prints it. */
export function reportInJson(report: Report) {
  const steps = report.steps.map(({ code, about, ...step }) => {
    const why = code && reason(code);
    return {
      ...step,
      code: code ?? null,
      about: about ?? null,
      cause: why ? why.what : null,
      remedy: why ? why.remedy : null,
    };
  });
  const { checks, ...rest } = report;
  return {
    outcome: outcomeOf(report),
    ...rest,
    steps,
    checks: checks.map(checkInJson),
  };
}

/** The report as text, to print and keep with the box. */
export function reportInWords(report: Report): string {
  return [
    ...boxLines(report),
    '',
    ...report.steps.flatMap(stepLines),
    '',
    ...report.checks.flatMap(checkLines),
    '',
    both(inBothLanguages(({ benchTest }) => benchTest.outcomes[outcomeOf(report)])),
    '',
  ].join('\n');
}

/** What was tested, and when. */
export function boxLines({
  box,
  software,
  model,
  begunAt,
  endedAt,
}: Pick<Report, 'box' | 'software' | 'model' | 'begunAt' | 'endedAt'>): string[] {
  return [
    `${software}  ${begunAt} – ${endedAt}`,
    `${both(words.box)}: ${box.model ?? both(words.unknown)}`,
    `${both(words.serial)}: ${box.serial ?? both(words.unknown)} (${box.name})`,
    ...(box.number === null ? [] : [`${both(words.number)}: ${box.number}`]),
    ...(box.image === null ? [] : [`${both(words.image)}: ${box.image}`]),
    `${box.processor} (${box.architecture}), ${box.memoryMegabytes} MB, ${box.system ?? ''}, Linux ${box.kernel}, Node ${box.node}`,
    ...(model === null ? [] : [`sha256 ${model}`]),
  ];
}

export function both({ ja, en }: Bilingual): string {
  return `${ja} / ${en}`;
}

const marks = { passed: '○', failed: '×', 'not-made': '-' } as const;

export function stepLines({ step, verdict, code, about, numbers }: StepResult): string[] {
  const measured = Object.entries(numbers).map(([name, value]) => `${name} ${value}`);
  const title = [
    `${marks[verdict]} ${both(inBothLanguages(({ benchTest }) => benchTest.steps[step]))}`,
    both(inBothLanguages(({ benchTest }) => benchTest.verdicts[verdict])),
    ...(about === undefined ? [] : [about]),
    ...(measured.length > 0 ? [measured.join(', ')] : []),
  ].join('  ');
  if (code === undefined) return [title];
  const { what, remedy } = reason(code);
  return [title, `    ${what.ja} ${remedy.ja}`, `    ${what.en} ${remedy.en}`].map((row) =>
    row.replaceAll('\n', ' '),
  );
}
