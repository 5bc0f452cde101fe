import { createTarPacker } from 'modern-tar';

import { OtherLength } from './exporter.js';

/** A file to be packed: `bytes` long. */
export type Packed = {
  readonly name: string;
  readonly bytes: number;
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
};

const block = 512;
const endOfArchive = 2 * block;

/** Length in bytes of a tar archive (POSIX ustar) of these files. */
export function tarBytes(files: readonly Packed[]): number {
  const blocks = files.map(({ bytes }) => block + Math.ceil(bytes / block) * block);
  return blocks.reduce((sum, bytes) => sum + bytes, endOfArchive);
}

/** The archive as a stream that holds a few megabytes at most. It fails with the error of a file's content. */
export function tarOf(files: readonly Packed[]): ReadableStream<Uint8Array> {
  const { readable, controller } = createTarPacker();
  const pack = async () => {
    for (const file of files) {
      const entry = controller.add({ name: file.name, size: file.bytes, mode: 0o600, type: 'file' });
      await ReadableStream.from(exactly(file)).pipeTo(entry);
    }
    controller.finalize();
  };
  // Whoever reads the stream is told.
  pack().catch((error: unknown) => controller.error(error));
  return readable;
}

async function* exactly({ bytes, content }: Packed): AsyncGenerator<Uint8Array> {
  let given = 0;
  for await (const chunk of content) {
    given += chunk.length;
    if (given > bytes) break;
    yield chunk;
  }
  if (given !== bytes) throw new OtherLength();
}
