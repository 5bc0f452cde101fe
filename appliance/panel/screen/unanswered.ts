import { language } from '../../protocol/language.js';
import { wordsIn } from '../words/said.js';

/** Longer than a core takes to answer on the slowest board. */
const patienceMs = 45_000;

/**
 * Waits for the core's first answer, and says meanwhile what to do if none comes. Says it in every language, because nobody
 * can choose one yet. Whatever is drawn later covers it.
 *
 * @param patience in milliseconds, before anything is said
 */
export async function whileUnanswered<Answer>(
  answer: Promise<Answer>,
  output: NodeJS.WritableStream,
  patience = patienceMs,
): Promise<Answer> {
  const timer = setTimeout(() => output.write(page()), patience);
  try {
    return await answer;
  } finally {
    clearTimeout(timer);
  }
}

function page(): string {
  const paragraphs = language.options.map((each) => {
    const { title, text } = wordsIn[each].unanswered;
    return `${title}\n\n${text}`;
  });
  // A raw terminal does not return to the first column by itself.
  const lines = paragraphs.join('\n\n\n').replaceAll('\n', '\r\n  ');
  // Erase the display, cursor to the third row (ECMA-48, 8.3.39 and 8.3.21).
  return `\x1b[2J\x1b[3;1H  ${lines}`;
}
