import { availableParallelism } from 'node:os';

/** The suite: one file a worker, and one worker more than cores, since many tests wait for a program or a timer. */
export default {
  spec: ['build/test/**/*.test.js'],
  ignore: ['build/test/scanner/libsane/**', 'build/test/image/package/**'],
  parallel: true,
  jobs: Math.min(availableParallelism() + 1, 6),
  reporter: 'dot',
};
