/**
 * Imported first by every program: Node opens its inspector, through which all of a process's memory can be read, to whoever
 * sends it SIGUSR1. A listener takes the place of that (nodejs.org/api/process.html, "Signal events"). On a box the units
 * have Node block the signal before that, by an option that Node 20 does not know.
 */
process.on('SIGUSR1', () => undefined);
