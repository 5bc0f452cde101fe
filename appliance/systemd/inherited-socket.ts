/** The first file descriptor that systemd hands over: SD_LISTEN_FDS_START, sd_listen_fds(3). */
const first = 3;

/**
 * The panels' socket, where systemd already listens on it for this process: sd_listen_fds(3). Then the panels are
 * units of their own as well.
 *
 * @returns a file descriptor; undefined where this process has to listen by itself
 */
export function inheritedSocket(
  { LISTEN_PID, LISTEN_FDS }: NodeJS.ProcessEnv,
  pid: number,
): number | undefined {
  return LISTEN_PID === String(pid) && LISTEN_FDS === '1' ? first : undefined;
}
