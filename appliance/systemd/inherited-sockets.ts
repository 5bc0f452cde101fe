/** SD_LISTEN_FDS_START, the first file descriptor that systemd passes (sd_listen_fds(3)). */
const firstDescriptor = 3;

/**
 * The sockets of these names, if systemd opened them for this process: LISTEN_FDNAMES has the name of each
 * (sd_listen_fds_with_names(3)), which a unit sets by FileDescriptorName=.
 *
 * @returns file descriptors; undefined if this process must open the sockets itself
 */
export function inheritedSockets<Name extends string>(
  names: readonly Name[],
  { LISTEN_PID, LISTEN_FDNAMES }: NodeJS.ProcessEnv,
  pid: number,
): Readonly<Record<Name, number>> | undefined {
  if (LISTEN_PID !== String(pid)) return undefined;
  const passed: readonly string[] = LISTEN_FDNAMES?.split(':') ?? [];
  if (!names.every((name) => passed.includes(name))) return undefined;
  const found = names.map((name) => [name, firstDescriptor + passed.indexOf(name)]);
  return Object.fromEntries(found) as Record<Name, number>;
}
