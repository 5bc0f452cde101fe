/** The only door to onnxruntime, so that nothing loads it with its telemetry on. The order matters. */
import './telemetry.js';

export { InferenceSession, Tensor } from 'onnxruntime-node';
