import { type EventObject, fromCallback } from 'xstate';

/** Receives what an effect threw, which is a bug. The procedure goes on as after a failure. */
export type BugListener = { bug(thrown: unknown): void };

/**
 * Makes actors of effects. Such an actor sends its procedure any number of events while `run` works, then the one that
 * `run` resolves with, or `afterBug`. `signal` aborts when the procedure leaves the state.
 */
export function tasks<News extends EventObject>(listener: BugListener) {
  return <Input>(
    run: (input: Input, notify: (news: News) => void, signal: AbortSignal) => Promise<News>,
    afterBug: News,
  ) =>
    fromCallback<EventObject, Input>(({ input, sendBack }) => {
      const left = new AbortController();
      const notify = (news: News): void => sendBack(news);
      void run(input, notify, left.signal)
        .catch((thrown: unknown) => {
          listener.bug(thrown);
          return afterBug;
        })
        .then(notify);
      return () => left.abort();
    });
}
