import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { installation } from '../../appliance/installation.js';

const folders = [
  join(installation.root, 'systemd'),
  join(installation.root, 'image', 'os', 'root', 'usr', 'lib', 'systemd', 'system'),
];
const services = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.service'))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') })),
);

/** The words of every line of this key. */
const words = (text: string, key: string): string[] =>
  [...text.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].flatMap(([, value]) => value.split(' '));

describe('the services of a box', () => {
  const ours = services.filter(({ text }) => /^ExecStart=.*terashi\/(node|screen)\//m.test(text));

  it('are eleven that run Node', () => {
    assert.equal(ours.length, 11, ours.map(({ name }) => name).join());
  });

  for (const { name, text } of ours) {
    it(`let nobody open a debugger in ${name}, or give its Node other options`, () => {
      assert.ok(words(text, 'Environment').includes('NODE_OPTIONS=--disable-sigusr1'));
      // Of nodejs.org/api/cli.html, "Environment variables": what has Node load, print or write something.
      assert.deepEqual(words(text, 'UnsetEnvironment').sort(), [
        'NODE_COMPILE_CACHE',
        'NODE_DEBUG',
        'NODE_DEBUG_NATIVE',
        'NODE_EXTRA_CA_CERTS',
        'NODE_PATH',
        'NODE_REDIRECT_WARNINGS',
        'NODE_REPL_EXTERNAL_MODULE',
        'NODE_V8_COVERAGE',
      ]);
      assert.deepEqual(words(text, 'EnvironmentFile'), []);
      assert.deepEqual(words(text, 'PassEnvironment'), []);
      assert.deepEqual(words(text, 'LimitCORE'), ['1'], 'no core dump');
    });
  }

  for (const { name, text } of ours) {
    it(`deny ${name} what reads other programs’ memory, or what kernels were broken into by`, () => {
      const denied = [...text.matchAll(/^SystemCallFilter=~(.*)$/gm)].flatMap(([, calls]) =>
        calls.split(' '),
      );
      // systemd.exec(5): @debug has ptrace, pidfd_getfd and perf_event_open; @aio has io_uring; @keyring add_key and keyctl.
      for (const group of ['@debug', '@aio', '@keyring', '@privileged', '@mount'])
        assert.ok(denied.includes(group), group);
      for (const call of [
        'process_vm_readv',
        'process_vm_writev',
        'process_madvise',
        'userfaultfd',
        'kcmp',
        'bpf',
      ])
        assert.ok(denied.includes(call), call);
    });
  }

  describe('that call others', () => {
    const of = (name: string) => services.find((service) => service.name === name)!.text;
    const shown = (text: string) =>
      words(text, 'BindReadOnlyPaths')
        .map((path) => path.replace(/^-/, ''))
        .sort();

    it('run as users of their own, without a capability', () => {
      for (const [name, user] of [
        ['terashi-export@.service', 'terashi-export'],
        ['terashi-update@.service', 'terashi-update'],
        ['terashi-confirm.service', 'terashi-update'],
      ] as const) {
        assert.deepEqual(words(of(name), 'User'), [user], name);
        assert.deepEqual(words(of(name), 'CapabilityBoundingSet'), [''], name);
        assert.deepEqual(words(of(name), 'AmbientCapabilities'), [''], name);
        assert.deepEqual(words(of(name), 'TemporaryFileSystem'), ['/run:ro'], name);
      }
    });

    it('are updater and confirmation, which see the D-Bus, and the exporter, which does not', () => {
      const [bus, sticks, udev] = ['/run/dbus/system_bus_socket', '/run/terashi-sticks', '/run/udev'];
      assert.deepEqual(
        shown(of('terashi-export@.service')),
        [sticks, '/run/terashi/mount-write.sock', udev].sort(),
      );
      assert.deepEqual(words(of('terashi-export@.service'), 'BindPaths'), []);
      assert.deepEqual(
        shown(of('terashi-update@.service')),
        [bus, sticks, '/run/terashi/mount-read.sock', udev].sort(),
      );
      assert.deepEqual(shown(of('terashi-confirm.service')), [bus, '/run/terashi/doctor.sock'].sort());
    });

    it('are restarted with the box by a file that only the updater can lay down', () => {
      const read = (...path: string[]) => readFileSync(join(installation.root, ...path), 'utf8');
      const [file] = words(read('systemd', 'terashi-restart.path'), 'PathExists');
      const folder = dirname(file);
      const updater = of('terashi-update@.service');
      assert.ok(words(updater, 'Environment').includes(`TERASHI_RESTART_FILE=${file}`));
      assert.ok(words(updater, 'BindPaths').includes(folder));
      assert.ok(
        read('image', 'debian', 'terashi.tmpfiles')
          .split('\n')
          .includes(`d ${folder} 0700 terashi-update terashi-update -`),
      );
      const restart = read('systemd', 'terashi-restart.service');
      assert.deepEqual(words(restart, 'ConditionPathExists'), [file]);
      assert.deepEqual(words(restart, 'SuccessAction'), ['reboot']);
    });
  });

  describe('a vault', () => {
    const { text } = services.find(({ name }) => name === 'terashi-vault@.service')!;

    it('lets the program that scans deny itself cameras (landlock(7)), which @system-service does not', () => {
      const allowed = words(text, 'SystemCallFilter');
      for (const call of ['landlock_create_ruleset', 'landlock_add_rule', 'landlock_restrict_self'])
        assert.ok(allowed.includes(call), call);
    });

    it('has a user of its own, not one that all instances share (systemd.exec(5), DynamicUser=)', () => {
      assert.deepEqual(words(text, 'DynamicUser'), ['yes']);
      const [user] = words(text, 'User');
      // Accept=yes names an instance after the connection, its peer's process and user (systemd.socket(5)). At their
      // largest: five digits, pid_max of 64-bit Linux (proc(5)), and five. A user's name has 31 characters at most.
      const longest = user.replace('%i', '99999-4194304-65534');
      assert.match(longest, /^[a-z_][a-z0-9_-]{0,30}$/);
      assert.notEqual(longest, user);
    });

    it('is in no group that reaches more than cameras and scanners', () => {
      assert.deepEqual(words(text, 'SupplementaryGroups'), ['terashi-camera', 'terashi-scanner']);
      const rules = readFileSync(join(installation.root, 'image', 'debian', 'terashi.udev'), 'utf8');
      for (const group of words(text, 'SupplementaryGroups'))
        assert.ok(rules.includes(`g:${group}:rw`), group);
    });

    it('sees of /run nothing but udev’s data and systemd’s socket for keep-alives', () => {
      assert.deepEqual(words(text, 'TemporaryFileSystem'), ['/run:ro']);
      assert.deepEqual(words(text, 'BindReadOnlyPaths'), ['-/run/udev', '/run/systemd/notify']);
      assert.deepEqual(words(text, 'BindPaths'), []);
    });
  });

  it('start the lights whenever the core starts, which may then have other lines', () => {
    const lights = services.find(({ name }) => name === 'terashi-lights.service')!;
    assert.deepEqual(words(lights.text, 'WantedBy'), ['terashi.service']);
  });
});
