/**
 * The standard normal quantile, by the rational approximation 26.2.23 of Abramowitz and Stegun (1964), with
 * an error below 4.5e-4: invisible on paper. DET curves have axes in this unit (Martin et al. 1997; ISO/IEC
 * 19795-1).
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
