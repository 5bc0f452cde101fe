import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/**
 * Asks for a passphrase: at a terminal without showing what is typed; elsewhere the next line of standard input is it.
 *
 * @returns an empty text where there is none
 */
export async function askPassphrase(prompt: string): Promise<string> {
  const { stdin: input, stderr } = process;
  const nothing = new Writable({ write: (_chunk, _encoding, done) => done() });
  if (input.isTTY) stderr.write(prompt);
  const lines = createInterface({ input, output: nothing, terminal: input.isTTY });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    if (input.isTTY) stderr.write('\n');
  }
}
