import type { FaultCode } from '../findings.js';
import type { Result } from '../result.js';
import type { GlassSeen } from '../protocol/vault.js';
import { type Checked, failed, notMade, warning, well } from './check.js';

/** Levels, 0 to 255: a closed white lid is brighter, and no spot of it differs by more. A card or a photo does. */
const bright = 180;
const even = 25;

/** The scanner, by what a vault saw of it: whether it works, and whether its empty glass under the lid is white. */
export function judgeScanner(seen: Result<GlassSeen, FaultCode>, practice: boolean): Checked[] {
  if (!seen.ok) return [failed('scanner', seen.error), notMade('scanner-glass', 'not-looked')];
  const { width, height, resolution } = seen.value;
  const numbers = { widthMillimetres: width, heightMillimetres: height, dpi: resolution };
  return [
    practice ? warning('scanner', 'scanner-practice', numbers) : well('scanner', numbers),
    glass(seen.value),
  ];
}

/** Where a visitor's card lies on it. */
export function scannerInUse(): Checked[] {
  return [notMade('scanner', 'visit-under-way'), notMade('scanner-glass', 'visit-under-way')];
}

function glass({ brightness, oddest }: GlassSeen): Checked {
  const numbers = { brightness, oddest };
  if (brightness < bright) return warning('scanner-glass', 'glass-dark', numbers);
  return oddest > even
    ? warning('scanner-glass', 'glass-not-empty', numbers)
    : well('scanner-glass', numbers);
}
