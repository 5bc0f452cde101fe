import type { PanelSettings, Wiring } from '../../protocol/lights.js';
import type { Settings } from '../../settings/settings.js';

export function wiringOf({ lights, buttons }: Pick<Settings, 'lights' | 'buttons'>): Wiring {
  const { chip, required: _, 'active-low': activeLow, ...outputs } = lights;
  return { chip, outputs, activeLow, buttons };
}

/** What the panels are told of the settings in force. */
export function panelSettingsOf(settings: Pick<Settings, 'panel' | 'lights' | 'buttons'>): PanelSettings {
  const { screen, lights } = settings.panel;
  return { screen: screen !== 'none', lights: lights !== 'off', wiring: wiringOf(settings) };
}
