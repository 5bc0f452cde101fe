import { loadModels } from '../../appliance/face/sessions.js';
import { installation } from '../../appliance/installation.js';
import { compareOurs, runFloor } from './comparison.js';
import { installPeers, Peer, peerNames, type PeerName } from './peers.js';
import { scaledTo } from './pictures.js';
import { median, Stopwatch } from './stopwatch.js';

/** Medians in milliseconds of one comparison of two pictures, all in turn on the same pictures. */
export type Comparison = {
  readonly megapixels: number;
  readonly floor: number;
  readonly ours: number;
  readonly peers: Partial<Record<PeerName, number>>;
  /** Medians for one picture. */
  readonly stages: Readonly<Record<string, number>>;
  readonly floorStages: Readonly<Record<string, number>>;
};

/** Runs that are not counted: code is compiled and memory is mapped in them. */
const warming = 5;

/**
 * Times ours, the floor and the peers in turn.
 *
 * @param pictures two files
 * @param peers whether to run the peers, too: they are installed first
 */
export async function compareAll(
  megapixels: number,
  runs: number,
  pictures: readonly string[],
  folder: string,
  peers: boolean,
): Promise<Comparison> {
  const loaded = await loadModels(installation);
  if (!loaded.ok) throw new Error(loaded.error);
  const models = loaded.value;
  const files = await scaledTo(megapixels, pictures, folder);
  if (peers) installPeers();
  const others = peers ? peerNames.map((name) => new Peer(name)) : [];
  const turn = async ({ whole, ours, floor }: Watches) => {
    await whole.time('floor', () => runFloor(models, files, floor));
    await whole.time('ours', () => compareOurs(models, files, ours));
    for (const peer of others) whole.keep(peer.name, await peer.compare(files));
  };
  const kept = watches();
  try {
    const unkept = watches();
    for (let run = 0; run < warming; run++) await turn(unkept);
    for (let run = 0; run < runs; run++) await turn(kept);
  } finally {
    for (const peer of others) peer.close();
  }
  const { whole, ours, floor } = kept;
  return {
    megapixels,
    floor: whole.median('floor'),
    ours: whole.median('ours'),
    peers: Object.fromEntries(others.map(({ name }) => [name, whole.median(name)])),
    stages: medians(ours),
    floorStages: medians(floor),
  };
}

type Watches = { readonly whole: Stopwatch; readonly ours: Stopwatch; readonly floor: Stopwatch };

const watches = (): Watches => ({ whole: new Stopwatch(), ours: new Stopwatch(), floor: new Stopwatch() });

function medians({ times }: Stopwatch): Record<string, number> {
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}
