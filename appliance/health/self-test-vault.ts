import type { FaultCode } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type {
  CameraChoice,
  CameraSeen,
  GlassSeen,
  CustomModel,
  ScannerChoice,
  ScannerWait,
} from '../protocol/vault.js';
import { scannerWaits } from '../vault-client/scanner-waits.js';
import { startVault } from '../vault-client/start-vault.js';
import type { Task, TaskEnd, TaskProgress, Vault } from '../vault-client/vault.js';

/**
 * The vault of a self-test, separate from those of visits. A driver that kills it fails its own check only: the next
 * check starts a new vault.
 */
export class SelfTestVault {
  readonly #own: CustomModel;
  #vault: Promise<Result<Vault, FaultCode>> | undefined;

  constructor(own: CustomModel) {
    this.#own = own;
  }

  start(): Promise<Result<Vault, FaultCode>> {
    this.#vault ??= startVault(this.#own);
    return this.#vault;
  }

  async checkCamera(camera: CameraChoice, signal: AbortSignal): Promise<Result<CameraSeen, FaultCode>> {
    const end = await this.#run({ do: 'check-camera', camera }, signal, 'camera-failed');
    if (!end.ok) return end;
    return end.value.is === 'camera-checked' ? ok(end.value.seen) : err('vault-nonsense');
  }

  /**
   * @param resolution in dots per inch
   * @param waits called whenever what the scanner is waited for changes; undefined once it scans
   */
  async checkScanner(
    scanner: ScannerChoice,
    resolution: number,
    signal: AbortSignal,
    waits: (why: ScannerWait | undefined) => void = () => undefined,
  ): Promise<Result<GlassSeen, FaultCode>> {
    const task = { do: 'check-scanner', scanner, resolution } as const;
    const end = await this.#run(task, signal, 'scanner-stalled', scannerWaits(waits));
    if (!end.ok) return end;
    return end.value.is === 'scanner-checked' ? ok(end.value.seen) : err('vault-nonsense');
  }

  async erase(): Promise<Result<undefined, 'erasure-unproven'>> {
    const vault = await this.#vault;
    this.#vault = undefined;
    return vault?.ok ? vault.value.erase() : ok();
  }

  /** @param deviceFault the fault to report if the vault dies or hangs in the device's driver */
  async #run(
    task: Task,
    signal: AbortSignal,
    deviceFault: FaultCode,
    news?: (news: TaskProgress) => void,
  ): Promise<Result<TaskEnd, FaultCode>> {
    const vault = await this.start();
    if (!vault.ok) return vault;
    const end = await vault.value.run(task, news, signal);
    if (end.ok) return end;
    // The driver may be left in a bad state.
    const erased = await this.erase();
    if (!erased.ok) return erased;
    return end.error.startsWith('vault-') ? err(deviceFault) : end;
  }
}
