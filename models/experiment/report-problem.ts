import { exitCode } from '../../appliance/command/exit-code.js';
import type { ModelFault } from '../../appliance/findings.js';
import { faultSaid } from '../../appliance/panel/words/said.js';
import type { Problem } from './problems.js';

/** Prints a problem that the user can fix. */
export function refuseInput({ ja, en }: Problem): number {
  process.stderr.write(`terashi: ${ja}\n         ${en}\n`);
  return exitCode.badUsage;
}

/** Prints a fault of the models. */
export function reportFault(fault: ModelFault): number {
  for (const language of ['ja', 'en'] as const) {
    const { what, remedy } = faultSaid(fault, language);
    process.stderr.write(`${what} ${remedy}\n`.replaceAll(/\n(?=.)/g, ' '));
  }
  return exitCode.failed;
}
