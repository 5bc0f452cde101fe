import * as z from 'zod';

/**
 * What goes over the wire between the test and its agent in the guest, one JSON object a line: errands to the
 * agent; to the test the answer to each, and what the agent has been told to watch. `at` is the guest's own clock
 * in milliseconds, so that a time taken in the guest holds nothing of the way out.
 */
export type Command =
  | { readonly do: 'run'; readonly command: readonly string[] }
  | { readonly do: 'read'; readonly file: string }
  | { readonly do: 'write'; readonly file: string; readonly text: string }
  /** Panels on the socket of an appliance: it is connected to again whenever it is there again. */
  | { readonly do: 'attend'; readonly socket: string }
  | { readonly do: 'press'; readonly key: string }
  /** A finger on a button of gpio-sim, whose file this is; the answer's text says when the contact closed. */
  | { readonly do: 'touch'; readonly pull: string }
  /** Reads files of one word each again and again, and tells the words, joined, whenever one changes; none ends it. */
  | { readonly do: 'watch'; readonly files: readonly string[] };

export const told = z.discriminatedUnion('is', [
  z.object({ is: z.literal('here'), at: z.number() }),
  z.object({ is: z.literal('answer'), to: z.number(), at: z.number(), ok: z.boolean(), text: z.string() }),
  z.object({ is: z.literal('view'), at: z.number(), view: z.unknown() }),
  z.object({ is: z.literal('words'), at: z.number(), words: z.string() }),
]);
export type Told = z.infer<typeof told>;

/** Bytes; the longest is what a program printed. */
export const longestTold = 1024 * 1024;

/** The virtio port's name, under /dev/virtio-ports. */
export const port = 'terashi.test';
