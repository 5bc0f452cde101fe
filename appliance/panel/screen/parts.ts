import type { Finding } from '../../findings.js';
import type { Language } from '../../protocol/language.js';
import { findingSaid, wordsIn } from '../words/said.js';
import type { Said } from '../words/words.js';
import { widthOf, wrap } from './cells.js';
import { blank, fill, line, type Line, type Style } from './line.js';

/** Rows that stay together; a blank row separates parts if there is room. */
export type Part = readonly Line[];

/** The space for a scene. */
export type Room = {
  readonly width: number;
  readonly height: number;
  /** Whether highlighted text may take three rows. */
  readonly tall: boolean;
  /** How many findings to show in full; the others are only counted. */
  readonly findings: number;
};

/** The question or instruction of a scene. */
export function title(text: string, room: Room): Part {
  return room.tall ? [line(text, 'strong'), line('─'.repeat(room.width))] : [line(text, 'strong')];
}

/** A state in a block of colour, legible from across the counter. */
export function headline(text: string, style: Style, room: Room): Part {
  const row = fill(line(`  ${text}`, style), room.width, style);
  const edge = fill(blank, room.width, style);
  return room.tall ? [edge, row, edge] : [row];
}

export function paragraph(text: string, room: Room, style: Style = 'plain'): Part {
  return wrap(text, room.width).map((row) => line(row, style));
}

export function cause({ what, remedy }: Said, room: Room): Part {
  return [...paragraph(what, room, 'strong'), ...paragraph(remedy, room)];
}

/** Text for the clerk to read out, framed to set it off from text for the clerk. */
export function quotation(text: string, room: Room): Part {
  const rows = wrap(text, room.width - 6);
  const width = Math.max(...rows.map(widthOf));
  const edge = '─'.repeat(width + 4);
  return [
    line(`┌${edge}┐`),
    ...rows.map((row) => line(`│  ${row}${' '.repeat(width - widthOf(row))}  │`)),
    line(`└${edge}┘`),
  ];
}

/** A remark, marked so that it is not mistaken for the instruction. */
export function notice(text: string, room: Room): Part {
  const mark = '[!] ';
  return wrap(text, room.width - mark.length).map((row, index) =>
    line((index === 0 ? mark : ' '.repeat(mark.length)) + row),
  );
}

/** Findings with their remedies, the blocking ones first. */
export function findingList(findings: readonly Finding[], language: Language, room: Room): Part[] {
  const urgent = urgentFirst(findings).slice(0, room.findings);
  return [
    ...urgent.map((finding) => cause(findingSaid(finding, language), room)),
    ...remaining(findings, language, room),
  ];
}

/** Findings without their remedies, where no other picture can be taken, one row each. */
export function findingNames(findings: readonly Finding[], language: Language, room: Room): Part {
  const urgent = urgentFirst(findings).slice(0, room.findings);
  return [
    ...urgent.flatMap((finding) => paragraph(findingSaid(finding, language).what, room, 'strong')),
    ...remaining(findings, language, room).flat(),
  ];
}

/** Findings that did not prevent the comparison, one row each. */
export function findingNotes(findings: readonly Finding[], language: Language, room: Room): Part {
  const { noted } = wordsIn[language].result;
  return [
    ...findings
      .slice(0, room.findings)
      .flatMap((finding) => paragraph(`${noted}: ${findingSaid(finding, language).what}`, room)),
    ...remaining(findings, language, room).flat(),
  ];
}

function urgentFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => Number(b.blocking) - Number(a.blocking));
}

function remaining(findings: readonly Finding[], language: Language, room: Room): Part[] {
  const more = findings.length - room.findings;
  return more > 0 ? [paragraph(wordsIn[language].moreFindings(more), room)] : [];
}
