/** Gives these environment variables back their values when the surrounding suite ends. */
export function restoreEnvironment(...names: readonly string[]): void {
  const values = names.map((name) => [name, process.env[name]] as const);
  after(() => {
    for (const [name, value] of values) {
      // Not a new process.env: a plain object would no longer set the time zone for later files.
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });
}
