// Which room may reach which. `npx depcruise appliance --config --output-type err` checks it by hand; `npm test` does too.

/** The rooms of appliance/ from top to bottom. A room may import the rooms of lower rows, and none of its own row. */
export const layers = [
  ['main'],
  ['command'],
  ['core'],
  ['counter'],
  ['visit', 'upkeep'],
  ['procedure'],
  ['bench-test'],
  ['panel'],
  ['health'],
  ['vault'],
  ['vault-client', 'update', 'export', 'camera', 'scanner'],
  ['settings', 'stick', 'face', 'vendor'],
  ['record'],
  ['clock', 'calibration', 'protocol', 'systemd', 'scanner-firmware', 'tpm'],
  ['signature'],
  ['findings', 'harden-process', 'installation', 'json-lines', 'no-inspector', 'processes', 'result'],
];

const anyOf = (rooms) => `^appliance/(${rooms.join('|')})(/|\\.ts$)`;
const everyRoom = layers.flat();
const allBut = (...rooms) => everyRoom.filter((room) => !rooms.includes(room));

/** @returns a rule that no chain of imports, of any length, leads from one place to another */
function neverReaches(name, comment, from, to) {
  return { name, comment, severity: 'error', from: { path: from }, to: { path: to, reachable: true } };
}

const upward = layers.slice(1).map((row, index) => ({
  name: 'no-upward-import',
  comment: 'Imports run downward: see the layers in .dependency-cruiser.js.',
  severity: 'error',
  from: { path: anyOf(row) },
  to: { path: anyOf(layers.slice(0, index + 1).flat()) },
}));

const rows = layers.slice(1, -1).filter((row) => row.length > 1);
const sideways = rows.flatMap((row) =>
  row.map((room) => ({
    name: 'no-sideways-import',
    comment: 'Rooms of one row do not know each other: see the layers in .dependency-cruiser.js.',
    severity: 'error',
    from: { path: anyOf([room]) },
    to: { path: anyOf(row.filter((other) => other !== room)) },
  })),
);

export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'A file that imports itself by way of others cannot be read alone.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-room-without-a-layer',
      severity: 'error',
      from: { path: '^appliance/', pathNot: anyOf(everyRoom) },
      to: {},
    },
    ...upward,
    ...sideways,
    neverReaches(
      'pictures-stay-in-the-vault',
      'Only the vault reaches what can hold a picture: everything else in the appliance talks to it by its protocol. ' +
        'main.ts is left out: it starts the workbench of a PC too, which no box has.',
      anyOf(allBut('main', 'vault', 'camera', 'scanner', 'face')),
      '^appliance/(vault|camera|scanner|face)/|(^|/)node_modules/(sharp|onnxruntime-node|node-libcamera)/|^models/',
    ),
    neverReaches(
      'the-vault-knows-nobody',
      'The program of one visit reaches no record, no screen, no setting and no other program.',
      anyOf(['vault']),
      anyOf(
        allBut(
          'vault',
          'camera',
          'scanner',
          'face',
          'calibration',
          'protocol',
          'scanner-firmware',
          'signature',
          'systemd',
          'findings',
          'harden-process',
          'installation',
          'json-lines',
          'no-inspector',
          'processes',
          'result',
        ),
      ),
    ),
    neverReaches(
      'only-the-scanning-program-loads-libsane',
      "The scanner's driver runs in scanner/main.ts alone, which the vault starts for one scan and kills before a camera opens.",
      anyOf(allBut('scanner')),
      '^appliance/scanner/(main\\.ts$|sane/)',
    ),
    neverReaches(
      'only-the-panel-draws',
      'Only the panel reaches a screen, lights or buttons.',
      anyOf(allBut('main', 'command', 'panel')),
      '^appliance/panel/(main|screen/|lights/(?!lines))|(^|/)node_modules/(blessed|onoff|epoll)/',
    ),
    neverReaches(
      'the-panel-holds-nothing',
      'A panel draws what it is sent: it reaches no record file, no settings file, no device and not the core.',
      '^appliance/panel/(main|lights/main)\\.ts$',
      anyOf(['core', 'counter', 'visit', 'upkeep', 'procedure', 'vault-client', 'vault', 'stick']) +
        '|^appliance/(record/records|update/updater|export/exporter|settings/read|settings/locate)\\.ts$',
    ),
    neverReaches(
      'stick-programs-know-no-visit',
      'The programs that mount a stick know nothing of a visit, and not where the records lie.',
      '^appliance/(update|export)/main\\.ts$|^appliance/stick/',
      anyOf([
        'command',
        'core',
        'counter',
        'visit',
        'upkeep',
        'procedure',
        'panel',
        'health',
        'vault-client',
        'vault',
        'settings',
      ]),
    ),
    neverReaches(
      'procedures-know-no-device',
      'The visit and what happens between two visits are pure: effects and clock are handed in.',
      anyOf(['counter', 'visit', 'upkeep', 'procedure']),
      anyOf(['bench-test', 'panel', 'vault-client', 'vault', 'camera', 'scanner', 'face', 'settings']),
    ),
    {
      name: 'no-test-in-the-product',
      severity: 'error',
      from: { path: '^(appliance|models|image)/' },
      to: { path: '^(hardware-tests|test)/' },
    },
    {
      name: 'no-test-in-hardware-tests',
      severity: 'error',
      from: { path: '^hardware-tests/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    // Types count: a room that knows only another's types still knows it.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^build/' },
  },
};
