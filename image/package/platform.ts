/** A package's target, under Debian's, npm's and GNU's names. */
export type Platform = {
  readonly debian: 'amd64' | 'arm64';
  readonly npm: 'x64' | 'arm64';
  readonly gnu: 'x86_64-linux-gnu' | 'aarch64-linux-gnu';
};

export const platforms: readonly Platform[] = [
  { debian: 'amd64', npm: 'x64', gnu: 'x86_64-linux-gnu' },
  { debian: 'arm64', npm: 'arm64', gnu: 'aarch64-linux-gnu' },
];

/** The platform with this Debian name. */
export const platformOf = (name: Platform['debian']): Platform =>
  platforms.find(({ debian }) => debian === name)!;
