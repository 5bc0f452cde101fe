import { recogniserName } from '../protocol/vault.js';

/** The option that chooses among the built-in recognisers. */
export const recogniserOption = {
  type: 'string',
  value: 'NAME',
  help: [
    `組み込みの照合器のうち、どれで比べるか（ふつうは ${recogniserName.options[0]}）`,
    `which built-in recogniser compares: ${recogniserName.options.join(', ')}`,
  ],
} as const;
