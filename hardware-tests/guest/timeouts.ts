/** In milliseconds. Nothing in an emulated guest takes longer, even on a busy computer; only a stuck one does. */
export const guestTimeoutMs = 300_000;

/** In milliseconds: a start of the guest and what comes last in it, or a command that makes whole visits. */
export const longTimeoutMs = 900_000;

/** In milliseconds: what QEMU itself does, such as opening a socket or removing a device. */
export const qemuTimeoutMs = 60_000;
