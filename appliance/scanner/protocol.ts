import * as z from 'zod';

import { faultCodes, findingCode, type ScannerFault } from '../findings.js';
import { type DeviceList, deviceList, resolution, scannerChoice, scannerWait } from '../protocol/vault.js';
import { largestPage } from './scanner.js';

/**
 * What the vault and the program that scans say to each other: JSON lines on one socket, and the samples of one page on
 * another. The driver of a scanner runs in that program, so the vault parses every line, and counts every byte.
 */
export const longestLine = 8192;

/** One program makes one list or one scan. `cancel` ends a scan, with `cancelled`. */
export const scannerRequest = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('list') }),
  z.strictObject({ do: z.literal('scan'), scanner: scannerChoice, resolution }),
  z.strictObject({ do: z.literal('cancel') }),
]);
export type ScannerRequest = z.infer<typeof scannerRequest>;
export type ScannerTask = Exclude<ScannerRequest, { do: 'cancel' }>;

export type FoundScanner = DeviceList['scanners'][number];

const scannerFaults = faultCodes.filter((code): code is ScannerFault => code.startsWith('scanner-'));
const scanFault = z.enum([
  ...scannerFaults,
  ...findingCode.extract(['scan-empty', 'scan-short', 'unreadable-image', 'image-too-large']).options,
  'cancelled',
]);
export type ScanFault = z.infer<typeof scanFault>;

const samples = z.number().int().min(1).max(largestPage);
const announcedPage = z
  .strictObject({
    is: z.literal('page'),
    width: samples,
    height: samples,
    channels: z.union([z.literal(1), z.literal(3)]),
    resolution,
  })
  .refine(({ width, height, channels }) => width * height * channels <= largestPage, 'larger than a page');
export type AnnouncedPage = z.infer<typeof announcedPage>;

/** `page` is followed by exactly that many samples, and those by the end of their socket. */
export const scannerMessage = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('progress'), fraction: z.number().min(0).max(1) }),
  z.strictObject({ is: z.literal('waiting'), why: scannerWait }),
  z.strictObject({ is: z.literal('scanners'), scanners: deviceList.shape.scanners }),
  announcedPage,
  z.strictObject({ is: z.literal('failed'), fault: scanFault }),
]);
export type ScannerMessage = z.infer<typeof scannerMessage>;
