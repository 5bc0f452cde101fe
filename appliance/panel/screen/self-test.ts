import { checkName, type Verdict } from '../../health/check.js';
import type { Scene } from '../view.js';
import type { Language } from '../../protocol/language.js';
import { checkSaid, wordsIn } from '../words/said.js';
import { widthOf } from './cells.js';
import { lineWidth, line, type Line } from './line.js';
import { cause, headline, paragraph, type Part, type Room, title } from './parts.js';
import { progress } from './progress.js';

type Checks = Extract<Scene, { name: 'self-tested' }>['checks'];

/** Marks of the verdicts; the word stands beside each. */
const marks: Readonly<Record<Verdict, string>> = { ok: '○', warning: '△', failed: '×', 'not-made': '-' };

/** The progress of the self-test. */
export function underWay(
  { checks, now, waiting }: Extract<Scene, { name: 'self-test' }>,
  language: Language,
  room: Room,
): Part[] {
  const words = wordsIn[language];
  const says = () => {
    if (waiting) return words.selfTest.waiting[waiting];
    return now ? words.selfTest.lookingAt(words.checks[now]) : undefined;
  };
  const said = says();
  return [
    title(words.selfTest.underWay, room),
    table(checks, language, room),
    said === undefined ? [] : paragraph(said, room),
    [progress(checks.length / checkName.options.length, room.width)],
  ];
}

/** In one line: how many faults and warnings. */
export function summary(checks: Checks, language: Language, room: Room): Part {
  const words = wordsIn[language].selfTest;
  const count = (verdict: Verdict) => checks.filter((check) => check.verdict === verdict).length;
  const [failures, warnings] = [count('failed'), count('warning')];
  if (failures > 0) return headline(words.failures(failures), 'caution', room);
  if (checks.length < checkName.options.length) return headline(words.unfinished, 'caution', room);
  if (warnings > 0) return headline(words.warnings(warnings), 'good', room);
  return headline(words.well, 'good', room);
}

/** The results, with the remedy for the first problem. */
export function outcome({ checks }: { readonly checks: Checks }, language: Language, room: Room): Part[] {
  const first = (['failed', 'warning'] as const)
    .flatMap((verdict) => checks.filter((check) => check.verdict === verdict))
    .at(0)?.code;
  return [
    summary(checks, language, room),
    table(checks, language, room),
    first && room.findings > 0 ? cause(checkSaid(first, language), room) : [],
  ];
}

/** All checks in two columns, top to bottom; those still to come by name only. */
function table(checks: Checks, language: Language, room: Room): Part {
  const width = Math.floor((room.width - 2) / 2);
  const words = wordsIn[language];
  const cells = checkName.options.map((name) => {
    const verdict = checks.find(({ check }) => check === name)?.verdict;
    const mark = verdict ? marks[verdict] : ' ';
    const said = `${mark} ${words.checks[name]}`;
    const result = verdict ? words.verdicts[verdict] : '';
    return line(said + ' '.repeat(width - widthOf(said) - widthOf(result)) + result);
  });
  const rows = Math.ceil(cells.length / 2);
  return cells
    .slice(0, rows)
    .map((left, row) => [...left, ...beside(cells.at(row + rows), room.width - lineWidth(left) - width)]);
}

function beside(cell: Line | undefined, gap: number): Line {
  return cell ? [...line(' '.repeat(gap)), ...cell] : [];
}
