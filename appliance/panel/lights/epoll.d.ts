/** The part of the epoll package (a dependency of onoff) that waits for a character device's events. */
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
