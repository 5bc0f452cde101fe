import { type Checked, warning, well } from './check.js';

/** The settings in force. */
export type SettingsState = {
  readonly problems: number;
  /** Line of the first problem; undefined if the whole file is the problem. */
  readonly line: number | undefined;
  /** Whether a valid file is saved as a fallback. */
  readonly kept: boolean;
  /** Whether the screen can draw every name that it shows. */
  readonly drawable: boolean;
};

/**
 * Checks that the settings are those of the file, that there is a fallback should it be damaged later, and that the
 * screen can show them.
 */
export function checkSettings({ problems, line, kept, drawable }: SettingsState): Checked {
  if (problems > 0)
    return warning('settings', 'settings-wrong', { problems, ...(line === undefined ? {} : { line }) });
  if (!kept) return warning('settings', 'settings-not-kept');
  return drawable ? well('settings') : warning('settings', 'name-undrawable');
}
