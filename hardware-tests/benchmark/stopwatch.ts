/** Times pieces of work by name, in milliseconds. */
export class Stopwatch {
  readonly times: Record<string, number[]> = {};

  readonly time = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    const result = await work();
    this.keep(name, performance.now() - begun);
    return result;
  };

  keep(name: string, milliseconds: number): void {
    (this.times[name] ??= []).push(milliseconds);
  }

  median(name: string): number {
    return median(this.times[name] ?? []);
  }
}

export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other).at(Math.floor(values.length / 2)) ?? NaN;
}
