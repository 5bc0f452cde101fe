import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { showsScreen } from '../cases/display.js';
import { keepsLastGoodSettings } from '../cases/settings-lost.js';
import { saysCardIsShort } from '../cases/short-card.js';
import { visitByLights } from '../cases/lights.js';
import { isSealed } from '../cases/sealed.js';
import {
  applianceUnits,
  compareStarts,
  hasPagesOf,
  memoryAtRest,
  secondsToReady,
  secondsToSystem,
} from '../cases/start.js';
import { keyboard, turnsNoKeyboardOn, turnsOnWhatIsOfUse } from '../cases/usb.js';
import { visitAtPanel } from '../cases/visit.js';
import type { Card } from '../card.js';
import { caseNames } from '../case-names.js';
import { LightsAndButtons } from '../lights-and-buttons.js';
import { Stick } from '../stick.js';
import { powerOn, powerOnWith, runCase, type SuiteContext, wanted } from './suite.js';

/** A box that starts, without its appliance and with it: its sealed root, its display, two visits. */
export async function start(context: SuiteContext): Promise<void> {
  const { report, folder, kept, emulation, selection } = context;
  if (selection.has('start/short-card')) await startShortCard(context);
  // Everything else is of a card that starts.
  if (!selection.has(...caseNames.filter((name) => name.startsWith('start/') && name !== 'start/short-card')))
    return;
  const card = context.flash('start');
  const isTimed = selection.has('start/time-to-ready');
  let system = 0;
  if (isTimed) {
    const bare = await powerOn(context, 'start', card, applianceUnits);
    system = await bare.whileOn(secondsToSystem(bare));
    await bare.machine.powerOff();

    // The first start makes the box's key, and takes longer than those that follow.
    const first = await powerOn(context, 'start', card);
    await first.appliance.connectPanel();
    await first.whileOn(secondsToReady(first));
    await first.guest.run('sync');
    await first.machine.powerOff();
  }

  const box = await powerOn(context, 'start', card);
  await box.appliance.connectPanel();
  const ready = await box.whileOn(secondsToReady(box));
  await runCase(context, 'start/time-to-ready', () => compareStarts(ready, system, report));
  await runCase(context, 'start/kernel', () => hasPagesOf(emulation.pageSize, box));
  await runCase(context, 'start/sealed', () => isSealed(box));
  await runCase(context, 'start/screen', () =>
    showsScreen(box, join(kept, `display-${emulation.board.name}.png`)),
  );
  await runCase(context, 'start/memory', () => memoryAtRest(box));
  await runCase(context, 'start/panel-visit', () =>
    box.whileOn(box.withoutPackets(() => visitAtPanel(box.appliance))),
  );
  const lights = await LightsAndButtons.attach(box.guest, (line) => report.log(line));
  await runCase(context, 'start/lights-visit', () =>
    box.whileOn(visitByLights(lights, box.appliance, report)),
  );
  await runCase(context, 'start/usb', () =>
    box.whileOn(turnsOnWhatIsOfUse(box, new Stick(join(folder, 'empty.img')))),
  );
  await box.guest.run('sync');
  await box.machine.powerOff();
  if (selection.has('start/no-keyboard')) await startWithoutKeyboard(context, card);
  if (selection.has('start/settings-lost')) await startWithoutSettings(context, card);
}

/** A keyboard is plugged in before the power; a file beside the settings says that none may work. */
async function startWithoutKeyboard(context: SuiteContext, started: Card): Promise<void> {
  const card = started.copy(join(context.folder, 'no-keyboard.card'));
  const file = join(context.folder, 'no-keyboard');
  writeFileSync(file, '');
  card.writeSettingsFile(file, 'no-keyboard');
  const box = await powerOnWith(context, 'start', card, { wanted, plugged: [keyboard] });
  await runCase(context, 'start/no-keyboard', () => box.whileOn(turnsNoKeyboardOn(box)));
  await box.machine.powerOff();
}

/** @param card that has started before with its settings */
async function startWithoutSettings(context: SuiteContext, card: Card): Promise<void> {
  card.loseSettings();
  const box = await powerOn(context, 'start', card);
  await box.appliance.connectPanel();
  await runCase(context, 'start/settings-lost', () => box.whileOn(keepsLastGoodSettings(box)));
  await box.machine.powerOff();
}

async function startShortCard(context: SuiteContext): Promise<void> {
  const card = context.flash('short');
  card.cutShort();
  const box = await powerOn(context, 'short', card);
  const picture = join(context.kept, `short-card-${context.emulation.board.name}.png`);
  await runCase(context, 'start/short-card', () => box.whileOn(saysCardIsShort(box, picture)));
  await box.machine.powerOff();
}
