/** The attributes of an SVG element. Lengths are millimetres on paper. */
type Attributes = Readonly<Record<string, string | number>>;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** An SVG element; its content is SVG already. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escaped(value)}"`,
  );
  return `<${name}${written.join('')}${content === '' ? '/>' : `>${content}</${name}>`}`;
}

/** Hundredths of a millimetre, so that every computer writes the same digits. */
function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A line of text; `size` is the height of its letters' box in millimetres. */
export function text(x: number, y: number, content: string, size = 3.2, attributes: Attributes = {}): string {
  return element('text', { x, y, 'font-size': size, ...attributes }, escaped(content));
}

/** A line through the points, as a wire. */
export function wire(
  points: readonly (readonly [x: number, y: number])[],
  attributes: Attributes = {},
): string {
  const path = points.map(([x, y]) => `${rounded(x)},${rounded(y)}`).join(' ');
  return element('polyline', {
    points: path,
    fill: 'none',
    stroke: '#000',
    'stroke-width': 0.4,
    ...attributes,
  });
}

/** A whole drawing, as a file to print at its size. */
export function drawing(width: number, height: number, title: string, content: readonly string[]): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width: `${width}mm`,
    height: `${height}mm`,
    viewBox: `0 0 ${width} ${height}`,
    'font-family': "'Noto Sans CJK JP', 'Noto Sans JP', Meiryo, 'Hiragino Sans', VL-PGothic, sans-serif",
    lang: 'ja',
  };
  const paper = element('rect', { width, height, fill: '#fff' });
  return `${element('svg', attributes, `\n${[element('title', {}, escaped(title)), paper, ...content].join('\n')}\n`)}\n`;
}
