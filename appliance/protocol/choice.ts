import * as z from 'zod';

/** What the clerk can choose; the words are in `panel/words`. */
export const choice = z.enum([
  // idle
  'begin',
  'self-test',
  // reason
  'clear-by-sight',
  'compare-faces',
  'proxy',
  // notice
  'agree',
  'refuse',
  // scan, photograph, what went wrong
  'scan-now',
  'scan-again',
  'photograph-now',
  'photograph-again',
  'stop',
  // the clerk's decision
  'hand-over',
  'do-not-hand-over',
  'ask-superior',
  // the clock
  'set-clock',
  'set-time',
  'change-time',
  'set-anyway',
  // a stick that nobody has looked at
  'look-at-stick',
  // an update on a stick
  'update',
  'install-update',
  'not-now',
  'dismiss',
  // the records, to a stick
  'copy-records',
  'copy-now',
  // a vendor with a token on a stick
  'vendor',
  'bench-test',
  'doctor-report',
  'export-report',
  'answer-yes',
  'answer-no',
  // what changed since the last visit
  'see-changes',
  'seen-changes',
  // anything that is only read
  'done',
]);
export type Choice = z.infer<typeof choice>;
