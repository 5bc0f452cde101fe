/** A package as dpkg lists it. `source` is the name of its source package. */
export type DebianPackage = {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly source: string;
};

/** Parses dpkg's status file (/var/lib/dpkg/status) and returns the installed packages. */
export function debianPackages(status: string): readonly DebianPackage[] {
  return status
    .split(/\n\n+/)
    .map((paragraph) => {
      const field = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(paragraph)?.[1];
      return {
        installed: field('Status')?.endsWith(' installed') ?? false,
        name: field('Package') ?? '',
        version: field('Version') ?? '',
        architecture: field('Architecture') ?? '',
        source: (field('Source') ?? field('Package') ?? '').replace(/ .*/, ''),
      };
    })
    .filter(({ installed }) => installed)
    .map(({ installed: _, ...one }) => one);
}
