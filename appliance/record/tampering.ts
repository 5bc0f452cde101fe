import { err, ok, type Result } from '../result.js';
import { checkLine, entryHash, type Chain } from './chain.js';
import type { Head } from './head.js';

/** How the records differ from what the box's key vouched for. */
export type Tampering =
  | 'changed'
  | 'cut'
  | 'removed'
  | 'reordered'
  | 'inserted'
  /** The whole file, made anew. */
  | 'remade'
  /** The file is gone. */
  | 'deleted'
  | 'rolled-back'
  /** The TPM counted more lines. */
  | 'counted-more'
  | 'key-changed'
  | 'key-missing'
  | 'head-missing'
  | 'head-changed'
  | 'witness-missing'
  | 'witness-changed';

/**
 * What the head says of a whole chain. A head is signed before its line is appended, so a power cut between the two leaves
 * the file one line behind: `behind`, which the next start heals from the head. It is the only difference that is healed.
 *
 * @param hashAt the hash of each line of the file that a head may name, counted from 1
 * @param torn whether a cut-off line follows
 */
export function compareWithHead(
  chain: Chain,
  head: Head,
  hashAt: (line: number) => string | undefined,
  torn: boolean,
): Result<'whole' | 'behind', Tampering> {
  if (head.lines === chain.lines + 1 && continues(chain, head)) return ok('behind');
  if (head.lines > 0 && chain.lines > 0 && chain.origin !== head.origin) return err('remade');
  if (head.lines > chain.lines) return err('cut');
  if (head.lines > 0 && hashAt(head.lines) !== head.hash) return err('changed');
  return head.lines < chain.lines || torn ? err('inserted') : ok('whole');
}

function continues(chain: Chain, head: Head): boolean {
  const line = checkLine(chain, Buffer.from(head.last));
  return line.ok && line.value.hash === head.hash;
}

/**
 * What the witness, the copy of the head in a folder of its own, says of the head. It is written after the head and before
 * the line, so it may lag behind only while the line is missing.
 */
export function compareWithWitness(
  head: Head,
  witness: Head,
  state: 'whole' | 'behind',
): Result<undefined, Tampering> {
  if (witness.key !== head.key) return err('key-changed');
  if (witness.lines > head.lines) return err('rolled-back');
  if (witness.lines === head.lines) return witness.hash === head.hash ? ok() : err('remade');
  const mayLag = state === 'behind' && witness.lines === head.lines - 1;
  return mayLag ? ok() : err('witness-changed');
}

/** Names what happened to a file whose lines form no chain, from the links that are left between them. */
export function nameTampering(lines: readonly Buffer[], head: Head): Tampering {
  const links = lines.map((line) => ({ hash: entryHash(line), previous: previousIn(line) }));
  const byHash = new Map(links.map((link) => [link.hash, link]));
  const known = new Set<string>();
  let at = head.hash;
  for (let link = byHash.get(at); link && !known.has(at); link = byHash.get(at)) {
    known.add(at);
    at = link.previous;
  }
  const endIsThere = known.size > 0;
  const fromStart = forwardFrom(emptyHash, links);
  const kept = new Set([...known, ...fromStart]);
  const foreign = links.length - kept.size;
  if (known.size === head.lines) return foreign > 0 ? 'inserted' : 'reordered';
  // A changed line may still follow the one before it, so that the links alone do not tell it.
  if (foreign > 0 || links.length >= head.lines) return links.length > head.lines ? 'inserted' : 'changed';
  return endIsThere ? 'removed' : 'cut';
}

type Link = { readonly hash: string; readonly previous: string };

const emptyHash = '0'.repeat(64);

/** The hashes of the lines that follow one another from there, in whatever order they lie. */
function forwardFrom(start: string, links: readonly Link[]): Set<string> {
  const next = new Map(links.map(({ hash, previous }) => [previous, hash]));
  const reached = new Set<string>();
  for (let hash = next.get(start); hash !== undefined && !reached.has(hash); hash = next.get(hash))
    reached.add(hash);
  return reached;
}

/** `previous` is the last key of each line. */
function previousIn(line: Buffer): string {
  return /"previous":"([0-9a-f]{64})"}$/.exec(line.toString('latin1'))?.[1] ?? '';
}
