import { until } from '../hardware-tests/counter/until.js';
import { started } from './camera/processes.js';

/** esbuild's service, which ends with the process that started it. */
const service = 'esbuild';

const leftovers = () => started().filter(({ name }) => name !== service);

/** Fails a test file that leaves programs running, and ends them: they would disturb the next files. */
export const mochaHooks = {
  async afterAll(): Promise<void> {
    try {
      await until('the end of the programs that tests started', () => leftovers().length === 0, {
        timeoutMs: 5000,
        seen: leftovers,
      });
    } finally {
      for (const { pid } of leftovers()) process.kill(pid, 'SIGKILL');
    }
  },
};
