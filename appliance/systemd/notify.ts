/** Sends the service's state to systemd: assignments, one a line, such as `READY=1` (sd_notify(3)). */
export type Notify = (state: string) => void;

// <sys/socket.h>, the same on every Linux architecture of Node except Alpha, MIPS, PA-RISC and SPARC.
const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
const MSG_DONTWAIT = 0x40;
const MSG_NOSIGNAL = 0x4000;
/** `sun_path` holds 107 bytes and a zero (unix(7)). */
const maxPathBytes = 107;

/**
 * Opens the datagram socket that systemd names. Node has no such sockets, and `systemd-notify` would start a process for
 * each message. Send errors are ignored.
 *
 * @param socket a path, or `@` and a name in the abstract namespace
 * @returns undefined if this process is no service
 */
export async function openNotify(socket = process.env.NOTIFY_SOCKET): Promise<Notify | undefined> {
  if (socket === undefined || !/^[/@]/.test(socket) || Buffer.byteLength(socket) > maxPathBytes)
    return undefined;
  const { default: koffi } = await import('koffi');
  const libc = koffi.load(null);
  const open = libc.func('int socket(int domain, int type, int protocol)') as (...args: number[]) => number;
  const send = libc.func(
    'intptr_t sendto(int fd, const void *data, uintptr_t length, int flags, const void *address, uint32_t addressLength)',
  ) as (fd: number, data: Buffer, length: number, flags: number, address: Buffer, bytes: number) => number;
  const fd = open(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return undefined;
  const address = addressOf(socket);
  return (state) => {
    const data = Buffer.from(state);
    send(fd, data, data.length, MSG_DONTWAIT | MSG_NOSIGNAL, address, address.length);
  };
}

/** A sockaddr_un: a path ends with a zero byte, an abstract name begins with one and ends with the address. */
function addressOf(socket: string): Buffer {
  const family = Buffer.alloc(2);
  new Uint16Array(family.buffer, family.byteOffset, 1)[0] = AF_UNIX;
  const name = Buffer.from(socket.startsWith('@') ? `\0${socket.slice(1)}` : `${socket}\0`);
  return Buffer.concat([family, name]);
}
