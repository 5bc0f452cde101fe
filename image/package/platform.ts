/** What a package is made for: one name in each of Debian's, npm's and GNU's tongues. */
export type Platform = {
  readonly debian: 'amd64' | 'arm64';
  readonly npm: 'x64' | 'arm64';
  readonly gnu: 'x86_64-linux-gnu' | 'aarch64-linux-gnu';
};

export const platforms: readonly Platform[] = [
  { debian: 'amd64', npm: 'x64', gnu: 'x86_64-linux-gnu' },
  { debian: 'arm64', npm: 'arm64', gnu: 'aarch64-linux-gnu' },
];

/** The platform that Debian calls so. */
export const platformOf = (name: Platform['debian']): Platform =>
  platforms.find(({ debian }) => debian === name)!;
