import type { FaultCode } from '../findings.js';
import type { Result } from '../result.js';
import { patches } from '../protocol/test-card.js';
import type { CardScanned, CardViewed } from '../protocol/vault.js';
import { failed, notMade, passed, type StepResult } from './step.js';

/** Distance between the card's rings, in tenths of a millimetre (vault/test-card/layout.ts). */
const [width, height] = [800, 1200];
/** Relative tolerance of a length. Printer and scanner may each be off by half of it. */
const lengthTolerance = 0.015;
/**
 * Largest CIE 1976 colour differences from the file. An office printer is off by ten to twenty, more in a strong blue;
 * swapped or missing channels are off by fifty and more in the strong colours.
 */
const colourLimits = { mean: 20, worst: 45 };
/** Widest edge, in tenths of a pixel. A camera in focus needs 10 to 20; beyond 35 faces are blurred. */
const widestEdge = 35;

/** Judges colours and scale of the test card as scanned. */
export function judgeScanned(
  seen: Result<CardScanned | undefined, FaultCode>,
  attended: boolean,
): StepResult {
  if (!seen.ok) return failed('scanner-card', { code: seen.error });
  if (!seen.value) return notFound('scanner-card', attended);
  const { widthTenths, heightTenths, differences, riseTenths } = seen.value;
  const mean = differences.reduce((sum, each) => sum + each, 0) / differences.length;
  const worst = Math.max(...differences);
  const numbers = {
    widthMillimetres: widthTenths / 10,
    heightMillimetres: heightTenths / 10,
    meanDifference: Math.round(mean * 10) / 10,
    worstDifference: worst,
    ...(riseTenths === undefined ? {} : { edgePixels: riseTenths / 10 }),
  };
  const off = Math.max(Math.abs(widthTenths / width - 1), Math.abs(heightTenths / height - 1));
  if (off > lengthTolerance) return failed('scanner-card', { code: 'card-scale' }, numbers);
  if (mean > colourLimits.mean || worst > colourLimits.worst) {
    const about = patches[differences.indexOf(worst)].name;
    return failed('scanner-card', { code: 'card-colours', about }, numbers);
  }
  return passed('scanner-card', numbers);
}

/** Judges how sharp the camera's picture of the test card is. */
export function judgeViewed(seen: Result<CardViewed | undefined, FaultCode>, attended: boolean): StepResult {
  if (!seen.ok) return failed('camera-card', { code: seen.error });
  if (!seen.value) return notFound('camera-card', attended);
  const { riseTenths, pixels } = seen.value;
  const numbers = { edgePixels: riseTenths / 10, cardPixels: pixels };
  return riseTenths > widestEdge
    ? failed('camera-card', { code: 'card-soft' }, numbers)
    : passed('camera-card', numbers);
}

/** In an unattended test nobody places the card, so a missing one is no failure. */
function notFound(step: 'scanner-card' | 'camera-card', attended: boolean): StepResult {
  return attended ? failed(step, { code: 'card-not-found' }) : notMade(step, { code: 'card-not-found' });
}
