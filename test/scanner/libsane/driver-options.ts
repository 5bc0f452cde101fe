/**
 * The options of the drivers that the appliance loads (appliance/scanner/sane.d/dll.conf), as their sources in SANE
 * 1.2.1 have them, in the format of hardware-tests/counter/scanners/described.c; and the values to set for each.
 */
export type Offer = {
  readonly driver: string;
  readonly options: readonly string[];
  /** In dots; the length is -1 if the driver does not know it. The width is 25 mm at 300 dpi, except for cardscan. */
  readonly size?: readonly [width: number, lines: number];
  /** The values that must be set, by option. */
  readonly asked: Readonly<Record<string, string | number>>;
  /** Resolution of the page, 300 dpi by default. */
  readonly resolution?: number;
};

const option = (kind: string, name: string, cap: string, values: readonly (string | number)[]) =>
  [kind, name, cap, ...values].join('\t');
const source = (...values: string[]) => option('text', 'source', '-', values);
const mode = (...values: string[]) => option('text', 'mode', '-', values);
const depth = (...values: number[]) => option('list', 'depth', '-', values);
const resolutions = (...values: number[]) => option('list', 'resolution', '-', values);
const anyResolution = (...range: [min: number, max: number, quant: number]) =>
  option('range', 'resolution', '-', range);
/** The edges of a glass that is `width` wide and 297 mm long, set to its corner. */
const area = (width: number, kind = 'fixed', cap = '-', quant = 0) =>
  ['tl-x', 'tl-y', 'br-x', 'br-y'].map((name) =>
    option(kind, name, cap, [0, name.endsWith('x') ? width : 297, quant]),
  );

const inMode = { mode: 'Color', resolution: 300 };
const onGlass = { source: 'Flatbed', ...inMode };
const lineartFirst = mode('Lineart', 'Gray', 'Color');
const colourFirst = mode('Color', 'Gray', 'Lineart');
const four = mode('Lineart', 'Halftone', 'Gray', 'Color');

export const offers: readonly Offer[] = [
  {
    driver: 'avision',
    options: [
      source('ADF Front', 'Normal', 'Transparency', 'ADF Back', 'ADF Duplex'),
      mode('Lineart', 'Dithered', 'Gray', '16bit Gray', '16bit Color', 'Color'),
      anyResolution(50, 1200, 1),
      ...area(216),
    ],
    asked: { ...inMode, source: 'Normal', 'br-x': 216 },
  },
  {
    driver: 'canon630u',
    options: [resolutions(75, 150, 300, 600, 1200), ...area(215)],
    asked: { resolution: 300, 'br-x': 215 },
  },
  {
    driver: 'canon_dr',
    options: [
      source('ADF Front', 'ADF Duplex', 'Card Front', 'Flatbed'),
      four,
      resolutions(100, 150, 200, 240, 300, 400, 600),
      ...area(220),
    ],
    asked: { ...onGlass, 'br-x': 220 },
  },
  {
    driver: 'canon_lide70',
    options: [colourFirst, resolutions(600, 75, 150, 300, 1200), ...area(216)],
    asked: { ...inMode, 'br-x': 216 },
  },
  // It has no option except the mode: 300 dpi, and an unknown length (sane-cardscan(5)).
  {
    driver: 'cardscan',
    options: [mode('Gray', 'Color')],
    size: [1208, -1],
    asked: { mode: 'Color' },
  },
  {
    driver: 'epjitsu',
    options: [
      source('ADF Front', 'Flatbed', 'ADF Duplex'),
      lineartFirst,
      anyResolution(50, 600, 1),
      option('fixed', 'tl-x', 'i', [0, 100, 0]),
      option('fixed', 'br-x', '-', [30, 105, 0]),
    ],
    asked: { ...onGlass, 'br-x': 105 },
  },
  {
    driver: 'epson2',
    options: [
      lineartFirst,
      depth(16, 8),
      resolutions(75, 100, 150, 300, 400, 600, 1200),
      source('Automatic Document Feeder', 'Flatbed', 'Transparency Unit'),
      ...area(216),
    ],
    asked: { ...onGlass, depth: 8, 'br-x': 216 },
  },
  {
    driver: 'epsonds',
    options: [
      source('ADF Front', 'ADF Duplex', 'Flatbed'),
      lineartFirst,
      depth(1, 8),
      anyResolution(50, 1200, 1),
      ...area(216),
    ],
    asked: { ...onGlass, depth: 8, 'br-x': 216 },
  },
  {
    driver: 'fujitsu',
    options: [
      source('ADF Front', 'ADF Back', 'ADF Duplex', 'Flatbed', 'Card Front'),
      four,
      anyResolution(50, 600, 1),
      ...area(216),
    ],
    asked: { ...onGlass, 'br-x': 216 },
  },
  {
    driver: 'genesys',
    options: [
      source('Transparency Adapter', 'Flatbed'),
      mode('Gray', 'Color'),
      depth(16, 8),
      resolutions(4800, 2400, 1200, 600, 300, 150, 75),
      ...area(216),
    ],
    asked: { ...onGlass, depth: 8, 'br-x': 216 },
  },
  {
    driver: 'gt68xx',
    options: [
      colourFirst,
      source('Transparency Adapter', 'Flatbed'),
      depth(12, 8),
      resolutions(600, 300, 150, 75),
      ...area(216),
    ],
    asked: { ...onGlass, depth: 8, 'br-x': 216 },
  },
  // Its depths are texts, and its glass is called "Normal".
  {
    driver: 'hp',
    options: [
      four,
      anyResolution(12, 1200, 1),
      option('text', 'depth', '-', ['10', '12', '8', '1']),
      source('ADF', 'XPA', 'Normal'),
      ...area(215),
    ],
    asked: { ...inMode, source: 'Normal', depth: '8', 'br-x': 215 },
  },
  {
    driver: 'hp3500',
    options: [resolutions(50, 75, 100, 150, 200, 300, 400, 600, 1200), ...area(215), colourFirst],
    asked: { ...inMode, 'br-x': 215 },
  },
  {
    driver: 'hp3900',
    options: [
      source('Slide', 'Negative', 'Flatbed'),
      mode('Lineart', 'Gray', 'Color'),
      depth(16, 8),
      resolutions(50, 75, 100, 150, 200, 300, 600, 1200, 2400),
      ...area(220, 'range'),
    ],
    asked: { ...onGlass, depth: 8, 'br-x': 220 },
  },
  {
    driver: 'hp4200',
    options: [resolutions(75, 150, 300, 600), ...area(215)],
    asked: { resolution: 300, 'br-x': 215 },
  },
  {
    driver: 'hp5400',
    options: [resolutions(75, 150, 300, 600, 1200, 2400), ...area(220, 'range')],
    asked: { resolution: 300, 'br-x': 220 },
  },
  {
    driver: 'hp5590',
    options: [
      mode('Color (48 bits)', 'Color', 'Gray', 'Lineart'),
      source('ADF', 'ADF Duplex', 'TMA Slides', 'TMA Negatives', 'Flatbed'),
      resolutions(100, 200, 300, 600, 1200, 2400),
      ...area(215),
    ],
    asked: { ...onGlass, 'br-x': 215 },
  },
  {
    driver: 'hpljm1005',
    options: [resolutions(75, 100, 150, 200, 300, 600, 1200), ...area(220, 'range'), mode('Gray', 'Color')],
    asked: { ...inMode, 'br-x': 220 },
  },
  // Its source cannot be set: it always feeds.
  {
    driver: 'kvs1025',
    options: [
      mode('bw', 'halftone', 'gray', 'color'),
      resolutions(100, 150, 200, 250, 300, 350, 400, 450, 500, 550, 600),
      option('text', 'source', 'r', ['adf', 'fb']),
      ...area(215),
    ],
    asked: { mode: 'color', resolution: 300, 'br-x': 215 },
  },
  // A sheet feeder without a choice of source.
  {
    driver: 'kvs20xx',
    options: [lineartFirst, anyResolution(100, 600, 10), ...area(215, 'range')],
    asked: { ...inMode, 'br-x': 215 },
  },
  {
    driver: 'kvs40xx',
    options: [lineartFirst, anyResolution(100, 600, 1), source('adf', 'fb'), ...area(215, 'range')],
    asked: { ...inMode, source: 'fb', 'br-x': 215 },
  },
  {
    driver: 'lexmark',
    options: [colourFirst, resolutions(75, 150, 300, 600), ...area(5104, 'range', 'p', 16)],
    asked: { ...inMode, 'br-x': 5104 },
  },
  {
    driver: 'ma1509',
    options: [
      lineartFirst,
      resolutions(50, 100, 150, 200, 300, 400, 450, 500, 600),
      option('text', 'source', 'i', ['Flatbed', 'Transparency Adapter']),
      ...area(211),
    ],
    asked: { ...inMode, 'br-x': 211 },
  },
  {
    driver: 'mustek_usb',
    options: [
      mode('Gray', 'Color', 'Lineart'),
      option('fixed', 'resolution', '-', [50, 600, 1]),
      ...area(216),
    ],
    asked: { ...inMode, 'br-x': 216 },
  },
  {
    driver: 'mustek_usb2',
    options: [
      mode('Color48', 'Color24', 'Gray16', 'Gray8', 'Lineart'),
      source('Positive', 'Negative', 'Reflective'),
      resolutions(1200, 600, 300, 150, 75),
      ...area(210),
    ],
    asked: { mode: 'Color24', source: 'Reflective', resolution: 300, 'br-x': 210 },
  },
  {
    driver: 'niash',
    options: [
      resolutions(75, 150, 300, 600),
      ...area(220, 'range', '-', 1),
      mode('Gray', 'Color', 'Lineart'),
    ],
    asked: { ...inMode, 'br-x': 220 },
  },
  {
    driver: 'pixma',
    options: [
      resolutions(75, 150, 300, 600, 1200),
      mode('48 bits color', '16 bits gray', 'Color', 'Gray', 'Lineart'),
      source('Automatic Document Feeder', 'ADF Duplex', 'Flatbed', 'Transparency Unit'),
      ...area(216),
    ],
    asked: { ...onGlass, 'br-x': 216 },
  },
  {
    driver: 'plustek',
    options: [
      lineartFirst,
      depth(14, 8),
      source('Transparency', 'Negative', 'Normal'),
      anyResolution(50, 2400, 0),
      ...area(215),
    ],
    asked: { ...inMode, source: 'Normal', depth: 8, 'br-x': 215 },
  },
  // It always scans its whole glass.
  {
    driver: 'ricoh2',
    options: [mode('Gray', 'Color'), resolutions(600, 300)],
    asked: inMode,
  },
  {
    driver: 'rts8891',
    options: [mode('Gray', 'Color', 'Lineart'), resolutions(75, 150, 300, 600, 1200), ...area(217)],
    asked: { ...inMode, 'br-x': 217 },
  },
  {
    driver: 'sm3600',
    options: [
      mode('lineart', 'halftone', 'gray', 'color'),
      resolutions(75, 100, 200, 300, 600),
      ...area(220, 'fixed', '-', 0.125),
    ],
    asked: { mode: 'color', resolution: 300, 'br-x': 220 },
  },
  {
    driver: 'sm3840',
    options: [
      mode('Gray', 'Color', 'Lineart', 'Halftone'),
      resolutions(1200, 600, 300, 150),
      depth(16, 8),
      ...area(215.5),
    ],
    asked: { ...inMode, depth: 8, 'br-x': 215.5 },
  },
  // One depth only, for most models.
  {
    driver: 'snapscan',
    options: [
      resolutions(75, 100, 150, 300, 450, 600),
      mode('Halftone', 'Gray', 'Lineart', 'Color'),
      source('Transparency Adapter', 'Document Feeder', 'Flatbed'),
      depth(8),
      ...area(216),
    ],
    asked: { ...onGlass, depth: 8, 'br-x': 216 },
  },
  {
    driver: 'u12',
    options: [
      mode('Lineart', 'Gray', 'Color 36', 'Color'),
      source('Transparency', 'Negative', 'Normal'),
      anyResolution(50, 1200, 0),
      ...area(215),
    ],
    asked: { ...inMode, source: 'Normal', 'br-x': 215 },
  },
  {
    driver: 'umax1220u',
    options: [resolutions(75, 150, 300, 600), ...area(215)],
    asked: { resolution: 300, 'br-x': 215 },
  },
  {
    driver: 'xerox_mfp',
    options: [
      resolutions(75, 100, 150, 200, 300, 600),
      four,
      source('ADF', 'Auto', 'Flatbed'),
      ...area(215, 'fixed', '-', 1),
    ],
    asked: { ...onGlass, 'br-x': 215 },
  },
];

/** Invented drivers: what SANE allows beyond the listed ones. */
export const strangers: Readonly<Record<string, Omit<Offer, 'driver'>>> = {
  'one resolution, across alone': {
    options: [colourFirst, option('list', 'x-resolution', '-', [75, 300, 600])],
    asked: { mode: 'Color', 'x-resolution': 300 },
  },
  'a resolution for each direction, which have 400 dpi in common': {
    options: [
      option('list', 'x-resolution', '-', [200, 300, 400]),
      option('list', 'y-resolution', '-', [200, 400, 600]),
    ],
    asked: { 'x-resolution': 400, 'y-resolution': 400 },
    resolution: 400,
  },
  'a second resolution that follows the first': {
    options: [option('list', 'resolution', '-', [150, 300]), option('list', 'y-resolution', 'i', [150, 300])],
    asked: { resolution: 300 },
  },
  'a resolution that is fixed': {
    options: [colourFirst, option('list', 'resolution', 'r', [600])],
    asked: { mode: 'Color' },
    resolution: 600,
  },
  // 4,724 dots on 200 mm.
  'no resolution, but a glass in millimetres': {
    options: [colourFirst, ...area(200)],
    size: [4724, 4],
    asked: { mode: 'Color', 'br-x': 200 },
    resolution: 600,
  },
  'no resolution, and a page of 8.5 inches at 600 dpi': {
    options: [colourFirst],
    size: [5100, 4],
    asked: { mode: 'Color' },
    resolution: 600,
  },
  '16 bits alone': {
    options: [mode('Lineart', 'Gray', 'Color'), depth(16), resolutions(300)],
    asked: { mode: 'Color', depth: 16 },
  },
  'deep colour alone': {
    options: [mode('Lineart', 'Color48'), resolutions(300)],
    asked: { mode: 'Color48' },
  },
  'a mode in English spelling, and the glass in other words': {
    options: [
      mode('Black & White', '256 Grey', 'True Colour'),
      source('Document Feeder', 'Document Table'),
      resolutions(300),
    ],
    asked: { mode: 'True Colour', source: 'Document Table' },
  },
};

/** Drivers that cannot scan a document, and why. */
export const useless: Readonly<
  Record<string, { readonly options: readonly string[]; readonly fault: string }>
> = {
  // genesys with a Plustek OpticFilm.
  'film alone': {
    options: [
      source('Transparency Adapter', 'Transparency Adapter Infrared'),
      mode('Color'),
      resolutions(300),
    ],
    fault: 'scanner-no-glass',
  },
  'black and white alone': {
    options: [mode('Lineart', 'Halftone'), resolutions(300)],
    fault: 'scanner-black-and-white',
  },
  'no more than 200 dpi': { options: [colourFirst, resolutions(75, 200)], fault: 'scanner-too-coarse' },
  'no less than 1200 dpi': { options: [colourFirst, resolutions(1200)], fault: 'scanner-too-coarse' },
  'no resolution, and too few dots on its glass': {
    options: [colourFirst, ...area(216)],
    fault: 'scanner-too-coarse',
  },
  'two resolutions that are never the same': {
    options: [option('list', 'x-resolution', '-', [300]), option('list', 'y-resolution', '-', [600])],
    fault: 'scanner-unsupported',
  },
};
