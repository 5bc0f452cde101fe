import type { Picture } from './news.js';

/** Whether a picture can be compared. A blocking finding makes it unusable, whatever else was reported of it. */
export function isUsable(picture: Picture | undefined): boolean {
  return picture?.usable === true && !picture.findings.some(({ blocking }) => blocking);
}
