import * as z from 'zod';

/** A command of the test to its agent in the guest, one JSON object a line. Each is answered once. */
export type Command =
  | { readonly do: 'run'; readonly command: readonly string[] }
  | { readonly do: 'read'; readonly file: string }
  | { readonly do: 'write'; readonly file: string; readonly text: string }
  /** Connects to an appliance's panel socket as a panel does, and again whenever the appliance restarts. */
  | { readonly do: 'connect-panel'; readonly socket: string }
  | { readonly do: 'press'; readonly key: string }
  /** Presses a button of gpio-sim by its `pull` file; the answer's text is the time when the contact closed. */
  | { readonly do: 'push-button'; readonly pull: string }
  /** Polls files of one word each, and sends the words, joined, at each change. An empty list ends it. */
  | { readonly do: 'watch'; readonly files: readonly string[] };

/**
 * A message of the agent, one JSON object a line. `at` is in milliseconds of the guest's own clock, so that times
 * measured in the guest contain no transport.
 */
export const agentMessage = z.discriminatedUnion('is', [
  z.object({ is: z.literal('started'), at: z.number() }),
  z.object({ is: z.literal('answer'), to: z.number(), at: z.number(), ok: z.boolean(), text: z.string() }),
  z.object({ is: z.literal('view'), at: z.number(), view: z.unknown() }),
  z.object({ is: z.literal('words'), at: z.number(), words: z.string() }),
]);
export type AgentMessage = z.infer<typeof agentMessage>;

/** In bytes; the output of a program is the longest message. */
export const maxMessageBytes = 1024 * 1024;

/** The virtio port's name, under /dev/virtio-ports. */
export const agentPort = 'terashi.test';
