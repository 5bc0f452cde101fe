import type { CustomModel } from '../protocol/vault.js';
import type { BoxNumbers } from '../protocol/vendor.js';
import { startVault } from '../vault-client/start-vault.js';
import { describeBox } from './box.js';
import type { Report } from './report.js';

/** The report before any step. @param at the present local time (ISO 8601) */
export async function beginReport(
  software: string,
  own: CustomModel,
  numbers: BoxNumbers,
  at: string,
): Promise<Report> {
  const known = { software, model: await modelOf(own), box: await describeBox(numbers) };
  return { ...known, begunAt: at, endedAt: at, steps: [], checks: [] };
}

async function modelOf(own: CustomModel): Promise<string | null> {
  const vault = await startVault(own);
  if (!vault.ok) return null;
  const { modelHash } = vault.value.recogniser;
  await vault.value.erase();
  return modelHash;
}
