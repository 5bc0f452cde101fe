import { header, type Pin } from './header.js';
import { type Part, parts } from './parts.js';
import { drawing, element, text, wire } from './svg.js';

/** A4, upright, in millimetres. */
const [width, height] = [210, 297];
/** The first row of pins, and the distance between two rows. */
const [top, pitch] = [45, 10.9];
/** The middles of the two columns of pins. */
const columns = { odd: 98, even: 112 };
const middle = (columns.odd + columns.even) / 2;

/** How far from its pin each thing lies. */
const reach = { start: 4.2, node: 15, first: 16, second: 26, end: 37, label: 42 };

/** Where a pin lies, and which way its wire leads: -1 to the left, 1 to the right. */
function placeOf(pin: number): { readonly x: number; readonly y: number; readonly way: -1 | 1 } {
  const even = pin % 2 === 0;
  const row = Math.ceil(pin / 2) - 1;
  return { x: even ? columns.even : columns.odd, y: top + row * pitch, way: even ? 1 : -1 };
}

/** The header with all that is wired to it. */
export function wiringDrawing(): string {
  const wired = parts();
  return drawing(width, height, '照らしの配線 / The wiring of Terashi', [
    ...headings,
    ...board(),
    ...header.map((pin, index) => drawPin(pin, index + 1, wired)),
    ...wired.map(drawPart),
    ...notes,
  ]);
}

const headings = [
  text(12, 17, '照らしの配線', 6, { 'font-weight': 'bold' }),
  text(56, 17, 'The wiring of Terashi', 4.2),
  text(12, 24, '40本の端子を上から見たところ。電源を抜いてから配線します。実物では未確認です。', 3.2),
  text(12, 29, 'The 40-pin header seen from above. Unplug the power first. Not tried on a real board.', 3.2),
];

function board(): string[] {
  const bottom = top + 19 * pitch;
  const outline = { fill: '#f2f2f2', stroke: '#000', 'stroke-width': 0.5, rx: 2 };
  const box = { x: columns.odd - 7, y: top - 6, width: columns.even - columns.odd + 14 };
  const centred = { 'text-anchor': 'middle' };
  return [
    element('rect', { ...box, height: bottom - top + 12, ...outline }),
    text(middle, top - 8, 'SDカードの側 / the card’s end', 2.8, centred),
    text(middle, bottom + 10.5, 'USBの口の側 / the USB ports’ end', 2.8, centred),
  ];
}

const fills: Readonly<Record<Extract<Pin, string>, string>> = {
  ground: '#000',
  '3.3 V': '#fff',
  '5 V': '#888',
};
const names: Readonly<Record<Extract<Pin, string>, string>> = {
  ground: 'GND',
  '3.3 V': '3.3 V',
  '5 V': '5 V ×',
};

function drawPin(pin: Pin, number: number, wired: readonly Part[]): string {
  const { x, y, way } = placeOf(number);
  const used = wired.some((part) => part.pin === number);
  const fill = typeof pin === 'string' ? fills[pin] : '#fff';
  const look = { fill, stroke: '#000', 'stroke-width': used ? 0.9 : 0.3 };
  // Pin 1 has a square pad.
  const shape =
    number === 1
      ? element('rect', { x: x - 3.2, y: y - 3.2, width: 6.4, height: 6.4, ...look })
      : element('circle', { cx: x, cy: y, r: 3.4, ...look });
  const colour = pin === 'ground' || pin === '5 V' ? '#fff' : '#000';
  const digits = text(x, y + 1.1, String(number), 3.1, { 'text-anchor': 'middle', fill: colour });
  return [shape, digits, ...(typeof pin === 'string' ? [voltage(x, y, way, names[pin])] : [])].join('');
}

function voltage(x: number, y: number, way: number, name: string): string {
  return text(x + way * 9, y + 1, name, 2.8, { 'text-anchor': way < 0 ? 'end' : 'start' });
}

function drawPart(part: Part): string {
  const { x, y, way } = placeOf(part.pin);
  const at = (distance: number) => x + way * distance;
  const lead = (from: number, to: number) =>
    wire([
      [at(from), y],
      [at(to), y],
    ]);
  const symbols = {
    light: () => [
      lead(reach.start, reach.first - 4),
      resistor(at(reach.first), y),
      lead(reach.first + 4, reach.second - 2),
      diode(at(reach.second), y, way),
      lead(reach.second + 2, reach.end),
    ],
    buzzer: () => [
      lead(reach.start, reach.second - 3.2),
      sounder(at(reach.second), y, way),
      lead(reach.second + 3.2, reach.end),
    ],
    button: () => [
      lead(reach.start, reach.second - 5),
      pullUp(at(reach.node), y),
      contact(at(reach.second), y, way),
      lead(reach.second + 5, reach.end),
    ],
  };
  return [...symbols[part.kind](), ground(at(reach.end), y), ...label(at(reach.label), y, way, part)].join(
    '',
  );
}

function label(x: number, y: number, way: number, { ja, en, setting, line }: Part): string[] {
  const side = { 'text-anchor': way < 0 ? 'end' : 'start' };
  return [
    text(x, y - 1.8, ja, 3.2, { ...side, 'font-weight': 'bold' }),
    text(x, y + 1.4, en, 2.7, side),
    text(x, y + 4.4, `${setting} · BCM ${line}`, 2.3, side),
  ];
}

const solid = { stroke: '#000', 'stroke-width': 0.4 };

function resistor(x: number, y: number): string {
  return element('rect', { x: x - 4, y: y - 1.3, width: 8, height: 2.6, fill: '#fff', ...solid });
}

/** A light-emitting diode; its triangle points away from the pin, to ground. */
function diode(x: number, y: number, way: number): string {
  const triangle = `${x - way * 2},${y - 2} ${x - way * 2},${y + 2} ${x + way * 2},${y}`;
  const ray = (shift: number) =>
    wire([
      [x + shift, y - 2.2],
      [x + shift + 1.3, y - 3.8],
    ]);
  return [
    element('polygon', { points: triangle, fill: '#000' }),
    wire([
      [x + way * 2, y - 2],
      [x + way * 2, y + 2],
    ]),
    ray(-1),
    ray(0.6),
  ].join('');
}

function sounder(x: number, y: number, way: number): string {
  return [
    element('circle', { cx: x, cy: y, r: 3.2, fill: '#fff', ...solid }),
    text(x - way * 1.7, y + 1, '+', 2.8, { 'text-anchor': 'middle' }),
    text(x + way * 1.7, y + 1, '−', 2.8, { 'text-anchor': 'middle' }),
  ].join('');
}

/** A push button that is open until it is pressed. */
function contact(x: number, y: number, way: number): string {
  const end = (distance: number) =>
    element('circle', { cx: x + way * distance, cy: y, r: 0.7, fill: '#fff', ...solid });
  return [
    wire([
      [x - 5, y - 2.2],
      [x + 5, y - 2.2],
    ]),
    wire([
      [x, y - 2.2],
      [x, y - 3.6],
    ]),
    end(-4.3),
    end(4.3),
  ].join('');
}

function pullUp(x: number, y: number): string {
  return [
    element('circle', { cx: x, cy: y, r: 0.7 }),
    wire([
      [x, y],
      [x, y - 1.4],
    ]),
    element('rect', { x: x - 1, y: y - 4.6, width: 2, height: 3.2, fill: '#fff', ...solid }),
    wire([
      [x, y - 4.6],
      [x, y - 5.4],
    ]),
    text(x - 1.6, y - 5, '3.3 V', 1.9, { 'text-anchor': 'end' }),
    text(x - 1.6, y - 2.4, '10 kΩ', 1.9, { 'text-anchor': 'end' }),
  ].join('');
}

function ground(x: number, y: number): string {
  const bar = (drop: number, half: number) =>
    wire([
      [x - half, y + drop],
      [x + half, y + drop],
    ]);
  return [
    wire([
      [x, y],
      [x, y + 1.6],
    ]),
    bar(1.6, 2),
    bar(2.3, 1.3),
    bar(3, 0.6),
  ].join('');
}

const noteLines = [
  'ランプ: 端子 → 抵抗（330Ωから1kΩ、1つに1本）→ LEDの長い足 → 短い足 → アース（GND、どの番号でも）',
  'Light: pin → resistor (330 Ω to 1 kΩ, one each) → the LED’s long leg → short leg → ground (any GND pin)',
  'ボタン: 端子 → ボタン → アース。端子と3.3V（1番か17番）の間に10kΩを1本ずつ',
  'Button: pin → button → ground, and 10 kΩ from the pin to 3.3 V (pin 1 or 17), one for each button',
  'ブザー: 自励式、3.3V、8mAまで。それより多く流れるものはトランジスターを通します',
  'Buzzer: active, 3.3 V, at most 8 mA; one that takes more needs a transistor',
  '× の端子（5V）には、何もつながないでください。 Connect nothing to the pins marked × (5 V).',
];

const notes = noteLines.map((line, index) => text(12, 268 + index * 4.2, line, 2.9));
