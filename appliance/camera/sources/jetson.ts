import { ok } from '../../result.js';
import { toFound } from '../found.js';
import { encodeJpeg, gstreamerCamera, type GStreamerSource, sourceStage } from '../gstreamer.js';

/** NVIDIA's driver names a sensor behind its image processor like this: `vi-output, imx219 9-0010`. */
const sensorPrefix = 'vi-output, ';

/** Camera modules on an NVIDIA Jetson, through its Argus library. */
export const jetson: GStreamerSource = {
  async find({ videoDevices }) {
    const sensors = (await videoDevices).filter(({ label }) => label.startsWith(sensorPrefix));
    return ok(
      sensors.flatMap(({ label }, sensor) =>
        toFound({
          choice: { kind: 'gstreamer', source: 'nvarguscamerasrc', device: String(sensor) },
          label: label.slice(sensorPrefix.length),
        }),
      ),
    );
  },
  open(choice) {
    return gstreamerCamera(jetson.pipelines(choice));
  },
  pipelines(choice) {
    return [
      [
        sourceStage(choice, 'sensor-id'),
        // Argus delivers NV12 in the accelerator's memory; nvvidconv copies it out.
        ['video/x-raw(memory:NVMM),width=1280,height=960,format=NV12'],
        ['nvvidconv'],
        ['video/x-raw,format=I420'],
        ...encodeJpeg,
      ],
    ];
  },
};
