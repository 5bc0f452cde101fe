import {
  type CalibratedStratum,
  type CalibrationFile,
  type Strangers,
  strangers,
} from '../../appliance/calibration/calibration.js';
import {
  counterGroup,
  fewestOfGroup,
  fewOfCounterGroup,
  hardestStrangers,
} from '../../appliance/calibration/hardest.js';
import { type Appearance, appearanceWords } from '../experiment/appearance.js';
import { adviseThreshold, wantedRate } from './advice.js';

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
    '同じ人を含む照合は互いに独立でないため、上限は人数から求めています。 / ' +
    `${comparisons} comparisons of two different people, from ${pictures} pictures of ${people} people.${en} ` +
    'Comparisons that share a person are not independent, so the bounds go by the number of people.'
  );
}

const names: Readonly<Record<Strangers, { ja: string; en: string }>> = {
  any: { ja: '別人', en: 'any strangers' },
  sameGender: { ja: '性別が同じ別人', en: 'strangers of the same gender' },
  alike: {
    ja: '性別と出自が同じで年の近い別人',
    en: 'strangers of the same gender and group, and about the same age',
  },
};

/** What a calibration can tell of each stratum, which threshold follows, and what it cannot tell. */
export function inWords(calibration: CalibrationFile): string {
  const { strata } = calibration;
  const { among, stratum } = hardestStrangers(calibration);
  const lines = strangers.options.flatMap((name) => {
    const stratum = strata[name];
    return stratum ? told(name, stratum) : untold(name);
  });
  return `${[...lines, ...advised(among, stratum), ...few(stratum)].join('\n')}\n`;
}

function told(name: Strangers, { people, comparisons, independent, points }: CalibratedStratum): string[] {
  const { ja, en } = names[name];
  const { similarity, falseMatches, upper95 } = points.at(-1)!;
  const lowest = percent(upper95);
  return [
    `${ja} / ${en}`,
    `  人 ${people}、照合 ${comparisons}（独立な ${independent} 回ぶん） / persons ${people}, comparisons ${comparisons}, worth ${independent}`,
    `  言える誤一致率は ${lowest} まで（類似度 ${similarity} 以上、${falseMatches} 回） / ` +
      `supports false match rates down to ${lowest}, from a similarity of ${similarity} with ${falseMatches} seen`,
  ];
}

function untold(name: Strangers): string[] {
  const { ja, en } = names[name];
  return [
    `${ja} / ${en}`,
    '  言えません。--people で一人一行の表を渡すか、当てはまる人を増やしてください',
    '  not told: give a table of the persons (--people), or add persons who are so',
  ];
}

function advised(among: Strangers, { points }: CalibratedStratum): string[] {
  const { threshold, upper95, supported } = adviseThreshold(points);
  const { ja, en } = names[among];
  return [
    `基準の目安 / threshold advised: ${threshold}`,
    supported
      ? `  ${ja}の誤一致率が ${percent(wantedRate)} 以下 / at most ${percent(wantedRate)} among ${en}`
      : `  ${percent(wantedRate)} とまでは言えず、言えるのは${ja}の ${percent(upper95)} まで / ` +
        `${percent(wantedRate)} is not supported: the nearest is ${percent(upper95)} among ${en}`,
  ];
}

function few(stratum: CalibratedStratum): string[] {
  if (!fewOfCounterGroup(stratum)) return [];
  return [
    `${counterGroup} が ${fewestOfGroup} 人に足りず、画面にもそう出ます / ` +
      `fewer than ${fewestOfGroup} persons are ${counterGroup}, and the screen will say so`,
  ];
}

/** Two significant digits, rounded up, so as not to overstate. */
function percent(share: number): string {
  const step = 10 ** (Math.floor(Math.log10(share * 100)) - 1);
  return `${Number((Math.ceil(Number(((share * 100) / step).toFixed(6))) * step).toPrecision(2))} %`;
}
