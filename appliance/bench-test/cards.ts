import type { FaultCode } from '../findings.js';
import type { Result } from '../result.js';
import { patches } from '../protocol/test-card.js';
import type { CardScanned, CardViewed } from '../protocol/vault.js';
import { failed, notMade, passed, type StepResult } from './step.js';

/** Between the card's rings, in tenths of a millimetre (vault/test-card/layout.ts). */
const [width, height] = [800, 1200];
/** How far off a length may be: printers and scanners keep to within a half of it each. */
const lengths = 0.015;
/**
 * CIE 1976 differences from the colours of the file. An office printer misses them by some ten to twenty, a strong
 * blue by more; channels changed over, or none at all, miss the strong ones by fifty and more.
 */
const colours = { mean: 20, worst: 45 };
/** In tenths of a pixel: a camera in focus rises in one to two pixels, a face in front of a softer one is blurred. */
const softest = 35;

/** What the scanner made of the test card. */
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
  if (off > lengths) return failed('scanner-card', { code: 'card-scale' }, numbers);
  if (mean > colours.mean || worst > colours.worst) {
    const about = patches[differences.indexOf(worst)].name;
    return failed('scanner-card', { code: 'card-colours', about }, numbers);
  }
  return passed('scanner-card', numbers);
}

/** How sharp the camera saw the test card. */
export function judgeViewed(seen: Result<CardViewed | undefined, FaultCode>, attended: boolean): StepResult {
  if (!seen.ok) return failed('camera-card', { code: seen.error });
  if (!seen.value) return notFound('camera-card', attended);
  const { riseTenths, pixels } = seen.value;
  const numbers = { edgePixels: riseTenths / 10, cardPixels: pixels };
  return riseTenths > softest
    ? failed('camera-card', { code: 'card-soft' }, numbers)
    : passed('camera-card', numbers);
}

/** Where nobody was asked to, nobody laid the card down or held it up. */
function notFound(step: 'scanner-card' | 'camera-card', attended: boolean): StepResult {
  return attended ? failed(step, { code: 'card-not-found' }) : notMade(step, { code: 'card-not-found' });
}
