/**
 * A state that waits for the clerk. The names in `on` are the choices, in the order in which they are shown. Without a
 * key it ends by `timedOut`; moving the focus enters the state again, which restarts that timeout.
 */
export const question = <const Name extends string, const On extends object, const TimedOut>(
  name: Name,
  on: On,
  timedOut: TimedOut,
) =>
  ({
    id: name,
    entry: 'focus',
    on: { ...on, focus: { target: `#${name}`, reenter: true } },
    after: { key: timedOut },
  }) as const;

/**
 * A question whose answer cannot be taken back: consent, an outcome, what leaves the box or changes it. No choice is in
 * focus until the clerk moved to one, so that a key that nobody means, such as a held Enter, decides nothing.
 */
export const decision = <const Name extends string, const On extends object, const TimedOut>(
  name: Name,
  on: On,
  timedOut: TimedOut,
) => ({ ...question(name, on, timedOut), tags: 'decision' }) as const;

/** A state that shows a result until the clerk has read it. */
export const message = <const Name extends string, const To extends string>(name: Name, to: To) =>
  question(name, { done: to, back: to, cancel: to }, to);
