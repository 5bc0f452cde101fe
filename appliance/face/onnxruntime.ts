/** The only import of onnxruntime, so that its telemetry is always off. The order of the lines matters. */
import './telemetry.js';

export { InferenceSession, Tensor } from 'onnxruntime-node';
