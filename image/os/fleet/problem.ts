import type { Bilingual } from '../../../appliance/protocol/language.js';

/** What is wrong in a line of a vendor's file, and how to mend it. Lines count from 1; a file that cannot be read has none. */
export type FleetProblem = Bilingual & { readonly file: string; readonly line?: number };

/** All problems, in the order of files and lines, Japanese first and English below. */
export function formatFleetProblems(problems: readonly FleetProblem[]): string {
  const heading = [
    `直すところが${problems.length}件あります。何も作っていません。`,
    `  ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}. Nothing was made.`,
  ];
  return [...heading, ...problems.flatMap(problemLines)].map((line) => `${line}\n`).join('');
}

/** One problem, or something that is only worth knowing. */
export function problemLines({ file, line, ja, en }: FleetProblem): string[] {
  return line === undefined
    ? [`- ${file}: ${ja}`, `  ${en}`]
    : [`- ${file} ${line}行目: ${ja}`, `  line ${line}: ${en}`];
}
