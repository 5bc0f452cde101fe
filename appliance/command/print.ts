/** Prints a result: one line of JSON on standard output where `--json` asks for it, text otherwise. */
export function print(
  json: boolean,
  value: unknown,
  text: () => string,
  stream: NodeJS.WritableStream = process.stdout,
): void {
  if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
  else stream.write(text());
}
