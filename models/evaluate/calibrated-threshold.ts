import { falseMatchRate } from '../../appliance/calibration/calibration.js';
import { hardestStrangers } from '../../appliance/calibration/hardest.js';
import type { LoadedRecogniser } from '../../appliance/face/recogniser.js';
import { adviseThreshold } from '../calibrate/advice.js';

/** A threshold and the upper bound of the false match rate that the calibration states there for its hardest strangers. */
export type CalibratedThreshold = { readonly threshold: number; readonly stated: number };

/** The recogniser's own threshold. */
export function ownThreshold({ threshold, calibration }: LoadedRecogniser['about']): CalibratedThreshold {
  return { threshold, stated: falseMatchRate(hardestStrangers(calibration).stratum.points, threshold) };
}

/** The threshold that `terashi calibrate` advises by the hardest strangers of a calibration. */
export function calibratedThreshold({ calibration }: LoadedRecogniser['about']): CalibratedThreshold {
  const { threshold, upper95 } = adviseThreshold(hardestStrangers(calibration).stratum.points);
  return { threshold, stated: upper95 };
}
