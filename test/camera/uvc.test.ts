import assert from 'node:assert/strict';

import fc from 'fast-check';

import { largestOf } from '../../appliance/camera/uvc.js';
import { fiveMegapixels, frame, interfaceOf, stillImages } from './descriptors.js';

const size = fc.tuple(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 1, max: 65_535 }));
const largest = (sizes: readonly (readonly [number, number])[]): number =>
  Math.max(...sizes.map(([width, height]) => width * height));

describe('the descriptors of a USB camera', () => {
  it('tell its largest picture: moving or still, whatever lies between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(0x05, 0x07, 0x11), size)),
        fc.array(size, { maxLength: 40 }),
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 30 })),
        (moving, still, others) => {
          const bytes = Uint8Array.from([
            ...interfaceOf(0x0e, 0x02),
            ...moving.flatMap(([subtype, [width, height]]) => frame(subtype, width, height)),
            // A descriptor of a type that nobody asked for.
            ...others.flatMap((other) => [other.length + 2, 0x25, ...other]),
            ...stillImages(still),
          ]);
          const sizes = [...moving.map(([, each]) => each), ...still];
          const found = largestOf(bytes);
          if (sizes.length === 0) assert.equal(found, undefined);
          else assert.equal(found && found.width * found.height, largest(sizes));
        },
      ),
    );
  });

  it('say nothing outside of a video stream, such as in a microphone', () => {
    for (const [kind, sub] of [
      [0x01, 0x02],
      [0x0e, 0x01],
    ] as const)
      assert.equal(
        largestOf(Uint8Array.from([...interfaceOf(kind, sub), ...frame(0x07, 640, 480)])),
        undefined,
      );
  });

  it('are read as far as they make sense, whatever they hold and wherever they end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        largestOf(bytes);
        largestOf(Uint8Array.from([...interfaceOf(0x0e, 0x02), ...bytes]));
      }),
    );
    for (let length = 0; length < fiveMegapixels.length; length++) largestOf(fiveMegapixels.slice(0, length));
    assert.deepEqual(largestOf(fiveMegapixels), { width: 2592, height: 1944 });
  });
});
