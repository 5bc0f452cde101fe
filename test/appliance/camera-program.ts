import { appendFileSync, openSync, readFileSync, writeSync } from 'node:fs';

/**
 * Stands in for `libcamera-vid`, which needs a Raspberry Pi: writes one JPEG again and again to the file of
 * `--output` until it is interrupted. At its start it adds a line to `log`: its process, and what `light` says.
 */
const [log = '', light = '', picture = '', ...options] = process.argv.slice(2);
const output = openSync(options[options.indexOf('--output') + 1] ?? '', 'w');
appendFileSync(log, `${process.pid} ${readFileSync(light, 'utf8')}\n`);
const jpeg = readFileSync(picture);
process.once('SIGINT', () => process.exit());
setInterval(() => {
  writeSync(output, jpeg);
}, 50);
