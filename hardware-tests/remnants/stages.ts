import type { Camera } from '../../appliance/camera/camera.js';
import { decode } from '../../appliance/face/decode.js';
import { detectFaces, overview } from '../../appliance/face/detect.js';
import { toGreyscale } from '../../appliance/face/greyscale.js';
import type { RgbImage } from '../../appliance/face/image.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import type { Template } from '../../appliance/face/template.js';
import { ok } from '../../appliance/result.js';
import { findPortrait } from '../../appliance/scanner/portrait.js';
import { capturePortrait } from '../../appliance/vault/capture-portrait.js';
import { noSamples } from '../../appliance/vault/face-sample.js';
import { longestProbeSide } from '../../appliance/vault/assess-frame.js';
import { photograph } from '../../appliance/vault/photograph.js';
import { toHalf } from './half.js';
import type { Pictures } from './pictures.js';
import { Recorder } from './recorder.js';
import type { Stage } from './stage.js';

/** The marker SOS with its header's length, for a picture in colours (ITU-T T.81, B.2.3). */
const startOfScan = { marker: Buffer.from('ffda000c', 'hex'), length: 14 };

/** The dots per inch that the emulated scanner has. */
const resolution = 300;

/**
 * Makes every stage of a visit with these pictures, by the vault's own functions.
 *
 * @throws where they do not lead to a comparison: the pictures are then of no use
 */
export async function stagesOf({ page, frame }: Pictures, models: FaceModels): Promise<Stage[]> {
  const recorder = new Recorder();
  const heard = recorder.listenTo(models);
  // The page is zeroed once the portrait is cut out.
  const scanned = { ...page, data: Uint8Array.from(page.data), channels: 3, resolution } as const;
  const portrait = await findPortrait(scanned, (image) => detectFaces(heard, image));
  if (!portrait.ok) throw new Error(`the page shows no portrait: ${portrait.error}`);
  for (const image of [page, portrait.value.image]) {
    recorder.keep('portrait', (await overview(models, image)).image.data);
  }
  recorder.keep('portrait', portrait.value.image.data);
  const { sample: document } = await capturePortrait(heard, portrait.value.image, 0);
  if (!document) throw new Error('the portrait shows no face');

  recorder.side = 'frame';
  recorder.keep('jpeg', compressedSamples(frame));
  const samples = { ...noSamples(), document };
  const { signal } = new AbortController();
  const photographed = await photograph(
    always(frame),
    { models: heard, samples, report: () => undefined, signal },
    false,
  );
  if (!photographed.ok || !photographed.value.usable)
    throw new Error(`the frame is of no use: ${JSON.stringify(photographed)}`);
  const colour = !document.grey && !samples.probe.some(({ sample }) => sample.grey);
  const picture = await decode(frame, longestProbeSide);
  if (!picture.ok || !colour) throw new Error('the pictures are not in colour');

  recorder.keep('frame', picture.value.data);
  recorder.keep('frame', (await overview(models, picture.value)).image.data);
  await keepGrey(recorder, portrait.value.image);
  await keepGrey(recorder, picture.value);
  keepTemplate(recorder, 'portrait', await document.template(true));
  for (const { sample } of samples.probe) keepTemplate(recorder, 'frame', await sample.template(true));
  // Last, so that what is cut out of it has the name of the portrait.
  recorder.keep('scan', page.data);
  return recorder.stages;
}

/** A JPEG's compressed samples: what comes before them is the same in other pictures, the practice ones among them. */
function compressedSamples(jpeg: Buffer): Buffer {
  return jpeg.subarray(jpeg.indexOf(startOfScan.marker) + startOfScan.length);
}

/** A camera that sees the same whenever it is asked. */
function always(encoded: Uint8Array): Camera {
  return {
    practice: true,
    // eslint-disable-next-line @typescript-eslint/require-await -- a camera's frames are awaited
    async *frames() {
      for (;;) yield ok({ encoded });
    },
  };
}

async function keepGrey(recorder: Recorder, picture: RgbImage): Promise<void> {
  const { data } = await toGreyscale(picture);
  recorder.keep('grey', data);
  recorder.keep(
    'grey',
    data.filter((_, at) => at % 3 === 0),
  );
}

function keepTemplate(recorder: Recorder, side: 'portrait' | 'frame', template: Template): void {
  recorder.keep(`${side}-template`, template);
  recorder.keep('template-half', toHalf(template));
}
