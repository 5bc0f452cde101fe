import { err, ok, type Result } from '../result.js';
import { isThere, runTool, type TpmFault } from './tool.js';

/**
 * NV indices in the range of a TPM's owner (TCG, Registry of Reserved TPM 2.0 Handles and Localities: 0x01800000 to
 * 0x01BFFFFF).
 */
const counterIndex = '0x01810001';
const keyIndex = '0x01810002';

/**
 * A counter only grows, and a new one under the same index begins above the highest that the TPM ever had (TPM 2.0 Library,
 * part 1, NV counters). Anybody who may use the TPM may count; failures never lock it out (`no_da`).
 */
const counterAttributes = 'nt=counter|authread|authwrite|no_da';
/** Read and written with its password only; not even the owner reads it. */
const keyAttributes = 'authread|authwrite|no_da';

/** A TPM 2.0: one counter and one secret in its own memory. */
export class Tpm {
  readonly #tcti: string;

  /** @param tcti how it is reached, such as `device:/dev/tpmrm0` */
  constructor(tcti: string) {
    this.#tcti = tcti;
  }

  /** What the counter stands at. */
  async count(): Promise<Result<number, TpmFault>> {
    const read = await this.#run('nvread', [counterIndex, '-C', counterIndex, '-s', '8']);
    if (!read.ok) return read;
    return read.value.length === 8 ? ok(Number(read.value.readBigUInt64BE())) : err('refused');
  }

  /** Adds one to the counter. Durable when this resolves. */
  async increment(): Promise<Result<undefined, TpmFault>> {
    const done = await this.#run('nvincrement', [counterIndex, '-C', counterIndex]);
    return done.ok ? ok() : done;
  }

  /** Makes the counter, and resolves to what it stands at. */
  async makeCounter(): Promise<Result<number, TpmFault>> {
    // It is defined already where the power was cut before the first count.
    await this.#run('nvdefine', [counterIndex, '-C', 'o', '-s', '8', '-a', counterAttributes]);
    const counted = await this.increment();
    return counted.ok ? this.count() : counted;
  }

  /** @param passwordFile of at most 32 bytes, of the secret */
  async secret(passwordFile: string): Promise<Result<Buffer, TpmFault>> {
    return this.#run('nvread', [keyIndex, '-C', keyIndex, '-P', `file:${passwordFile}`]);
  }

  /** Keeps a secret in place of the one before. Durable when this resolves. */
  async keepSecret(secret: Buffer, passwordFile: string): Promise<Result<undefined, TpmFault>> {
    const password = `file:${passwordFile}`;
    await this.#run('nvundefine', [keyIndex, '-C', 'o']);
    const size = String(secret.length);
    const define = [keyIndex, '-C', 'o', '-s', size, '-a', keyAttributes, '-p', password];
    const defined = await this.#run('nvdefine', define);
    if (!defined.ok) return defined;
    const write = [keyIndex, '-C', keyIndex, '-P', password, '-i', '-'];
    const written = await this.#run('nvwrite', write, secret);
    return written.ok ? ok() : written;
  }

  #run(tool: string, options: readonly string[], input?: Buffer): Promise<Result<Buffer, TpmFault>> {
    return runTool(this.#tcti, tool, options, input);
  }
}

/** The TPM that `TERASHI_TPM` names (the core's unit), where it is there. A checkout leaves the computer's alone. */
export function tpmHere(tcti = process.env.TERASHI_TPM): Tpm | undefined {
  return tcti !== undefined && tcti !== '' && isThere(tcti) ? new Tpm(tcti) : undefined;
}
