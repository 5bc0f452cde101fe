import type { CalibrationFile } from '../../appliance/calibration/calibration.js';
import { type Appearance, appearanceWords } from '../experiment/appearance.js';
import { lowestSupported, supports, wantedRates } from '../experiment/rule-of-three.js';

type Data = {
  readonly people: number;
  readonly pictures: number;
  readonly comparisons: number;
  readonly appearance: Appearance;
};

/** The file's description of its own data: whose pictures, and why not to trust it too far. */
export function dataWords({ people, pictures, comparisons, appearance }: Data): string {
  const simulated = appearanceWords(appearance);
  const ja = simulated.map((note) => `${note.ja}。`).join('');
  const en = simulated.map((note) => ` Here ${note.en}.`).join('');
  return (
    `${people} 人の写真 ${pictures} 枚から、別人どうしの ${comparisons} 回の照合。${ja}` +
    '同じ人を含む照合は互いに独立でないため、上限は実際より小さいことがあります。 / ' +
    `${comparisons} comparisons of two different people, from ${pictures} pictures of ${people} people.${en} ` +
    'Comparisons that share a person are not independent, so the bounds may be too low.'
  );
}

/** Which false match rates a calibration supports, and from which similarity up. */
export function inWords({ people, pictures, points }: CalibrationFile): string {
  const { comparisons } = points[0];
  const lines = wantedRates.map((rate) => {
    const share = `${rate * 100} %`;
    if (!supports(comparisons, rate)) {
      const needed = Math.ceil(3 / rate).toLocaleString('en');
      return `  ${share}: 言えません（${needed} 回の照合が要ります）/ not supported: takes ${needed} comparisons`;
    }
    const point = points.find(({ upper95 }) => upper95 <= rate);
    return point
      ? `  ${share}: 類似度 ${point.similarity} 以上 / from a similarity of ${point.similarity}`
      : `  ${share}: どの類似度でもこれより多い / exceeded at every similarity`;
  });
  const lowest = `${Number((lowestSupported(comparisons) * 100).toPrecision(2))} %`;
  return (
    `人 ${people}、写真 ${pictures}、別人どうしの照合 ${comparisons} / ` +
    `persons ${people}, pictures ${pictures}, impostor comparisons ${comparisons}\n` +
    `誤一致率は ${lowest} まで言えます（3 の法則 3/${comparisons}）/ ` +
    `supports false match rates down to ${lowest} (rule of three)\n${lines.join('\n')}\n` +
    '同じ人を含む照合は独立でないため、人数が少ないほど控えめに読んでください。\n' +
    'Comparisons that share a person are not independent: the fewer the people, the less it says.\n'
  );
}
