import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { err, ok, type Result } from '../result.js';

/** Why the TPM did not do what it was asked. */
export type TpmFault =
  /** There is no such index, or it was never written: a new TPM, a cleared one, or another machine's. */
  | 'absent'
  /** It is locked out, limits its writes, is slow, or is gone. It may answer later. */
  | 'silent'
  /** It answers that this may not be: an authorisation differs, or its owner set a password. */
  | 'refused';

/** How long an answer may take, in milliseconds. A TPM writes its memory in under a tenth of a second. */
const answerMs = 10_000;

/**
 * Runs one of Debian's tpm2-tools (`tpm2_nvread` …), and resolves to what it printed.
 *
 * @param tcti how the TPM is reached (tpm2-tools, "TCTI configuration"): `device:/dev/tpmrm0`
 * @param input given to its standard input, so that no secret is in a list of arguments
 */
export function runTool(
  tcti: string,
  tool: string,
  options: readonly string[],
  input: Uint8Array = Buffer.alloc(0),
): Promise<Result<Buffer, TpmFault>> {
  const env = { PATH: process.env.PATH, TPM2TOOLS_TCTI: tcti };
  const limits = { env, timeout: answerMs, killSignal: 'SIGKILL', encoding: 'buffer' } as const;
  return new Promise((resolve) => {
    const running = execFile(`tpm2_${tool}`, options, limits, (error, stdout, stderr) =>
      resolve(error === null ? ok(stdout) : err(faultOf(stderr.toString()))),
    );
    // A tool that ended early closes its input; its exit status says why.
    running.stdin?.on('error', () => undefined);
    running.stdin?.end(input);
  });
}

/**
 * From the response code that a tool names (TPM 2.0 Library, part 2, 6.6.2): TPM_RC_HANDLE and TPM_RC_NV_UNINITIALIZED say
 * that there is nothing; a warning (RC_WARN: lockout, rate limit, try again) says that there may be later.
 */
function faultOf(said: string): TpmFault {
  const code = Number.parseInt(/\(0x([0-9a-f]+)\) - tpm:/i.exec(said)?.[1] ?? '', 16);
  if (Number.isNaN(code) || (code & 0x980) === 0x900) return 'silent';
  const isHandle = (code & 0x0bf) === 0x08b;
  return isHandle || code === 0x14a ? 'absent' : 'refused';
}

/** Whether tpm2-tools are installed, and the device file that the configuration names is there. */
export function isThere(tcti: string): boolean {
  const [kind, path = ''] = tcti.split(':');
  const folders = (process.env.PATH ?? '').split(delimiter);
  const hasTools = folders.some((folder) => existsSync(join(folder, 'tpm2_nvread')));
  return hasTools && (kind !== 'device' || path === '' || existsSync(path));
}
