/** SD_LISTEN_FDS_START, the first file descriptor that systemd passes (sd_listen_fds(3)). */
const firstDescriptor = 3;

/**
 * The panels' socket, if systemd opened it for this process (sd_listen_fds(3)). Then the panels are units as well.
 *
 * @returns a file descriptor; undefined if this process must open the socket itself
 */
export function inheritedSocket(
  { LISTEN_PID, LISTEN_FDS }: NodeJS.ProcessEnv,
  pid: number,
): number | undefined {
  return LISTEN_PID === String(pid) && LISTEN_FDS === '1' ? firstDescriptor : undefined;
}
