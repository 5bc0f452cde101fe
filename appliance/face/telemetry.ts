/**
 * onnxruntime's prebuilt library stores a device id and events in the user's cache folder and can upload them. It
 * reads this switch when it is initialised, so this module is imported first. A worker's `process.env` is a copy that
 * the library does not see: models belong in the main thread.
 */
process.env.ORT_DISABLE_TELEMETRY = '1';
