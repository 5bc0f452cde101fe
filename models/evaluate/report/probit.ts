/**
 * The standard normal deviate below which `share` of all lie, by the rational approximation of Abramowitz and
 * Stegun (1964), 26.2.23: off by less than 4.5e-4, which no pen could draw. The axes of a DET curve are drawn in it
 * (Martin et al. 1997; ISO/IEC 19795-1).
 */
export function probit(share: number): number {
  if (share > 0.5) return -probit(1 - share);
  const t = Math.sqrt(-2 * Math.log(share));
  return (
    (2.515517 + 0.802853 * t + 0.010328 * t ** 2) /
      (1 + 1.432788 * t + 0.189269 * t ** 2 + 0.001308 * t ** 3) -
    t
  );
}
