import type { SettingKey } from './settings.js';

/** One text in both languages. */
export type Words = { readonly ja: string; readonly en: string };

const pin: Words = {
  ja: '2から27までのBCM番号（chip に名前を書いたときは0から511まで）',
  en: 'a BCM number from 2 to 27 (0 to 511 where chip has a name)',
};
const yesOrNo: Words = { ja: 'true か false', en: 'true or false' };

/** What each setting can be. */
export const allowed: Record<SettingKey, Words> = {
  'place.municipality': { ja: '40文字までの文字', en: 'text of at most 40 characters' },
  'place.counter': { ja: '40文字までの文字', en: 'text of at most 40 characters' },
  'place.language': { ja: '"ja"（日本語）か "en"（英語）', en: '"ja" or "en"' },
  'visit.policy': { ja: '"always" か "in-doubt"', en: '"always" or "in-doubt"' },
  'visit.way': { ja: '"card" か "form"', en: '"card" or "form"' },
  'visit.threshold': {
    ja: '0より大きく1までの数（fmr と同時には書けません）',
    en: 'a number above 0, at most 1, and not beside fmr',
  },
  'visit.fmr': {
    ja: '0.000001から0.02までの数（threshold と同時には書けません）',
    en: 'a number from 0.000001 to 0.02, and not beside threshold',
  },
  'visit.liveness': { ja: '"off" か "advisory" か "required"', en: '"off", "advisory" or "required"' },
  'devices.scanner': { ja: '"auto" か読み取り機の名前', en: '"auto" or the name of a scanner' },
  'devices.camera': { ja: '"auto" かカメラの名前', en: '"auto" or the name of a camera' },
  'devices.resolution': { ja: '300から600までの整数', en: 'a whole number from 300 to 600' },
  'model.pack': { ja: '照合器のパックのフォルダ', en: 'the folder of a model pack' },
  'model.calibration': { ja: '較正ファイルの場所', en: 'the path of a calibration file' },
  'time.key': { ja: '30から600までの整数（秒）', en: 'a whole number of seconds from 30 to 600' },
  'time.scan': { ja: '20から300までの整数（秒）', en: 'a whole number of seconds from 20 to 300' },
  'time.photograph': { ja: '20から300までの整数（秒）', en: 'a whole number of seconds from 20 to 300' },
  'panel.screen': { ja: '"auto" か "none"', en: '"auto" or "none"' },
  'panel.lights': { ja: '"auto" か "off"', en: '"auto" or "off"' },
  'lights.chip': { ja: '"auto" かGPIOチップの名前', en: '"auto" or the label of a GPIO chip' },
  'lights.led1': pin,
  'lights.led2': pin,
  'lights.led3': pin,
  'lights.led4': pin,
  'lights.camera': pin,
  'lights.buzzer': pin,
  'lights.required': yesOrNo,
  'lights.active-low': yesOrNo,
  'buttons.yes': pin,
  'buttons.no': pin,
  'buttons.cancel': pin,
};
