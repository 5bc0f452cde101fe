import type { Strangers } from '../../calibration/calibration.js';
import type { NotSet } from '../../clock/clock.js';
import type { Part } from '../../clock/minute.js';
import type { Doubt } from '../../clock/trust.js';
import type { ExportFault, Readers } from '../../export/protocol.js';
import type { FaultCode, FindingCode, Side } from '../../findings.js';
import type { CheckName, RemarkCode, Verdict } from '../../health/check.js';
import type { Liveness } from '../../record/entry.js';
import type { ReturnedBecause, UpdateFault } from '../../update/protocol.js';
import type { BenchOutcome, Question, StepName, StepVerdict } from '../../protocol/bench-test.js';
import type { Button } from '../../protocol/lights.js';
import type { Choice } from '../../protocol/choice.js';
import type { VendorFault } from '../../protocol/vendor.js';
import type { Instruction, ScannerWait } from '../../protocol/vault.js';
import type { Scene, View } from '../view.js';

/** What is wrong, and how to fix it at the counter. A line feed is a preferred line break. */
export type Said = { readonly what: string; readonly remedy: string };

/** A finding's text: the same for both pictures, or one for each if the remedy differs. */
export type FindingWords = Said | Readonly<Record<Side, Said>>;

/** The instructions with an arrow beside the outline. */
export type Direction = Extract<
  Instruction,
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'nearer'
  | 'further'
  | 'turn-left'
  | 'turn-right'
  | 'turn-up'
  | 'turn-down'
>;

type Way = View['way'];
type Policy = Extract<Scene, { name: 'reason' }>['policy'];
type About = Extract<Scene, { name: 'explain' }>['about'];
type Because = Extract<Scene, { name: 'erased' }>['because'];

/** Every text that the appliance shows, in one language. A code without a text does not compile. */
export type Words = {
  /** The language's own name. */
  readonly language: string;
  readonly product: string;
  readonly practice: string;
  /** Beside the devices, on an image for trying a board. */
  readonly debugImage: string;
  readonly way: Readonly<Record<Way, string>>;
  readonly camera: Readonly<Record<View['camera'], string>>;
  readonly scanner: Readonly<Record<View['scanner'], string>>;

  /** The keys as labelled on box and keyboard, with their effect if the label does not say it. */
  readonly keys: {
    readonly choose: string;
    readonly enter: (does: string) => string;
    /** What Enter does if there is nothing to choose. */
    readonly tryAgain: string;
    readonly back: string;
    readonly cancel: string;
    /** After the outcome these keys finish instead of aborting. */
    readonly backFinishes: string;
    readonly cancelFinishes: string;
  };
  readonly choices: Readonly<Record<Choice, string>>;
  readonly choiceMeans: Readonly<
    Record<Extract<Choice, 'clear-by-sight' | 'compare-faces' | 'proxy'>, string>
  >;
  readonly enlarge: (columns: number, rows: number) => string;
  readonly secondsLeft: (seconds: number) => string;
  /** `line` is that of the first problem; undefined if the whole file is unusable. */
  readonly settingsProblems: (count: number, line: number | undefined) => string;
  /** Who keeps the machine in order, as the texts name them; a telephone number is shown beside. */
  readonly technician: string;
  readonly support: (contact: string) => string;
  readonly tornRecords: (count: number) => string;
  /** @param number of the record of a visit within which the appliance stopped */
  readonly interrupted: (number: string) => string;

  readonly starting: { readonly title: string; readonly text: string };
  /** Where the core has not answered a screen for long. */
  readonly unanswered: { readonly title: string; readonly text: string };
  readonly idle: { readonly title: string; readonly text: string };
  readonly unavailable: {
    readonly title: string;
    /** How the counter goes on without the machine. */
    readonly meanwhile: string;
    readonly text: string;
    /** If the settings require the missing device by name. */
    readonly awaited: (name: string) => string;
  };
  readonly reason: { readonly title: string; readonly policy: Readonly<Record<Policy, string>> };
  readonly notice: {
    readonly title: string;
    /** Read out to the visitor, with what follows if the visitor declines. */
    readonly read: Readonly<Record<Way, (ifDeclined: string) => string>>;
  };
  /** What follows if the visitor declines, where the settings do not say. */
  readonly ifDeclined: string;
  readonly placeDocument: Readonly<Record<Way, { readonly title: string; readonly text: string }>>;
  readonly scanning: { readonly title: string; readonly text: string };
  readonly waiting: { readonly title: string; readonly text: Readonly<Record<ScannerWait, string>> };
  readonly documentPoor: string;
  readonly beforePhotograph: {
    readonly title: string;
    /** To the visitor. */
    readonly say: string;
    /** To the clerk, of visitors for whom that is hard. */
    readonly cannot: string;
  };
  readonly instructions: Readonly<Record<Instruction, string>>;
  /** The word at the arrow beside the outline. */
  readonly arrows: Readonly<Record<Direction, string>>;
  /** The legend of the two ovals. */
  readonly ovals: { readonly aim: string; readonly face: string };
  readonly photographPoor: string;
  /** More than one photograph or scan in a visit. */
  readonly tries: {
    readonly photograph: (number: number) => string;
    readonly scan: (number: number) => string;
    /** Which pictures the result rests on; how often they were compared follows in the same row. */
    readonly made: (photographs: number, scans: number) => string;
    readonly compared: (times: number, lowest: string) => string;
    /** Follows the chance of a false match: that it is that of all comparisons. */
    readonly together: (times: number) => string;
    /** The next step where a picture is poor and none is left of its side. */
    readonly poor: Readonly<Record<'photograph' | 'scan', string>>;
    /** The next step from the threshold on where no photograph is left. */
    readonly above: string;
    /** Below the threshold, by what can still be taken again. */
    readonly below: Readonly<Record<'photograph' | 'scan' | 'neither', string>>;
  };
  readonly comparing: { readonly title: string; readonly text: string };
  readonly result: {
    readonly above: { readonly title: string; readonly next: string };
    readonly below: { readonly title: string; readonly next: string };
    /** The next step if only the superior's decision is missing. */
    readonly consult: string;
    /** That a low score does not prove a different person. */
    readonly provesNothing: string;
    readonly score: (similarity: string, threshold: string) => string;
    readonly similarity: string;
    readonly threshold: string;
    /** The chance of a false match, shown from the threshold on, by which strangers were measured. */
    readonly fewerThan: Readonly<Record<Strangers, (count: number, of: number) => string>>;
    readonly manyStrangers: string;
    /** That too few people of the counter's own group were measured. */
    readonly fewOfGroup: string;
    /** That the chance is not that of this being the person. */
    readonly noProbability: string;
    /** What was compared, by which recogniser. */
    readonly compared: Readonly<Record<Way, (model: string) => string>>;
    /** Result of the challenge: whether a live person was in front of the camera. */
    readonly liveness: Readonly<Record<Liveness, string>>;
    readonly noted: string;
  };
  readonly notComparable: {
    readonly title: string;
    readonly next: string;
    /** To the visitor. */
    readonly say: string;
  };
  readonly moreFindings: (count: number) => string;
  readonly explain: {
    readonly title: string;
    readonly because: Readonly<Record<About, string>>;
    /** To the visitor. */
    readonly say: Readonly<Record<About, (ifDeclined: string) => string>>;
  };
  readonly erasing: { readonly title: string; readonly text: string };
  readonly erased: {
    readonly withPictures: (at: string) => string;
    readonly withoutPictures: (at: string) => string;
    readonly record: (number: string) => string;
    /** That the visitor may have the number. */
    readonly handOver: string;
    readonly because: Readonly<Record<Because, string>>;
  };

  readonly clock: {
    readonly title: string;
    /** Instructions while no part of the time is open for change, and while one is. */
    readonly how: { readonly closed: string; readonly open: string };
    /** Effects of the keys in these scenes. */
    readonly keys: { readonly open: string; readonly close: string; readonly turn: string };
    readonly parts: Readonly<Record<Part, (value: number) => string>>;
    /** `weekday` is 0 for Sunday. */
    readonly whole: (
      year: number,
      month: number,
      day: number,
      weekday: number,
      hour: number,
      minute: number,
    ) => string;
    readonly applying: { readonly title: string; readonly text: string };
    readonly set: { readonly title: string; readonly lasting: string; readonly untilPowerOff: string };
    readonly notSetTitle: string;
    /** Why the clock is not trusted. */
    readonly doubts: Readonly<Record<Doubt, Said>>;
    readonly notSet: Readonly<Record<NotSet, Said>>;
  };

  readonly update: {
    /** There is one on a USB stick. */
    readonly found: (version: string) => string;
    readonly ask: { readonly title: (version: string) => string; readonly text: string };
    readonly checking: { readonly title: string; readonly text: string };
    readonly writing: { readonly title: string; readonly text: string };
    readonly restarting: { readonly title: string; readonly text: string };
    readonly failed: string;
    /** Precedes the reason for refusing a stick's update. */
    readonly refused: string;
    readonly faults: Readonly<Record<UpdateFault, Said>>;
    readonly returned: (version: string) => string;
    readonly returnedBecause: Readonly<Record<ReturnedBecause, Said>>;
  };

  /** The copy of the records to a USB stick. */
  readonly changes: {
    readonly title: string;
    readonly text: string;
    /** Before what protects less than it did. */
    readonly weaker: string;
    readonly what: Readonly<Record<string, string>>;
    /** A setting without a name of its own here. */
    readonly setting: (name: string) => string;
    readonly value: Readonly<Record<string, string>>;
    readonly nothing: string;
    readonly fromTo: (before: string, after: string) => string;
    readonly forgotten: string;
    readonly more: (count: number) => string;
  };
  readonly recordsCopy: {
    readonly ask: {
      readonly title: string;
      readonly text: string;
      readonly readers: Readonly<Record<Readers, string>>;
    };
    readonly underWay: { readonly title: string; readonly text: string };
    readonly done: {
      /** Undefined if the chain is broken. */
      readonly title: (records: number | undefined) => string;
      /** Precedes the file's name on the stick. */
      readonly text: string;
      readonly broken: string;
    };
    readonly failed: string;
    readonly faults: Readonly<Record<ExportFault, Said>>;
  };

  /** What a vendor's token on a USB stick opens. */
  readonly vendor: {
    /** In the top line, for as long as a vendor is at work. */
    readonly underTest: string;
    /** A token was found. */
    readonly found: string;
    /** Precedes why a token is refused. */
    readonly refused: string;
    readonly faults: Readonly<Record<VendorFault, Said>>;
    /** The numbers that a token must name; a dash where there is none. */
    readonly numbers: (box: string, image: string) => string;
    readonly entering: { readonly title: string; readonly text: string };
    readonly notOpened: string;
    readonly menu: {
      readonly title: string;
      readonly text: string;
      /** Until which day the token is good. */
      readonly until: (date: string) => string;
      /** That the day cannot be checked. */
      readonly undated: string;
    };
    readonly saving: { readonly title: string; readonly text: string };
    /** Precedes the names of the two reports on the stick. */
    readonly saved: string;
    readonly notSaved: string;
    readonly saveAgain: string;
  };

  /** The vendor's test of a box before it ships, at the panel and in a terminal. */
  readonly benchTest: {
    readonly title: string;
    readonly steps: Readonly<Record<StepName, string>>;
    readonly verdicts: Readonly<Record<StepVerdict, string>>;
    readonly ask: Readonly<Record<Question, string>>;
    readonly press: Readonly<Record<Button, string>>;
    /** How to say at the panel that a button does nothing. */
    readonly pressNothing: string;
    readonly working: (minutesLeft: number) => string;
    readonly outcomes: Readonly<Record<BenchOutcome, string>>;
    /** Where the causes and remedies are. */
    readonly details: string;
  };

  readonly findings: Readonly<Record<FindingCode, FindingWords>>;
  readonly faults: Readonly<Record<FaultCode, Said>>;

  /** The self-test's checks and results. */
  readonly checks: Readonly<Record<CheckName, string>>;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly selfTest: {
    readonly underWay: string;
    readonly lookingAt: (check: string) => string;
    readonly waiting: Readonly<Record<ScannerWait, string>>;
    readonly well: string;
    readonly unfinished: string;
    readonly warnings: (count: number) => string;
    readonly failures: (count: number) => string;
  };
  readonly remarks: Readonly<Record<RemarkCode, Said>>;
};
