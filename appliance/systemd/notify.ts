/** What a service says to systemd: assignments, one a line, such as `READY=1` (sd_notify(3)). */
export type Notify = (said: string) => void;

// <sys/socket.h>, the same on every architecture that Node runs on under Linux, except Alpha, MIPS, PA-RISC and SPARC.
const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
const MSG_DONTWAIT = 0x40;
const MSG_NOSIGNAL = 0x4000;
/** unix(7): the family in two bytes, then the path. */
const longestPath = 107;

/**
 * Opens the datagram socket that systemd names; undefined where nobody listens for us. Node has no such sockets, and
 * `systemd-notify` would be a process each time. What cannot be said is not said: there is nobody to tell.
 *
 * @param socket a path, or a name in the abstract namespace after an `@`
 */
export async function openNotify(socket = process.env.NOTIFY_SOCKET): Promise<Notify | undefined> {
  if (socket === undefined || !/^[/@]/.test(socket) || Buffer.byteLength(socket) > longestPath)
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
  return (said) => {
    const data = Buffer.from(said);
    send(fd, data, data.length, MSG_DONTWAIT | MSG_NOSIGNAL, address, address.length);
  };
}

/** A path ends with a zero byte; an abstract name begins with one, and its length is all that ends it. */
function addressOf(socket: string): Buffer {
  const family = Buffer.alloc(2);
  new Uint16Array(family.buffer, family.byteOffset, 1)[0] = AF_UNIX;
  const name = Buffer.from(socket.startsWith('@') ? `\0${socket.slice(1)}` : `${socket}\0`);
  return Buffer.concat([family, name]);
}
