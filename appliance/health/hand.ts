import type { FaultCode } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type { CameraChoice, CameraSeen, GlassSeen, OwnModel, ScannerChoice } from '../protocol/vault.js';
import { startVault, type Task, type TaskEnd, type Vault } from '../vault-client/vault.js';

/**
 * The vault of a self-test, apart from those of visits. A driver that takes it down fails its own check and no
 * other: the next one gets a new vault.
 */
export class Hand {
  readonly #own: OwnModel;
  #vault: Promise<Result<Vault, FaultCode>> | undefined;

  constructor(own: OwnModel) {
    this.#own = own;
  }

  start(): Promise<Result<Vault, FaultCode>> {
    this.#vault ??= startVault(this.#own);
    return this.#vault;
  }

  async camera(camera: CameraChoice, signal: AbortSignal): Promise<Result<CameraSeen, FaultCode>> {
    const end = await this.#run({ do: 'check-camera', camera }, signal, 'camera-failed');
    if (!end.ok) return end;
    return end.value.is === 'camera-checked' ? ok(end.value.seen) : err('vault-nonsense');
  }

  async scanner(
    scanner: ScannerChoice,
    resolution: number,
    signal: AbortSignal,
  ): Promise<Result<GlassSeen, FaultCode>> {
    const end = await this.#run({ do: 'check-scanner', scanner, resolution }, signal, 'scanner-stalled');
    if (!end.ok) return end;
    return end.value.is === 'scanner-checked' ? ok(end.value.seen) : err('vault-nonsense');
  }

  async erase(): Promise<Result<undefined, 'erasure-unproven'>> {
    const vault = await this.#vault;
    this.#vault = undefined;
    return vault?.ok ? vault.value.erase() : ok();
  }

  /** @param blamed what it means that the vault is lost while it is busy with a device's driver */
  async #run(task: Task, signal: AbortSignal, blamed: FaultCode): Promise<Result<TaskEnd, FaultCode>> {
    const vault = await this.start();
    if (!vault.ok) return vault;
    const end = await vault.value.run(task, undefined, signal);
    if (end.ok) return end;
    // Whatever failed may still sit in the driver.
    const erased = await this.erase();
    if (!erased.ok) return erased;
    return end.error.startsWith('vault-') ? err(blamed) : end;
  }
}
