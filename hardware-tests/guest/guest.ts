import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';

import { readLines, toLine } from '../../appliance/lines.js';
import { type Command, longestTold, told, type Told } from './commands.js';

type News = Exclude<Told, { is: 'answer' }>;
type Answer = Extract<Told, { is: 'answer' }>;
type Waiting = { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void };

/** The guest, as far as its agent reaches. */
export class Guest extends EventEmitter<{ news: [News] }> {
  /** Settles when the agent has said that it is there. */
  readonly here: Promise<unknown>;
  readonly #wire: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #commands = 0;

  constructor(wire: Socket) {
    super();
    this.#wire = wire;
    this.here = this.restarted();
    // A machine that is switched off breaks its wire.
    wire.on('error', () => undefined);
    wire.once('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the box went off'));
    });
    void this.#listen().catch(() => undefined);
  }

  /** Settles when the guest has started again. */
  restarted(): Promise<unknown> {
    return new Promise((resolve) => {
      const hear = (news: News) => {
        if (news.is !== 'here') return;
        this.off('news', hear);
        resolve(news);
      };
      this.on('news', hear);
    });
  }

  /** Has the agent do something, and says what came of it and when, in the guest's milliseconds. */
  async ask(command: Command): Promise<Answer> {
    const id = ++this.#commands;
    const answer = new Promise<Answer>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#wire.write(toLine({ id, ...command }));
    return answer;
  }

  /** What a command printed there; one that fails is a bug of the test. */
  async run(...command: string[]): Promise<string> {
    const { ok, text } = await this.ask({ do: 'run', command });
    if (!ok) throw new Error(`${command.join(' ')}: ${text}`);
    return text;
  }

  async write(file: string, text: string): Promise<Answer> {
    const answer = await this.ask({ do: 'write', file, text });
    if (!answer.ok) throw new Error(answer.text);
    return answer;
  }

  async #listen(): Promise<void> {
    for await (const line of readLines(this.#wire, told, longestTold)) {
      if (!line.ok) throw new Error('the agent is not understood');
      const news = line.value;
      if (news.is !== 'answer') {
        this.emit('news', news);
        continue;
      }
      this.#waiting.get(news.to)?.resolve(news);
      this.#waiting.delete(news.to);
    }
  }
}
