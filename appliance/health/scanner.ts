import type { FaultCode } from '../findings.js';
import type { Result } from '../result.js';
import type { GlassSeen } from '../protocol/vault.js';
import { type Checked, failed, notMade, warning, well } from './check.js';

/** Levels, 0 to 255, of a closed white lid. A card or photo on the glass has spots that differ by more. */
const lowestBrightness = 180;
const largestDifference = 25;

/** Judges what a vault measured: whether the scanner works, and whether the glass is empty and the lid white. */
export function judgeScanner(seen: Result<GlassSeen, FaultCode>, practice: boolean): Checked[] {
  if (!seen.ok) return [failed('scanner', seen.error), notMade('scanner-glass', 'not-looked')];
  const { width, height, resolution } = seen.value;
  const numbers = { widthMillimetres: width, heightMillimetres: height, dpi: resolution };
  return [
    practice ? warning('scanner', 'scanner-practice', numbers) : well('scanner', numbers),
    glass(seen.value),
  ];
}

/** The results while a visit uses the scanner. */
export function scannerInUse(): Checked[] {
  return [notMade('scanner', 'visit-under-way'), notMade('scanner-glass', 'visit-under-way')];
}

function glass({ brightness, oddest }: GlassSeen): Checked {
  const numbers = { brightness, oddest };
  if (brightness < lowestBrightness) return warning('scanner-glass', 'glass-dark', numbers);
  return oddest > largestDifference
    ? warning('scanner-glass', 'glass-not-empty', numbers)
    : well('scanner-glass', numbers);
}
