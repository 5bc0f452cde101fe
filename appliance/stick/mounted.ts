/** How a stick is mounted. */
export type Access = 'read' | 'write';

/** A mounted stick. `unmount` resolves to false if data may be missing on it. */
export type Mounted = { readonly point: string; unmount(): Promise<boolean> };
