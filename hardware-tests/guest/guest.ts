import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';

import { readLines, toLine } from '../../appliance/json-lines.js';
import { within } from '../within.js';
import { type AgentMessage, agentMessage, type Command, maxMessageBytes } from './commands.js';
import { longTimeoutMs } from './timeouts.js';

type GuestEvent = Exclude<AgentMessage, { is: 'answer' }>;
type Answer = Extract<AgentMessage, { is: 'answer' }>;
type Pending = { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void };

/** The guest's operating system, through the agent in it. */
export class Guest extends EventEmitter<{ event: [GuestEvent] }> {
  /** Settles when the agent reports that it runs. */
  readonly started: Promise<unknown>;
  readonly #socket: Socket;
  readonly #pending = new Map<number, Pending>();
  #commands = 0;

  constructor(socket: Socket) {
    super();
    this.#socket = socket;
    this.started = this.nextStart();
    // The socket breaks when the machine is powered off.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      for (const { reject } of this.#pending.values()) reject(new Error('the box went off'));
    });
    void this.#listen().catch(() => undefined);
  }

  /** Settles when the guest has started again. Its caller limits the wait. */
  nextStart(): Promise<unknown> {
    return new Promise((resolve) => {
      const listener = (event: GuestEvent) => {
        if (event.is !== 'started') return;
        this.off('event', listener);
        resolve(event);
      };
      this.on('event', listener);
    });
  }

  /** Sends a command to the agent, and returns its answer with the guest's time in milliseconds. */
  async send(command: Command): Promise<Answer> {
    const id = ++this.#commands;
    const answer = new Promise<Answer>((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    this.#socket.write(toLine({ id, ...command }));
    return within(`the guest's answer to ${JSON.stringify(command)}`, longTimeoutMs, answer);
  }

  /** Runs a program in the guest and returns its output; throws where it fails. */
  async run(...command: string[]): Promise<string> {
    const { ok, text } = await this.send({ do: 'run', command });
    if (!ok) throw new Error(`${command.join(' ')}: ${text}`);
    return text;
  }

  async write(file: string, text: string): Promise<Answer> {
    const answer = await this.send({ do: 'write', file, text });
    if (!answer.ok) throw new Error(answer.text);
    return answer;
  }

  async #listen(): Promise<void> {
    for await (const line of readLines(this.#socket, agentMessage, maxMessageBytes)) {
      if (!line.ok) throw new Error('the agent sent a message that does not parse');
      const message = line.value;
      if (message.is !== 'answer') {
        this.emit('event', message);
        continue;
      }
      this.#pending.get(message.to)?.resolve(message);
      this.#pending.delete(message.to);
    }
  }
}
