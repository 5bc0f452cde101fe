import type { NotSet } from '../../clock/clock.js';
import type { Part } from '../../clock/minute.js';
import type { Doubt } from '../../clock/trust.js';
import type { ExportFault } from '../../export/protocol.js';
import type { FaultCode, FindingCode, Side } from '../../findings.js';
import type { CheckName, RemarkCode, Verdict } from '../../health/check.js';
import type { Liveness } from '../../record/entry.js';
import type { ReturnedBecause, UpdateFault } from '../../update/protocol.js';
import type { Choice } from '../../protocol/choice.js';
import type { Instruction } from '../../protocol/vault.js';
import type { Scene, View } from '../view.js';

/** What is wrong, and how to mend it at the counter. A line feed stands where a line may best be broken. */
export type Said = { readonly what: string; readonly remedy: string };

/** A finding's words: the same for both pictures, or apart where the remedy differs. */
export type FindingWords = Said | Readonly<Record<Side, Said>>;

/** Where an arrow beside the outline points to. */
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

/**
 * Every text that the appliance shows anywhere, in one language. A new scene, choice, finding or fault does
 * not compile before it has its words in both.
 */
export type Words = {
  /** The language's own name. */
  readonly language: string;
  readonly product: string;
  readonly practice: string;
  readonly way: Readonly<Record<Way, string>>;
  readonly camera: Readonly<Record<View['camera'], string>>;
  readonly scanner: Readonly<Record<View['scanner'], string>>;

  /** Each key by its label on the box and on a keyboard, with what it does where the label does not say it. */
  readonly keys: {
    readonly choose: string;
    readonly enter: (does: string) => string;
    /** What Enter does where there is nothing to choose. */
    readonly tryAgain: string;
    readonly back: string;
    readonly cancel: string;
    /** Where the outcome already stands, keys that lead on stop nothing. */
    readonly backFinishes: string;
    readonly cancelFinishes: string;
  };
  readonly choices: Readonly<Record<Choice, string>>;
  readonly choiceMeans: Readonly<
    Record<Extract<Choice, 'clear-by-sight' | 'compare-faces' | 'proxy'>, string>
  >;
  readonly enlarge: (columns: number, rows: number) => string;
  readonly secondsLeft: (seconds: number) => string;
  /** `line` is that of the first; without one nothing of the file could be used. */
  readonly settingsProblems: (count: number, line: number | undefined) => string;
  readonly tornRecords: (count: number) => string;

  readonly starting: { readonly title: string; readonly text: string };
  readonly idle: { readonly title: string; readonly text: string };
  readonly unavailable: {
    readonly title: string;
    readonly text: string;
    /** Where the settings name the device that is missing. */
    readonly awaited: (name: string) => string;
  };
  readonly reason: { readonly title: string; readonly policy: Readonly<Record<Policy, string>> };
  readonly notice: { readonly title: string; readonly read: Readonly<Record<Way, string>> };
  readonly placeDocument: Readonly<Record<Way, { readonly title: string; readonly text: string }>>;
  readonly scanning: { readonly title: string; readonly text: string };
  readonly documentPoor: string;
  readonly beforePhotograph: { readonly title: string; readonly text: string };
  readonly instructions: Readonly<Record<Instruction, string>>;
  /** The word at the arrow beside the outline. */
  readonly arrows: Readonly<Record<Direction, string>>;
  /** What the two ovals are. */
  readonly ovals: { readonly aim: string; readonly face: string };
  readonly photographPoor: string;
  readonly comparing: { readonly title: string; readonly text: string };
  readonly result: {
    readonly above: { readonly title: string; readonly next: string };
    readonly below: { readonly title: string; readonly next: string };
    /** What to do where only the superior's word is missing. */
    readonly consult: string;
    /** That a low score does not prove another person. */
    readonly provesNothing: string;
    readonly score: (similarity: string, threshold: string) => string;
    readonly similarity: string;
    readonly threshold: string;
    readonly fewerThanOneIn: (strangers: number) => string;
    readonly manyStrangers: string;
    /** What was compared, and by which recogniser. */
    readonly compared: Readonly<Record<Way, (model: string) => string>>;
    /** What came of the challenge: whether a live person was before the camera. */
    readonly liveness: Readonly<Record<Liveness, string>>;
    readonly noted: string;
  };
  readonly notComparable: { readonly title: string; readonly next: string };
  readonly moreFindings: (count: number) => string;
  readonly explain: {
    readonly title: string;
    readonly because: Readonly<Record<About, string>>;
    readonly say: Readonly<Record<About, string>>;
  };
  readonly erasing: { readonly title: string; readonly text: string };
  readonly erased: {
    readonly withPictures: (at: string) => string;
    readonly withoutPictures: (at: string) => string;
    readonly record: (number: string) => string;
    readonly because: Readonly<Record<Because, string>>;
  };

  readonly clock: {
    readonly title: string;
    /** What to do where no part of the time is open to be changed, and where one is. */
    readonly how: { readonly closed: string; readonly open: string };
    /** What the keys do there. */
    readonly keys: { readonly open: string; readonly close: string; readonly turn: string };
    readonly parts: Readonly<Record<Part, (value: number) => string>>;
    /** `weekday` counts from Sunday, which is 0. */
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
    /** Why its time is not trusted. */
    readonly doubts: Readonly<Record<Doubt, Said>>;
    readonly notSet: Readonly<Record<NotSet, Said>>;
  };

  readonly update: {
    /** A stick offers one. */
    readonly found: (version: string) => string;
    readonly ask: { readonly title: (version: string) => string; readonly text: string };
    readonly checking: { readonly title: string; readonly text: string };
    readonly writing: { readonly title: string; readonly text: string };
    readonly restarting: { readonly title: string; readonly text: string };
    readonly failed: string;
    /** Before the reason why a stick's update is not taken. */
    readonly refused: string;
    readonly faults: Readonly<Record<UpdateFault, Said>>;
    readonly returned: (version: string) => string;
    readonly returnedBecause: Readonly<Record<ReturnedBecause, Said>>;
  };

  /** The records, taken out to a stick. */
  readonly recordsCopy: {
    readonly ask: { readonly title: string; readonly text: string };
    readonly underWay: { readonly title: string; readonly text: string };
    readonly done: {
      /** How many there are is not known of a broken chain. */
      readonly title: (records: number | undefined) => string;
      /** Before the name under which they lie on the stick. */
      readonly text: string;
      readonly broken: string;
    };
    readonly failed: string;
    readonly faults: Readonly<Record<ExportFault, Said>>;
  };

  readonly findings: Readonly<Record<FindingCode, FindingWords>>;
  readonly faults: Readonly<Record<FaultCode, Said>>;

  /** What the self-test looks at, and what comes of it. */
  readonly checks: Readonly<Record<CheckName, string>>;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly selfTest: {
    readonly underWay: string;
    readonly lookingAt: (check: string) => string;
    readonly well: string;
    readonly unfinished: string;
    readonly warnings: (count: number) => string;
    readonly failures: (count: number) => string;
  };
  readonly remarks: Readonly<Record<RemarkCode, Said>>;
};
