import { type Checked, warning, well } from './check.js';

/** What is known of the settings that are in force. */
export type SettingsKnown = {
  readonly problems: number;
  /** Where the first of them is; undefined where it is the file as a whole. */
  readonly line: number | undefined;
  /** Whether a file that is good is kept, to stand in for it later. */
  readonly kept: boolean;
};

/** Whether the settings are those that the file asks for, and will be after a file that is spoiled. */
export function checkSettings({ problems, line, kept }: SettingsKnown): Checked {
  if (problems > 0)
    return warning('settings', 'settings-wrong', { problems, ...(line === undefined ? {} : { line }) });
  return kept ? well('settings') : warning('settings', 'settings-not-kept');
}
