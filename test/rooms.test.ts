import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { run } from '../hardware-tests/counter/run.js';
import { installation } from '../appliance/installation.js';

const { root } = installation;
const cruiser = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');

type Violation = {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
  /** For a rule about reachability: the modules on the way. */
  readonly via?: readonly unknown[];
};
type Cruise = {
  readonly summary: {
    readonly violations: readonly Violation[];
    readonly totalCruised: number;
    readonly totalDependenciesCruised: number;
  };
};

/** Checks every import, re-export and dynamic import below a folder by the rules in `.dependency-cruiser.js`. */
async function cruise(folder: string, rooms: readonly string[]): Promise<Cruise['summary']> {
  const config = join(root, '.dependency-cruiser.js');
  const ended = await run(
    process.execPath,
    [cruiser, '--config', config, '--output-type', 'json', ...rooms],
    {},
    folder,
  );
  return (JSON.parse(ended.stdout) as Cruise).summary;
}

/** One line for each import that breaks a rule itself, or for each violation where none does. */
function report({ violations }: Cruise['summary']): string {
  const direct = violations.filter(({ via = [] }) => via.length < 2);
  return (direct.length > 0 ? direct : violations)
    .map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
    .join('\n');
}

describe('the rooms', () => {
  it('import only what their rules allow', async () => {
    const summary = await cruise(root, ['appliance', 'models', 'image', 'hardware-tests']);
    assert.equal(report(summary), '');
    assert(summary.totalCruised > 400 && summary.totalDependenciesCruised > 2000);
  });

  describe('with a smuggled import', () => {
    const smuggled = [
      {
        what: 'a re-export of a face module into the core',
        file: 'core/garbage.ts',
        line: "export * from '../face/decode.js';",
        to: 'face/decode.ts',
        rule: 'pictures-stay-in-the-vault',
      },
      {
        what: 'a dynamic import of the camera into the core',
        file: 'core/countdown.ts',
        line: "export const camera = () => import('../camera/open.js');",
        to: 'camera/open.ts',
        rule: 'pictures-stay-in-the-vault',
      },
      {
        what: 'a screen in the visit',
        file: 'visit/report.ts',
        line: "import blessed from 'blessed';\nexport const { screen } = blessed;",
        to: 'blessed',
        rule: 'only-the-panel-draws',
      },
      {
        what: 'an image decoder, by way of another room',
        file: 'record/number.ts',
        line: "export { decode } from '../face/decode.js';",
        to: 'sharp',
        rule: 'pictures-stay-in-the-vault',
      },
      {
        what: 'a type of the core in the vault',
        file: 'vault/task-context.ts',
        line: "export type { Appliance } from '../core/appliance.js';",
        to: 'core/appliance.ts',
        rule: 'the-vault-knows-nobody',
      },
      {
        what: 'the driver of a scanner in the process that photographs',
        file: 'vault/throttle.ts',
        line: "export { Sane } from '../scanner/sane/sane.js';",
        to: 'scanner/sane/sane.ts',
        rule: 'only-the-scanning-program-loads-libsane',
      },
      {
        what: 'a visit in a program that mounts sticks',
        file: 'export/main.ts',
        line: "export * from '../visit/report.js';",
        to: 'visit/report.ts',
        rule: 'stick-programs-know-no-visit',
      },
      {
        what: 'a circle',
        file: 'record/chain.ts',
        line: "export * from './records.js';",
        to: 'record/records.ts',
        rule: 'no-circles',
      },
    ] as const;
    const copy = mkdtempSync(join(tmpdir(), 'terashi-rooms-'));
    let violations: readonly Violation[] = [];

    before(async () => {
      cpSync(join(root, 'appliance'), join(copy, 'appliance'), { recursive: true });
      symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
      for (const { file, line } of smuggled) appendFileSync(join(copy, 'appliance', file), `\n${line}\n`);
      ({ violations } = await cruise(copy, ['appliance']));
    });

    after(() => rmSync(copy, { recursive: true }));

    for (const { what, file, to, rule } of smuggled)
      it(`are found to have ${what}`, () => {
        const rules = violations
          .filter((violation) => violation.from === `appliance/${file}` && violation.to.includes(to))
          .map((violation) => violation.rule.name);
        assert(rules.includes(rule), rules.join(', ') || 'nothing was named');
      });
  });
});
