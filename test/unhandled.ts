// Mocha lets a promise that nobody waits for fail in silence; here it fails the run.
process.on('unhandledRejection', (reason) => {
  throw reason;
});
