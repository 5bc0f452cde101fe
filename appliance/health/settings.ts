import { type Checked, warning, well } from './check.js';

/** The settings in force. */
export type SettingsState = {
  readonly problems: number;
  /** Line of the first problem; undefined if the whole file is the problem. */
  readonly line: number | undefined;
  /** Whether a valid file is saved as a fallback. */
  readonly kept: boolean;
};

/** Checks that the settings are those of the file, and that there is a fallback should it be damaged later. */
export function checkSettings({ problems, line, kept }: SettingsState): Checked {
  if (problems > 0)
    return warning('settings', 'settings-wrong', { problems, ...(line === undefined ? {} : { line }) });
  return kept ? well('settings') : warning('settings', 'settings-not-kept');
}
