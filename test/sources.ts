import { createRequire } from 'node:module';
import { relative, resolve } from 'node:path';

/** Lets mocha take a test by the name of its source: test/a.test.ts is run as build/test/a.test.js. */
const require = createRequire(import.meta.url);
const root = resolve(import.meta.dirname, '..', '..');

// eslint-disable-next-line @typescript-eslint/no-deprecated
require.extensions['.ts'] = (_module, file) => {
  require(resolve(root, 'build', relative(root, file).replace(/\.ts$/, '.js')));
};
