import type { FaultCode, Finding } from '../findings.js';
import type { Instruction, Outline, ScannerWait } from '../protocol/vault.js';
import type { Liveness } from '../record/entry.js';

/** The recogniser of the visit's vault: its name, the SHA-256 of its ONNX file, and the threshold for its scores. */
export type Recogniser = { readonly model: string; readonly modelHash: string; readonly threshold: number };

/** The result of a scan or photograph. One that is not usable has to be taken again. */
export type Picture = {
  readonly usable: boolean;
  readonly findings: readonly Finding[];
  /** The result of the challenge, for a photograph with one. */
  readonly liveness?: Liveness | undefined;
};

/** How far the scan or photograph is, 0 to 1. */
export type Progress = { readonly type: 'progress'; readonly fraction: number };

/** The scan waits for its scanner, until the next progress. */
export type Waiting = { readonly type: 'waiting'; readonly why: ScannerWait };

/** What the visitor should do to be photographed well. */
export type Guidance = {
  readonly type: 'guidance';
  readonly instruction: Instruction;
  readonly outline?: Outline | undefined;
};

export type RecordFault = Extract<FaultCode, `record-${string}`>;

/** The record's number, `2026-0417`, and the local time of day, `14:32:07`. */
export type Receipt = { readonly number: string; readonly at: string };
