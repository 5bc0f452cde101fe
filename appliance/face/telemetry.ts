/**
 * onnxruntime's prebuilt library keeps a device id and an event store in the user's cache folder and can upload
 * from there. It reads this switch when it is first initialised, so this module is imported before it. In a
 * worker thread `process.env` is a copy that the library never sees: the models belong in the main thread.
 */
process.env.ORT_DISABLE_TELEMETRY = '1';
