import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { SecureBootKeys } from '../../../image/os/uefi/secure-boot.js';
import type { Box } from '../box.js';
import type { Card } from '../card.js';
import type { CaseName } from '../case-names.js';
import {
  addInitrd,
  addOptions,
  changeCommandLine,
  enroll,
  type Changing,
  ignoresOptions,
  isSecure,
  refused,
  startsNothing,
  takesChange,
  takesKeys,
} from '../cases/secure-boot.js';
import { Machine } from '../machine.js';
import { powerOnWith, runCase, type SuiteContext } from './suite.js';

/** Units of the test. Without gpio-sim, which nobody signed: with Secure Boot the kernel refuses it. */
const wanted = ['extras', 'agent'];

/** A box with Secure Boot: it takes its vendor's keys, starts, and then refuses cards that somebody changed. */
export async function secureBoot(context: SuiteContext): Promise<void> {
  const { folder, emulation, selection } = context;
  const variables = join(folder, 'variables.fd');
  cpSync(emulation.secureBoot!.variables, variables);
  const card = context.flash('secure-boot');
  card.writeSettingsFile(withoutLights(folder), 'terashi.toml');
  const untouched = card.copy(join(folder, 'untouched.card'));
  enroll(card, folder);

  await turnOn(context, card, variables);

  const stranger = makeStranger(folder);
  /** Runs a case on a card that was changed while the box was off, with the firmware's variables as they are. */
  const onChanged = async (
    name: CaseName,
    change: (changing: Changing) => Promise<void> | void,
    run: (card: Card) => Promise<string>,
  ) => {
    if (!selection.has(name)) return;
    await runCase(context, name, async () => {
      const work = join(folder, name);
      mkdirSync(work, { recursive: true });
      const changed = untouched.copy(join(work, 'card'));
      await change({ card: changed, folder: work, board: emulation.board, stranger });
      return run(changed);
    });
  };
  const starts =
    (check: (box: Box) => Promise<string>, own: { variables?: string }) => async (changed: Card) => {
      const started = await powerOnWith(context, 'changed', changed, { wanted, ...own });
      try {
        return await started.whileOn(check(started));
      } finally {
        await started.machine.powerOff();
      }
    };
  const refuses = (because?: RegExp) => async (changed: Card) => {
    const machine = Machine.powerOn(
      { ...context, card: changed, wanted, variables },
      join(folder, 'changed'),
    );
    try {
      return await startsNothing(machine, because);
    } finally {
      await machine.powerOff();
    }
  };

  await onChanged('secure-boot/options', addOptions, starts(ignoresOptions, { variables }));
  for (const [name, change] of Object.entries(refused)) await onChanged(name as CaseName, change, refuses());
  await onChanged('secure-boot/initrd', addInitrd, refuses(/Already started/));
  await onChanged('secure-boot/off', changeCommandLine, starts(takesChange, {}));
}

/** Has the firmware take the card's keys; the box is then started only for the case that looks at it. */
async function turnOn(context: SuiteContext, card: Card, variables: string): Promise<void> {
  if (!context.selection.has('secure-boot/on')) {
    const machine = Machine.powerOn(
      { ...context, card, wanted, variables },
      join(context.folder, 'secure-boot'),
    );
    await takesKeys(machine);
    return machine.powerOff();
  }
  const box = await powerOnWith(context, 'secure-boot', card, { wanted, variables });
  await box.appliance.connectPanel();
  await runCase(context, 'secure-boot/on', async () => {
    await box.whileOn(box.appliance.waitUntilReady());
    return isSecure(box);
  });
  await box.machine.powerOff();
}

/** Settings for a box without lights, because gpio-sim is missing. */
function withoutLights(folder: string): string {
  const file = join(folder, 'without-lights.toml');
  writeFileSync(file, '[place]\nmunicipality = "見本町"\ncounter = "1番窓口"\n');
  return file;
}

/** A key that no firmware was told to trust. */
function makeStranger(folder: string): SecureBootKeys {
  const keys = { key: join(folder, 'stranger.key.pem'), certificate: join(folder, 'stranger.cert.pem') };
  const asked = ['req', '-x509', '-newkey', 'rsa:2048', '-noenc', '-days', '36500', '-subj', '/CN=Stranger'];
  execFileSync('openssl', [...asked, '-keyout', keys.key, '-out', keys.certificate], { stdio: 'ignore' });
  return keys;
}
