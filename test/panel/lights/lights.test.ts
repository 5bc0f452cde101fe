import assert from 'node:assert/strict';
import { mock } from 'node:test';

import { Lights } from '../../../appliance/panel/lights/lights.js';
import {
  type Button,
  buttons,
  type Lines,
  type Output,
  outputs,
} from '../../../appliance/panel/lights/lines.js';
import { cycleOf, frameAt, lit } from '../../../appliance/panel/lights/pattern.js';
import { patternOf } from '../../../appliance/panel/lights/patterns.js';
import { wiringOf } from '../../../appliance/panel/lights/wiring.js';
import { type FromPanel, fromPanel } from '../../../appliance/panel/link.js';
import { parseSettings } from '../../../appliance/settings/parse.js';
import { until } from '../../../hardware-tests/counter/until.js';
import { distinctViews } from './distinct-views.js';

/** Lines that are in this test's hand: no GPIO chip is simulated here. */
class Bench implements Lines {
  readonly driver = 'sysfs';
  readonly on = new Map<Output, boolean>(outputs.map((output) => [output, false]));
  readonly history: [Output, boolean][] = [];
  readonly broken = new Set<Output>();
  readonly down = new Set<Button>();
  changed = (): void => undefined;

  set(output: Output, on: boolean): void {
    if (this.broken.has(output)) return;
    if (this.on.get(output) !== on) this.history.push([output, on]);
    this.on.set(output, on);
  }
  isOn(output: Output): boolean | undefined {
    return this.on.get(output);
  }
  isDown(button: Button): boolean {
    return this.down.has(button);
  }
  watch(changed: () => void): void {
    this.changed = changed;
  }
  close(): void {
    for (const output of outputs) this.set(output, false);
  }
  get row(): boolean[] {
    return (['led1', 'led2', 'led3', 'led4'] as const).map((led) => this.on.get(led)!);
  }
}

const pin = 26;

describe('the lights', () => {
  let bench: Bench;
  let lights: Lights;
  let said: FromPanel[];

  beforeEach(() => {
    bench = new Bench();
    said = [];
    lights = new Lights(bench, pin, (line) => said.push(fromPanel.lights.parse(line)));
  });
  afterEach(() => {
    lights.close();
    mock.reset();
  });

  let now: number;
  function mockTime(): void {
    now = performance.now();
    mock.method(performance, 'now', () => now);
    mock.timers.enable({ apis: ['setTimeout'] });
  }

  /** In milliseconds. */
  function pass(milliseconds: number): void {
    for (const end = now + milliseconds; now < end; now++) mock.timers.tick(1);
  }

  const untilSaid = async (count: number): Promise<void> => {
    await until(`${count} lines`, () => said.length >= count, { seen: () => said });
  };
  const photographing = distinctViews.get('photographing nearer')!;

  it('say what drives them before anything else', () => {
    assert.deepEqual(said, [{ lights: 'sysfs' }]);
  });

  it('light the camera light before anything else is shown, and say so', () => {
    lights.show(photographing);
    assert.deepEqual(bench.history[0], ['camera', true]);
    lights.show({ ...photographing, cameraLight: false });
    assert.equal(bench.isOn('camera'), false);
    assert.deepEqual(said.slice(1), [
      { 'camera-light': 'lit', pin },
      { 'camera-light': 'dark', pin },
    ]);
  });

  it('say that the camera light does not light, and when it does', async () => {
    bench.broken.add('camera');
    lights.show(photographing);
    assert.deepEqual(said.at(-1), { 'camera-light': 'failed', pin });
    bench.broken.delete('camera');
    await untilSaid(3);
    assert.deepEqual(said.at(-1), { 'camera-light': 'lit', pin });
  });

  it('notice a camera light that goes out', async () => {
    lights.show(photographing);
    bench.on.set('camera', false);
    await untilSaid(3);
    assert.deepEqual(said.at(-1), { 'camera-light': 'failed', pin });
    await untilSaid(4);
    assert.deepEqual(said.at(-1), { 'camera-light': 'lit', pin });
  });

  it('say that the camera light does not go out', () => {
    lights.show(photographing);
    bench.broken.add('camera');
    lights.show({ ...photographing, cameraLight: false });
    assert.deepEqual(said.at(-1), { 'camera-light': 'failed', pin });
  });

  it('show the pattern of the newest view, and go on with one that is shown already', async () => {
    for (const view of distinctViews.values()) {
      lights.show(view);
      assert.deepEqual(bench.row, lit(frameAt(patternOf(view), 0)[0]));
    }
    const comparing = distinctViews.get('comparing')!;
    const rows = new Set<string>();
    lights.show(comparing);
    await until('four rows', () => {
      lights.show({ ...comparing, secondsLeft: rows.size });
      return rows.add(bench.row.join()).size >= 4;
    });
    assert(cycleOf(patternOf(comparing)) > 0);
  });

  it('sound what is to be attended to, and end in silence', () => {
    mockTime();
    lights.show(distinctViews.get('comparing')!);
    lights.show(distinctViews.get('below: photograph-again')!);
    const beats = () => bench.history.filter(([output]) => output === 'buzzer').map(([, on]) => on);
    pass(10_000);
    assert.deepEqual(beats(), [true, false, true, false]);
  });

  it('say what is pressed, once there is something to answer', () => {
    mockTime();
    const press = (button: Button): void => {
      bench.down.add(button);
      bench.changed();
      pass(50);
      bench.down.delete(button);
      bench.changed();
      pass(50);
    };
    press('cancel');
    press('yes');
    lights.show(distinctViews.get('reason: proxy')!);
    for (const button of buttons) press(button);
    assert.deepEqual(
      said.flatMap((line) => ('press' in line ? [line.press] : [])),
      ['cancel', 'enter', 'next', 'cancel'],
    );
  });

  it('say which buttons are stuck, at the start and after ten seconds, and when they are no more', () => {
    mockTime();
    const stuck = () => said.flatMap((line) => ('stuck' in line ? [line.stuck] : []));
    lights.close();
    bench.down.add('no');
    lights = new Lights(bench, pin, (line) => said.push(fromPanel.lights.parse(line)));
    assert.deepEqual(said.slice(-2), [{ lights: 'sysfs' }, { stuck: ['no'] }]);
    bench.down.add('cancel');
    bench.changed();
    pass(9_900);
    assert.deepEqual(stuck(), [['no']]);
    pass(200);
    bench.down.clear();
    bench.changed();
    pass(100);
    assert.deepEqual(stuck(), [['no'], ['no', 'cancel'], []]);
    assert.deepEqual(
      said.filter((line) => 'press' in line),
      [{ press: 'cancel' }],
    );
  });

  it('switch everything off when they end', () => {
    lights.show(photographing);
    lights.close();
    assert.deepEqual(
      outputs.filter((output) => bench.isOn(output)),
      [],
    );
  });
});

describe("the lights' wiring", () => {
  it('is that of the settings', () => {
    const toml = '[lights]\nchip = "gpio-sim"\ncamera = 2\nactive-low = true\n[buttons]\nno = 3\n';
    assert.deepEqual(wiringOf(parseSettings(Buffer.from(toml)).settings), {
      chip: 'gpio-sim',
      outputs: { led1: 5, led2: 6, led3: 13, led4: 19, camera: 2, buzzer: 12 },
      activeLow: true,
      buttons: { yes: 16, no: 3, cancel: 21 },
    });
  });
});
