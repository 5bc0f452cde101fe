/** Width and height in pixels. */
export type Size = { readonly width: number; readonly height: number };

// USB Device Class Definition for Video Devices 1.5, appendix A; USB 2.0, table 9-5 for the interface descriptor.
const interfaceDescriptor = 0x04;
const classSpecific = 0x24;
const video = 0x0e;
const streaming = 0x02;
const stillImageFrame = 0x03;
/**
 * Uncompressed, MJPEG and frame-based frame descriptors. Each begins with index, capabilities, width and
 * height.
 */
const frames: ReadonlySet<number> = new Set([0x05, 0x07, 0x11]);

/**
 * The largest picture of a USB camera by its descriptors, as sysfs shows them in a device's `descriptors`
 * file without opening the camera. Undefined without valid descriptors of the video class.
 */
export function largestOf(descriptors: Uint8Array): Size | undefined {
  const view = new DataView(descriptors.buffer, descriptors.byteOffset, descriptors.byteLength);
  let largest: Size | undefined;
  let inVideo = false;
  for (let at = 0; at + 3 <= view.byteLength && view.getUint8(at) >= 3; at += view.getUint8(at)) {
    const length = view.getUint8(at);
    if (at + length > view.byteLength) break;
    const [type, subtype] = [view.getUint8(at + 1), view.getUint8(at + 2)];
    if (type === interfaceDescriptor && length >= 7)
      inVideo = view.getUint8(at + 5) === video && view.getUint8(at + 6) === streaming;
    if (type !== classSpecific || !inVideo) continue;
    for (const place of sizesIn(subtype, view, at, length)) {
      const size = { width: view.getUint16(place, true), height: view.getUint16(place + 2, true) };
      if (area(size) > area(largest)) largest = size;
    }
  }
  return largest;
}

/** The offsets of each width in a descriptor; the height follows it. */
function sizesIn(subtype: number, view: DataView, at: number, length: number): number[] {
  if (frames.has(subtype)) return length >= 9 ? [at + 5] : [];
  if (subtype !== stillImageFrame || length < 5) return [];
  const count = view.getUint8(at + 4);
  const room = Math.floor((length - 5) / 4);
  return Array.from({ length: Math.min(count, room) }, (_, index) => at + 5 + 4 * index);
}

/** In pixels. */
export function area(size: Size | undefined): number {
  return size ? size.width * size.height : 0;
}
