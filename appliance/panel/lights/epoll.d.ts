/** The part of epoll (which onoff brings) that reads a character device's events without waiting in the event loop. */
declare module 'epoll' {
  export class Epoll {
    static readonly EPOLLIN: number;
    constructor(changed: (error: Error | null, fd: number, events: number) => void);
    add(fd: number, events: number): this;
    remove(fd: number): this;
    close(): void;
  }
  const epoll: { readonly Epoll: typeof Epoll };
  export default epoll;
}
