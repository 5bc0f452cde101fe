import { availableParallelism } from 'node:os';

/** Tests with a command of their own in package.json. */
const elsewhere = [
  'build/test/models/**',
  'build/test/image/**',
  'build/test/bench-test/**',
  'build/test/scanner/libsane/**',
];

/** The suite: one file a worker, and two workers more than cores, since many tests wait for a program or a timer. */
export default {
  spec: ['build/test/**/*.test.js'],
  ignore: elsewhere,
  parallel: true,
  jobs: Math.min(availableParallelism() + 2, 6),
  reporter: 'dot',
};
