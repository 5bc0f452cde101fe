import { encodeQR } from 'qr';

import type { Box } from './boxes.js';

/** The image that the boxes get: its file's name, and its SHA-256 in hexadecimal. */
export type LabelledImage = { readonly name: string; readonly sha256: string };

type Labelled = Pick<Box, 'name' | 'serial'>;

/** What a label says, line by line; its QR code says the same. */
export function labelLines({ name, serial }: Labelled, { name: image, sha256 }: LabelledImage): string[] {
  return [
    '照らし Terashi',
    name,
    ...(serial === undefined ? [] : [`製造番号 Serial: ${serial}`]),
    image,
    `SHA-256: ${sha256}`,
  ];
}

/** A QR code (ISO/IEC 18004) in SVG with its quiet zone. Its level M survives 15 % of dirt or wear. */
export function labelCode(lines: readonly string[]): string {
  return encodeQR(lines.join('\n'), 'svg', { ecc: 'medium', border: 4 });
}

/** The path of a box's QR code beside the page of labels. */
export const codeFile = ({ name }: Labelled): string => `labels/${name}.svg`;

const style = `
  @page { size: A4; margin: 10mm }
  body { margin: 0; font: 9pt/1.3 sans-serif }
  main { display: grid; grid-template-columns: 95mm 95mm }
  figure { box-sizing: border-box; display: flex; gap: 2mm; height: 55mm; margin: 0; padding: 3mm; border: 0.2mm dashed #999;
    break-inside: avoid; overflow: hidden }
  img { flex: none; width: 46mm; height: 46mm }
  figcaption { overflow-wrap: anywhere }
  p { margin: 0 0 1mm }
  p:nth-child(2) { font-size: 12pt; font-weight: bold }
  p:last-child { font: 6pt/1.2 monospace }`;

/** A page of labels to print on A4, ten a sheet, and to cut out. */
export function labelsPage(boxes: readonly Box[], image: LabelledImage): string {
  const labels = boxes.map((box) => {
    const said = labelLines(box, image).map((line) => `<p>${escaped(line)}</p>`);
    const code = `labels/${encodeURIComponent(box.name)}.svg`;
    return `<figure><img src="${code}" alt=""><figcaption>${said.join('')}</figcaption></figure>`;
  });
  return `<!DOCTYPE html>
<html lang="ja">
<meta charset="utf-8">
<title>照らし：ラベル / Terashi: labels</title>
<style>${style}
</style>
<main>
${labels.join('\n')}
</main>
</html>
`;
}

/** The labels in plain text, with a blank line between two. */
export function labelsText(boxes: readonly Box[], image: LabelledImage): string {
  return `${boxes.map((box) => labelLines(box, image).join('\n')).join('\n\n')}\n`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
