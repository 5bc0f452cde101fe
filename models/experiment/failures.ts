import type { FindingCode, Side } from '../../appliance/findings.js';
import type { Failure } from './enrol.js';

/** How many pictures failed to enrol, by finding code. */
export type Causes = Partial<Record<FindingCode, number>>;

/** Counts each picture once, by its first finding, document before probe. */
export function causesOf(failures: readonly Failure[]): Causes {
  return count(failures.map(({ findings }) => findings[0].code));
}

/** Counts each side separately: a picture that fails as a probe may still work as a document. */
export function causesBySide(failures: readonly Failure[]): Record<Side, Causes> {
  const of = (side: Side): Causes =>
    count(
      failures.flatMap(({ findings }) => {
        const first = findings.find((finding) => finding.side === side);
        return first ? [first.code] : [];
      }),
    );
  return { document: of('document'), probe: of('probe') };
}

/** Lists the pictures that failed, unreadable ones first, for the person who replaces them. */
export function nameFailures(failures: readonly Failure[], most = 50): string {
  const unreadable = ({ findings }: Failure): boolean => findings[0].code === 'unreadable-image';
  const ordered = [...failures.filter(unreadable), ...failures.filter((failure) => !unreadable(failure))];
  const lines = ordered.slice(0, most).map(({ name, findings }) => {
    const codes = findings.map(
      ({ side, code }) => `${side === 'document' ? '書類' : '本人'} ${side}: ${code}`,
    );
    return `  ${name}  ${codes.join(', ')}\n`;
  });
  const more = failures.length - lines.length;
  if (more > 0) lines.push(`  ほか ${more} 枚 / and ${more} more\n`);
  return failures.length === 0
    ? ''
    : `使えなかった写真 ${failures.length} 枚 / pictures that failed to enrol: ${failures.length}\n${lines.join('')}`;
}

function count(codes: readonly FindingCode[]): Causes {
  const causes: Causes = {};
  for (const code of codes) causes[code] = (causes[code] ?? 0) + 1;
  return causes;
}
