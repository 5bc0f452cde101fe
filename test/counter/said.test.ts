import assert from 'node:assert/strict';

import { draw, smallest } from '../../appliance/panel/screen/draw.js';
import { textOf } from '../../appliance/panel/screen/line.js';
import type { Scene } from '../../appliance/panel/view.js';
import { type Language, language as languages } from '../../appliance/protocol/language.js';
import type { Input } from '../../appliance/counter/context.js';
import { everyWay, type Facts } from './ways.js';

type Rule = {
  readonly says: string;
  /** What the screen says, without spaces and line breaks. */
  readonly text: Readonly<Record<Language, RegExp>>;
  /** Whether that is so. */
  readonly holds: (facts: Facts, scene: Scene) => boolean;
};

const is =
  (...names: Scene['name'][]) =>
  (_: Facts, { name }: Scene) =>
    names.includes(name);

/** No text may say this unless it is so. */
const onlyIf: readonly Rule[] = [
  {
    says: 'pictures were erased',
    text: { ja: /消しました/, en: /erased\(/ },
    holds: ({ erased, pictures, recorded }) => erased && pictures && recorded,
  },
  {
    says: 'the check is ending, and erases what pictures there are',
    text: { ja: /写真と顔の情報があれば消し/, en: /Anypicturesandfacedataareerased,/ },
    holds: ({ recorded }, scene) => scene.name === 'erasing' && !recorded,
  },
  {
    says: 'no picture was taken',
    text: { ja: /写真は撮っていません/, en: /Nopicturewastaken/ },
    holds: ({ pictures }) => !pictures,
  },
  {
    says: 'no picture is left',
    text: { ja: /写真は残っていません/, en: /Nopictureisleft/ },
    holds: ({ erased }) => erased,
  },
  {
    says: 'it cannot be made sure that the pictures are gone',
    text: { ja: /消えたことを確かめられません/, en: /couldnotbemadesurethatthepicturesaregone/ },
    holds: ({ erased, report }) => !erased && report?.fault === 'erasure-unproven',
  },
  {
    says: 'the machine mends or looks by itself',
    text: { ja: /自動で確かめます/, en: /looksagainbyitself/ },
    holds: ({ erased }) => erased,
  },
  {
    says: 'the threshold was reached',
    text: { ja: /基準に達しました/, en: /Thresholdreached/ },
    holds: ({ compared }) => compared === 'above',
  },
  {
    says: 'the threshold was not reached',
    text: { ja: /基準に届(かず|きません)/, en: /Underthethreshold/ },
    holds: ({ compared }) => compared === 'below',
  },
  {
    says: 'something of the threshold',
    text: { ja: /基準/, en: /[Tt]hreshold/ },
    holds: ({ compared }, scene) => compared !== undefined && scene.name === 'result',
  },
  {
    says: 'how many strangers reach this value',
    text: { ja: /別人[\d,]+人のうち|別人でも/, en: /strangers?/ },
    holds: ({ compared }) => compared === 'above',
  },
  {
    says: 'it could not be compared',
    text: { ja: /比べられませんでした/, en: /[Cc]ouldnotbecompared/ },
    holds: ({ compared }, scene) => compared === undefined && scene.name === 'not-comparable',
  },
  {
    says: 'the machine could not confirm it',
    text: {
      ja: /機械では?確認できません|お写真との確認ができません/,
      en: /machinecouldnotconfirm|couldnotconfirm/,
    },
    holds: ({ compared }) => compared !== 'above',
  },
  {
    says: 'it can be handed over as the machine has it',
    text: {
      ja: /交付できます|このままでは交付できません/,
      en: /[Mm]aybehandedover|cannotbehandedoverlikethis/,
    },
    holds: () => false,
  },
  {
    says: 'the visitor moved as asked',
    text: { ja: /お願いしたとおりに動き/, en: /movedasasked/ },
    holds: ({ liveness }) => liveness === 'passed',
  },
  {
    says: 'a photo or a screen may be shown',
    text: { ja: /写真や画面を見せているおそれ/, en: /maybeaphotoorascreen/ },
    holds: ({ liveness }) => liveness === 'failed',
  },
  {
    says: 'the challenge had no result',
    text: { ja: /(動きかどうか|動き)を?、?確かめられませんでした/, en: /couldnotbechecked/ },
    holds: ({ liveness }) => liveness !== 'passed' && liveness !== 'failed',
  },
  {
    says: 'the visitor did not agree',
    text: { ja: /同意が得られませんでした/, en: /visitordidnotagree/ },
    holds: ({ agreed }) => agreed === false,
  },
  {
    says: 'the clerk decided not to hand it over',
    text: { ja: /職員の判断で、交付を見合わせる/, en: /clerkdecidedtoputoff/ },
    holds: ({ last }, scene) => scene.name === 'explain' && last === 'do-not-hand-over',
  },
  {
    says: 'decide with a superior',
    text: { ja: /上司と相談して/, en: /Decidewiththesuperior/ },
    holds: ({ superiorAsked }) => superiorAsked,
  },
  {
    says: 'the check is finished',
    text: { ja: /この確認は終わりました/, en: /Thischeckisfinished/ },
    holds: ({ report }) => report?.because === 'decided',
  },
  {
    says: 'it was stopped half-way',
    text: { ja: /途中で、取りやめました/, en: /Itwasstopped\./ },
    holds: ({ report }) => report?.because === 'cancelled' && report.outcome === 'cancelled',
  },
  {
    says: 'it did not go on in time',
    text: { ja: /時間内に先へ進まなかった/, en: /didnotgooninTime|didnotgoonintime/ },
    holds: ({ report }) => report?.because === 'timed-out' && report.outcome === 'cancelled',
  },
  {
    says: 'something went wrong in the machine',
    text: { ja: /不具合のため、取りやめました/, en: /somethingwentwrong/ },
    holds: ({ report }) => report?.because === 'fault' && report.fault !== undefined,
  },
  {
    says: 'a record has a number',
    text: { ja: /記録番号/, en: /Record2026|recordnumber/ },
    holds: ({ recorded }) => recorded,
  },
  {
    says: 'no photograph is left',
    text: { ja: /撮り直し(は|も読み取り直しも)、もうできません/, en: /Nophotograph(andnoscan)?isleft/ },
    holds: ({ photographs }) => photographs === limits.photographs,
  },
  {
    says: 'no scan is left',
    text: { ja: /読み取り直し[はも]、もうできません/, en: /[Nn]oscanisleft/ },
    holds: ({ scans }) => scans === limits.scans,
  },
  {
    says: 'to photograph or to scan again',
    text: { ja: /撮り直せます|読み取り直せます/, en: /,(photograph|scan)again/ },
    holds: ({ photographs, scans }) => photographs < limits.photographs || scans < limits.scans,
  },
  {
    says: 'the second photograph',
    text: { ja: /2回目の撮影/, en: /Secondphotograph/ },
    holds: ({ photographs }, { name }) => photographs === (name === 'photographing' ? 1 : 2),
  },
  {
    says: 'what is read is a card',
    text: {
      ja: /マイナンバーカード|カードの券面の写真/,
      en: /yourIndividualNumberCard|photoonthecardandtheface/,
    },
    holds: ({ way }) => way === 'card',
  },
  {
    says: 'what is read is a form',
    text: { ja: /、申請書の写真と|^申請書を|申請書の写真と、撮影/, en: /photoontheform/ },
    holds: ({ way }) => way === 'form',
  },
  {
    says: 'faces are compared in doubt only',
    text: { ja: /疑義があるときに/, en: /whenthereisdoubt/ },
    holds: ({ policy }) => policy === 'in-doubt',
  },
  {
    says: 'whoever is photographed next',
    text: { ja: /撮影します/, en: /isphotographednext/ },
    holds: ({ agreed }, scene) => agreed === true && scene.name === 'before-photograph',
  },
];

/** Where this is so, the screen has to say it. */
const always: readonly Rule[] = [
  {
    says: 'which pictures were erased, or that there are none',
    text: { ja: /消しました|写真は撮っていません/, en: /erased\(|Nopicturewastaken/ },
    holds: is('erased'),
  },
  {
    says: 'the number of the record, and that the visitor may have it',
    text: { ja: /記録番号2026-0417.*お渡し/, en: /Record2026-0417.*recordnumber/ },
    holds: is('erased'),
  },
  {
    says: 'that a record stays, that the visitor may decline, and what follows, before it asks',
    text: {
      ja: /記録は残ります。.*お断りになれます。その場合は、.*よろしいですか/,
      en: /recordstays.*maydecline\.Inthatcase:.*Doyouagree/,
    },
    holds: is('notice'),
  },
  {
    says: 'what the visitor is told where nothing can be compared',
    text: {
      ja: /目視とほかの書類で確かめ、.*上司.*別の方法で確認/,
      en: /byeyeandbyotherpapers.*superior.*checkinanotherway/,
    },
    holds: is('not-comparable'),
  },
  {
    says: 'the lowest of several scores, and how many there were',
    text: { ja: /[2-9]回比べ、最も低い類似度は0\.(31|45)/, en: /Compared[2-9]times;thelowestwas0\.(31|45)/ },
    holds: ({ scores }, { name }) => name === 'result' && scores.length > 1,
  },
  {
    says: 'that the chance is that of all comparisons',
    text: { ja: /（[2-9]回のうちに）/, en: /\(Inanyof[2-9]tries\.\)/ },
    holds: ({ compared, scores }, { name }) => name === 'result' && compared === 'above' && scores.length > 1,
  },
  {
    says: 'that the decision is a person’s',
    text: { ja: /お決めください/, en: /[Dd]ecide/ },
    holds: is('result'),
  },
  {
    says: 'that a low number does not prove another person',
    text: { ja: /本人でないと決まったわけではありません/, en: /doesnotprovethat/ },
    holds: ({ compared, last }, { name }) =>
      (name === 'result' && compared === 'below') || (name === 'explain' && last === 'do-not-hand-over'),
  },
  {
    says: 'how the counter goes on while the machine cannot be used',
    text: { ja: /その間の受付の進め方/, en: /howtogoonatthecounter/ },
    holds: is('unavailable'),
  },
];

/** The fewest with which each can be taken again. */
const limits = { photographs: 2, scans: 2 };

/** Each way of issue, policy and mode of a challenge once. */
const inputs: readonly Input[] = [
  { way: 'card', policy: 'always', liveness: 'advisory', limits },
  { way: 'form', policy: 'in-doubt', liveness: 'required', limits },
];

describe('what the screen says', function () {
  this.timeout(120_000);

  const wrong: string[] = [];
  const met = new Set<string>();

  before(async () => {
    for (const input of inputs)
      await everyWay(input, (visit, facts) => {
        const view = visit.view();
        for (const language of languages.options) {
          const said = draw({ ...view, language }, smallest)
            .map(textOf)
            .slice(1)
            .join('')
            .replace(/[\s│]/g, '');
          judge(said, language, facts, view.scene);
        }
      });
  });

  function judge(said: string, language: Language, facts: Facts, scene: Scene): void {
    const where = () =>
      `${language} ${scene.name} ${JSON.stringify({ ...facts, report: facts.report?.outcome })}`;
    for (const { says, text, holds } of onlyIf) {
      if (!text[language].test(said)) continue;
      met.add(`${language} ${says}`);
      if (!holds(facts, scene)) wrong.push(`${says}, and it is not so: ${where()}`);
    }
    for (const { says, text, holds } of always) {
      if (!holds(facts, scene)) continue;
      met.add(`${language} ${says}`);
      if (!text[language].test(said)) wrong.push(`does not say ${says}: ${where()}: ${said}`);
    }
  }

  it('is so, by whatever way a scene is reached, in every language', () => {
    assert.deepEqual(wrong.slice(0, 5), []);
  });

  it('is looked at with every rule but those of what must never be said', () => {
    const never = ['the machine could not confirm it', 'it can be handed over as the machine has it'];
    const rules = [...onlyIf, ...always].map(({ says }) => says).filter((says) => !never.includes(says));
    for (const language of languages.options)
      assert.deepEqual(
        rules.filter((says) => !met.has(`${language} ${says}`)),
        [],
        language,
      );
  });
});
