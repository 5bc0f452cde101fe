import { type Camera, cameras, goodDistance, heightTolerance } from './distance.js';
import { drawing, element, text, wire } from './svg.js';

/** A4, upright, in millimetres. */
const [width, height] = [210, 297];
/** One to ten: millimetres on paper for a metre. */
const metre = 100;
/** In metres. The camera's lens and the visitor's eyes are equally high. */
const [eyes, away, counterHeight] = [1.5, 0.7, 0.75];
/** Where the lens and the floor lie on paper. */
const lens = { x: 40, y: 66 };
const floor = lens.y + eyes * metre;
const face = lens.x + away * metre;
/** The camera that the view is drawn for. */
const [drawn] = cameras;

/** The side view of a counter with camera and visitor, and how far each camera may be from the face. */
export function mountDrawing(): string {
  return drawing(width, height, 'カメラの取り付け / The mount of the camera', [
    ...view(),
    ...headings,
    ...counter(),
    ...mount(),
    ...visitor(),
    ...dimensions(),
    ...cameras.flatMap(range),
    ...front(),
  ]);
}

const headings = [
  text(12, 17, 'カメラの取り付け', 6, { 'font-weight': 'bold' }),
  text(68, 17, 'The mount of the camera', 4.2),
  text(12, 24, '横から見たところ、10分の1。距離は計算で、実物では未確認です。', 3.2),
  text(12, 29, 'From the side, one to ten. The distances are calculated, and were not tried.', 3.2),
  text(
    12,
    34,
    'レンズは来庁者の目の高さ。違いは20cmまで。 / The lens at the visitor’s eyes, at most 20 cm off.',
    3.2,
  ),
];

const grey = { stroke: '#888', 'stroke-width': 0.25 };
const dashed = { ...grey, 'stroke-dasharray': '1.5 1' };

/** What the camera sees, and the middle of it, where the face should be. */
function view(): string[] {
  const far = goodDistance(drawn.angle).most;
  const half = Math.tan((drawn.angle * Math.PI) / 360) * far * metre;
  const end = lens.x + far * metre;
  return [
    element('polygon', {
      points: `${lens.x},${lens.y} ${end},${lens.y - half} ${end},${lens.y + half}`,
      fill: '#f2f2f2',
    }),
    wire(
      [
        [lens.x, lens.y],
        [end, lens.y],
      ],
      dashed,
    ),
  ];
}

function counter(): string[] {
  const surface = floor - counterHeight * metre;
  return [
    element('rect', {
      x: 14,
      y: surface,
      width: 52,
      height: 4,
      fill: '#ccc',
      stroke: '#000',
      'stroke-width': 0.3,
    }),
    element('rect', { x: 20, y: surface + 4, width: 40, height: floor - surface - 4, fill: '#eee' }),
    wire([
      [10, floor],
      [200, floor],
    ]),
    text(22, surface + 12, '窓口 / counter', 3),
  ];
}

/** A post that can be raised, with a head that tilts. */
function mount(): string[] {
  const surface = floor - counterHeight * metre;
  return [
    wire(
      [
        [lens.x - 5, surface],
        [lens.x - 5, lens.y],
      ],
      { 'stroke-width': 1.2 },
    ),
    element('rect', { x: lens.x - 8, y: lens.y - 4, width: 8, height: 8, fill: '#000' }),
    text(14, surface - 28, '高さを変え、', 2.8),
    text(14, surface - 24, '傾けられる台', 2.8),
    text(14, surface - 20, 'a post that can', 2.5),
    text(14, surface - 16.8, 'be raised, and', 2.5),
    text(14, surface - 13.6, 'tilts', 2.5),
    text(12, lens.y - 8, 'カメラ / camera', 3),
  ];
}

function visitor(): string[] {
  const body = { fill: 'none', stroke: '#000', 'stroke-width': 0.5 };
  return [
    element('ellipse', { cx: face + 9, cy: lens.y + 1, rx: 9, ry: 11.5, ...body, fill: '#fff' }),
    element('circle', { cx: face + 2.4, cy: lens.y, r: 0.9 }),
    element('path', {
      d: `M${face + 6},${lens.y + 12} C${face - 6},${lens.y + 26} ${face - 2},${lens.y + 80} ${face},${floor} M${face + 13},${lens.y + 12} C${face + 26},${lens.y + 26} ${face + 22},${lens.y + 80} ${face + 20},${floor}`,
      ...body,
    }),
    text(face + 26, lens.y + 40, '来庁者 / visitor', 3),
  ];
}

function dimensions(): string[] {
  const tolerance = heightTolerance(drawn.angle, away) * metre;
  const beside = face + 24;
  return [
    arrow(beside, lens.y - tolerance, beside, lens.y + tolerance),
    text(beside + 3, lens.y - 1.5, `±${Math.round(tolerance)} cm`, 3),
    text(beside + 3, lens.y + 2.5, 'この外では「お顔を高く、低く」と出る', 2.4),
    text(beside + 3, lens.y + 6, 'beyond it the visitor is asked to move', 2.3),
    arrow(lens.x, lens.y - 18, face, lens.y - 18),
    text((lens.x + face) / 2, lens.y - 20, '60–80 cm（Camera Module 3）', 3, { 'text-anchor': 'middle' }),
    arrow(196, floor, 196, lens.y),
    text(194, (floor + lens.y) / 2, '目の高さ / eyes', 3, {
      'text-anchor': 'middle',
      transform: `rotate(-90 194 ${(floor + lens.y) / 2})`,
    }),
  ];
}

function arrow(fromX: number, fromY: number, toX: number, toY: number): string {
  const [dx, dy] = fromY === toY ? [1.5, 0] : [0, Math.sign(toY - fromY) * 1.5];
  const head = (x: number, y: number, sign: number) =>
    wire([
      [x + sign * dx - dy * 0.5, y + sign * dy - dx * 0.5],
      [x, y],
      [x + sign * dx + dy * 0.5, y + sign * dy + dx * 0.5],
    ]);
  return [
    wire([
      [fromX, fromY],
      [toX, toY],
    ]),
    head(fromX, fromY, 1),
    head(toX, toY, -1),
  ].join('');
}

/** How far from the face a camera may be, as a bar to the same scale. */
function range(camera: Camera, index: number): string[] {
  const { least, most } = goodDistance(camera.angle);
  const y = floor + 14 + index * 11;
  const bar = { y: y - 2, height: 4, fill: '#ccc', stroke: '#000', 'stroke-width': 0.3 };
  const centimetres = `${Math.round(least * 100)}–${Math.round(most * 100)} cm`;
  return [
    element('rect', { x: lens.x + least * metre, width: (most - least) * metre, ...bar }),
    wire(
      [
        [lens.x, y],
        [lens.x + least * metre, y],
      ],
      dashed,
    ),
    text(lens.x, y - 3.4, `${camera.name}（縦 ${camera.angle}° / ${camera.angle}° high）`, 2.8),
    text(lens.x + most * metre + 3, y + 1, centimetres, 3.2),
  ];
}

/** The front of the camera's head: the light beside the lens. */
function front(): string[] {
  const y = floor + 56;
  return [
    element('rect', {
      x: 40,
      y: y - 8,
      width: 40,
      height: 16,
      rx: 2,
      fill: '#fff',
      stroke: '#000',
      'stroke-width': 0.4,
    }),
    element('circle', { cx: 55, cy: y, r: 4, fill: '#000' }),
    element('circle', { cx: 68, cy: y, r: 2.5, fill: '#fff', stroke: '#000', 'stroke-width': 0.6 }),
    text(84, y - 3.5, '左: レンズ、右: カメラのランプ（すぐ横、同じ面）', 3),
    text(84, y + 1, 'left: the lens; right: the camera light, right beside it, on the same face', 2.7),
    text(84, y + 5.5, '来庁者はランプを見ます / visitors look at the light', 2.7),
  ];
}
