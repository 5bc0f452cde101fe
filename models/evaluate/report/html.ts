/** English beside the Japanese, if there is any. */
export function en(words: string): string {
  return words === '' ? '' : `<span lang="en">${words}</span>`;
}

/** Text that may hold anything, for HTML and SVG, in quotation marks too. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A heading of a column, Japanese first. */
export function columnHead(ja: string, english: string): string {
  return `<th scope="col">${ja} ${en(english)}</th>`;
}

/** A cell that heads its row. */
export function rowHead(ja: string, english: string): string {
  return `<th scope="row">${ja} ${en(english)}</th>`;
}

export function cells(values: readonly string[]): string {
  return values.map((value) => `<td>${value}</td>`).join('');
}
