import { contenderNames } from '../contender-name.js';
import type { Evaluated } from '../evaluate.js';
import { preferences } from '../preference.js';
import { percentOrDash } from '../words.js';
import { cells, columnHead, en, escape } from './html.js';
import { stratumHead } from './stratum-head.js';

/** How sure it is which of two recognisers is better, stratum by stratum. */
export function preferenceTable([first, second]: readonly Evaluated[]): string {
  const [, name] = contenderNames([first, second]);
  const rows = preferences(first.strata, second.strata).map(
    (preference) =>
      `<tr><th scope="row">${stratumHead(preference)}</th>${cells([percentOrDash(preference.decidability), percentOrDash(preference.shift)])}</tr>`,
  );
  return `<table class="figures">
<caption>${escape(name)} のほうが良い標本の割合（50 % なら差は言えません） ${en(`Share of the bootstrap's draws in which ${escape(name)} is better; 50 % tells no difference`)}</caption>
<thead><tr>${[columnHead('別人の範囲', 'strangers'), columnHead('d′ が大きい', 'larger d′'), columnHead('ずれが小さい', 'smaller shift')].join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}
