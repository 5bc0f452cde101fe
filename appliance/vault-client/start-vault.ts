import type { FaultCode } from '../findings.js';
import { type CustomModel, hungAfterMs, loadTimeoutMs } from '../protocol/vault.js';
import { err, ok, type Result } from '../result.js';
import { startChild, type VaultProgram, vaultProgram } from './child.js';
import { connectToUnit } from './unit.js';
import type { DeviceFinder, Vault } from './vault.js';
import { VaultConnection } from './vault-connection.js';

export type StartOptions = {
  /** Replaces the real program in tests. */
  readonly program?: VaultProgram;
  /** Ends the vault if aborted while it loads. */
  readonly signal?: AbortSignal;
};

/**
 * Starts a vault and waits until its models are loaded. On a box systemd starts it, as an instance of its own unit
 * (TERASHI_VAULT_SOCKET names the socket). Elsewhere, and with a `program`, it is a child of this process.
 *
 * @param model replaces the built-in recogniser
 */
export async function startVault(
  model: CustomModel = {},
  { program, signal }: StartOptions = {},
): Promise<Result<Vault, FaultCode>> {
  const vault = await connectToVault(loadTimeoutMs, program);
  if (!vault.ok) return vault;
  const abort = () => vault.value.abort();
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  const loaded = await vault.value.load(model);
  signal?.removeEventListener('abort', abort);
  return loaded;
}

export function startDeviceFinder(program?: VaultProgram): Promise<Result<DeviceFinder, FaultCode>> {
  return connectToVault(hungAfterMs, program);
}

/** @param timeoutMs how long the vault may be silent until it is ready */
async function connectToVault(
  timeoutMs: number,
  program?: VaultProgram,
): Promise<Result<VaultConnection, FaultCode>> {
  const socket = process.env.TERASHI_VAULT_SOCKET;
  const host =
    program === undefined && socket !== undefined
      ? await connectToUnit(socket)
      : startChild(program ?? vaultProgram);
  if (!host) return err('vault-died');
  return ok(new VaultConnection(host, program?.hungAfterMs ?? hungAfterMs, timeoutMs));
}
