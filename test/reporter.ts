import Mocha from 'mocha';

const { EVENT_TEST_RETRY, EVENT_RUN_END } = Mocha.Runner.constants;

/** A dot a test; at the end, what passed only when it was tried again, and why it had failed. */
export default class Reporter extends Mocha.reporters.Dot {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const failed: string[] = [];
    runner.on(EVENT_TEST_RETRY, (test: Mocha.Test, error: unknown) => {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      failed.push(`${test.fullTitle()}\n${why}`);
    });
    runner.once(EVENT_RUN_END, () => {
      if (failed.length > 0) console.log(`  ${failed.length} tried again\n\n${failed.join('\n\n')}\n`);
    });
  }
}
