import { type Button, buttons, type Output, outputs } from '../../../appliance/panel/lights/lines.js';
import { wiringOf } from '../../../appliance/panel/lights/wiring.js';
import { parseSettings } from '../../../appliance/settings/parse.js';
import { pinOf } from './header.js';

/** What is wired to a pin of the header. */
export type Part = {
  readonly kind: 'light' | 'buzzer' | 'button';
  /** The setting's name. */
  readonly setting: string;
  readonly ja: string;
  readonly en: string;
  /** The BCM number. */
  readonly line: number;
  readonly pin: number;
};

type Named = Pick<Part, 'kind' | 'ja' | 'en'>;

const outputNames: Readonly<Record<Output, Named>> = {
  led1: { kind: 'light', ja: '状態ランプ1（左端）', en: 'status light 1 (left)' },
  led2: { kind: 'light', ja: '状態ランプ2', en: 'status light 2' },
  led3: { kind: 'light', ja: '状態ランプ3', en: 'status light 3' },
  led4: { kind: 'light', ja: '状態ランプ4（右端）', en: 'status light 4 (right)' },
  camera: { kind: 'light', ja: 'カメラのランプ', en: 'camera light' },
  buzzer: { kind: 'buzzer', ja: 'ブザー', en: 'buzzer' },
};

const buttonNames: Readonly<Record<Button, Named>> = {
  yes: { kind: 'button', ja: 'ボタン「決定」', en: 'button 決定 (take)' },
  no: { kind: 'button', ja: 'ボタン「次へ」', en: 'button 次へ (next)' },
  cancel: { kind: 'button', ja: 'ボタン「中止」', en: 'button 中止 (stop)' },
};

/** All parts, wired as the box expects them where its settings say nothing. */
export function parts(): readonly Part[] {
  const wiring = wiringOf(parseSettings(new Uint8Array()).settings);
  const at = (line: number) => ({ line, pin: pinOf(line) });
  return [
    ...outputs.map((name) => ({
      setting: `lights.${name}`,
      ...outputNames[name],
      ...at(wiring.outputs[name]),
    })),
    ...buttons.map((name) => ({
      setting: `buttons.${name}`,
      ...buttonNames[name],
      ...at(wiring.buttons[name]),
    })),
  ];
}
