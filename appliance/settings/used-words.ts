import type { Bilingual } from '../protocol/language.js';
import { type Origin, wiring } from './in-force.js';
import type { SettingsRead } from './parse.js';
import { type SettingKey, settingKeys, valueOf } from './settings.js';

/** What is in force instead of an unusable file or table. */
export function allUsed(read: SettingsRead): Bilingual {
  const used = keepsLastGood(read)
    ? { ja: '前の正しい設定', en: 'The last good settings' }
    : { ja: '既定値', en: 'The defaults' };
  const safe = safestUsed(read);
  return safe === ''
    ? { ja: `今は${used.ja}を使っています。`, en: `${used.en} are used meanwhile.` }
    : {
        ja: `今は${used.ja}を、安全のため ${safe} として使っています。`,
        en: `${used.en} are used meanwhile, for safety with ${safe}.`,
      };
}

/** The settings that are stricter than written, with their values; empty without any. */
export function safestUsed(read: SettingsRead): string {
  return settingKeys
    .filter((key) => read.origins[key] === 'safest')
    .map((key) => `${key} = ${JSON.stringify(valueOf(read.settings, key))}`)
    .join(', ');
}

export function keepsLastGood({ origins }: SettingsRead): boolean {
  return Object.values(origins).includes('last-good');
}

const from: Record<Origin, Bilingual> = {
  file: { ja: 'このファイルの値', en: 'the value in this file' },
  'last-good': { ja: '前の正しい値', en: 'the last good value' },
  default: { ja: '既定値', en: 'the default' },
  safest: { ja: '安全な側の値', en: 'the safest value' },
};

/** What is in force instead of an invalid setting. */
export function usedWords(key: SettingKey, read: SettingsRead): Bilingual {
  if (wiring.has(key) && read.origins['panel.lights'] === 'safest') {
    return { ja: '今はランプとボタンを使っていません。', en: 'Lights and buttons are off meanwhile.' };
  }
  const used = inForceWords(key, read);
  return { ja: `今は${used.ja}を使っています。`, en: `Used meanwhile: ${used.en}.` };
}

function inForceWords(key: SettingKey, { settings, origins }: SettingsRead): Bilingual {
  if (key === 'visit.threshold' || key === 'visit.fmr') return barWords(settings.visit, origins[key]);
  if (key === 'model.recogniser' || key === 'model.pack' || key === 'model.calibration') {
    const bar = barWords(settings.visit, origins['visit.threshold']);
    const model = valueOf(settings, key);
    const shown =
      model === undefined ? { ja: '組み込みのもの', en: 'the built-in one' } : valued(model, origins[key]);
    return { ja: `${shown.ja}と${bar.ja}`, en: `${shown.en}, with ${bar.en}` };
  }
  return valued(valueOf(settings, key), origins[key]);
}

/** The threshold in force, set by score or by rate. */
function barWords({ threshold, fmr }: SettingsRead['settings']['visit'], origin: Origin): Bilingual {
  if (threshold !== undefined) return valued(threshold, origin, 'threshold = ');
  if (fmr !== undefined) return valued(fmr, origin, 'fmr = ');
  return { ja: '照合器の既定の基準', en: "the model's own threshold" };
}

function valued(value: unknown, origin: Origin, name = ''): Bilingual {
  const shown = `${name}${JSON.stringify(value)}`;
  return { ja: `${from[origin].ja} ${shown} `, en: `${from[origin].en}, ${shown}` };
}
