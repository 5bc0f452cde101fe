import { widthOf } from '../panel/screen/cells.js';
import type { QualityComponent, QualityMeasure } from '../protocol/vault.js';

/** A component's name in both languages, and the unit and decimals of its native measure. */
type Column = {
  readonly ja: string;
  readonly en: string;
  readonly unit?: string;
  readonly decimals: number;
};

/** English names as the standard has them; the Japanese ones are the project's own. */
const columns: Readonly<Record<QualityComponent, Column>> = {
  'background-uniformity': { ja: '背景の均一さ', en: 'Background uniformity', decimals: 0 },
  'illumination-uniformity': { ja: '照明の均一さ', en: 'Illumination uniformity', decimals: 2 },
  'luminance-mean': { ja: '平均の明るさ', en: 'Luminance mean', decimals: 2 },
  'luminance-variance': { ja: '明るさの散らばり', en: 'Luminance variance', decimals: 3 },
  'under-exposure-prevention': { ja: '暗すぎる部分', en: 'Under-exposure prevention', decimals: 2 },
  'over-exposure-prevention': { ja: '明るすぎる部分', en: 'Over-exposure prevention', decimals: 2 },
  'dynamic-range': { ja: '明暗の幅', en: 'Dynamic range', unit: 'bit', decimals: 1 },
  sharpness: { ja: '鮮明さ', en: 'Sharpness', decimals: 2 },
  'compression-artifacts': { ja: '圧縮による乱れ', en: 'Compression artifacts', decimals: 2 },
  'natural-colour': { ja: '自然な色', en: 'Natural colour', decimals: 1 },
  'single-face-present': { ja: '一人だけ', en: 'Single face present', decimals: 2 },
  'eyes-open': { ja: '目が開いている', en: 'Eyes open', decimals: 3 },
  'mouth-closed': { ja: '口が閉じている', en: 'Mouth closed', decimals: 3 },
  'eyes-visible': { ja: '目が見える', en: 'Eyes visible', decimals: 2 },
  'mouth-occlusion-prevention': { ja: '口が隠れていない', en: 'Mouth occlusion prevention', decimals: 2 },
  'face-occlusion-prevention': { ja: '顔が隠れていない', en: 'Face occlusion prevention', decimals: 2 },
  'inter-eye-distance': { ja: '目と目の間', en: 'Inter-eye distance', unit: 'px', decimals: 0 },
  'head-size': { ja: '頭の大きさ', en: 'Head size', decimals: 2 },
  'leftward-crop-of-the-face-image': {
    ja: '左の余白',
    en: 'Leftward crop of the face image',
    decimals: 2,
  },
  'rightward-crop-of-the-face-image': {
    ja: '右の余白',
    en: 'Rightward crop of the face image',
    decimals: 2,
  },
  'upward-crop-of-the-face-image': { ja: '下の余白', en: 'Upward crop of the face image', decimals: 2 },
  'downward-crop-of-the-face-image': {
    ja: '上の余白',
    en: 'Downward crop of the face image',
    decimals: 2,
  },
  'head-pose-yaw': { ja: '顔の左右の向き', en: 'Head pose yaw', unit: '°', decimals: 0 },
  'head-pose-pitch': { ja: '顔の上下の向き', en: 'Head pose pitch', unit: '°', decimals: 0 },
  'head-pose-roll': { ja: '顔の傾き', en: 'Head pose roll', unit: '°', decimals: 0 },
  'expression-neutrality': { ja: '表情のなさ', en: 'Expression neutrality', decimals: 1 },
  'no-head-coverings': { ja: '頭に何もない', en: 'No head coverings', decimals: 2 },
};

const width = { ja: 18, en: 34, native: 12, bar: 10 };

/** A line for each component: its names, what was measured, and its value as a number and a bar. */
export function qualityLines(measures: readonly QualityMeasure[]): string[] {
  const by = new Map(measures.map((measure) => [measure.component, measure]));
  if (measures.length === 0) return [];
  return Object.entries(columns).map(([component, { ja, en, unit = '', decimals }]) => {
    const names = `  ${ja}${' '.repeat(width.ja - widthOf(ja))}${en.padEnd(width.en)}`;
    const measure = by.get(component as QualityComponent);
    if (!measure) return `${names}測れません / not to be measured`;
    const native = `${measure.native.toFixed(decimals)} ${unit}`.trimEnd();
    return `${names}${native.padStart(width.native)}  ${String(measure.value).padStart(3)} ${bar(measure.value)}`;
  });
}

function bar(value: number): string {
  const full = Math.round((value / 100) * width.bar);
  return '█'.repeat(full) + '░'.repeat(width.bar - full);
}
