/** Says what is being done, in both languages. */
export function say(japanese, english) {
  console.log(`${japanese} / ${english}`);
}

/** Says what went wrong and what to do about it, and ends the set-up with exit status 1. */
export function fail({ cause, remedy }) {
  console.error(`\n✗ ${cause[0]}\n  ${cause[1]}\n→ ${remedy[0]}\n  ${remedy[1]}`);
  process.exit(1);
}
