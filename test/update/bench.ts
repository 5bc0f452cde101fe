import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Note } from '../../appliance/update/note.js';
import { quiet, StickBench } from '../stick/bench.js';
import { until } from '../../hardware-tests/counter/until.js';

/** The keys of the signer, and of a stranger. */
type Signer = 'vendor' | 'stranger';

/** The contents of a bundle; by default a good one for this box. */
export type Made = {
  readonly version?: string;
  readonly compatible?: string;
  readonly signer?: Signer;
  readonly format?: 'plain' | 'verity';
};

const slotBytes = 4 * 1024 * 1024;

/**
 * A box: two slots that are files, rauc's own service on its own bus, a boot loader that is a script, and a
 * stick. An update touches all of this, and nothing of this machine.
 */
export class Bench extends StickBench {
  #bus: ChildProcess | undefined;
  #service: ChildProcess | undefined;

  /** @param policy of the bus, besides one that lets everybody call everybody */
  async open(policy = ''): Promise<void> {
    for (const name of ['state', 'mounts']) mkdirSync(this.path(name));
    for (const signer of ['vendor', 'stranger']) this.#makeKey(signer);
    this.#layBox(policy);
    this.program('systemctl', `echo "$@" >> '${this.path('systemctl')}'`);
    this.setEnvironment({
      DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${this.path('bus')}`,
      TERASHI_RAUC_CONF: this.path('system.conf'),
      TERASHI_UPDATE_STATE: this.path('state'),
    });
    this.#bus = spawn(
      'dbus-daemon',
      ['--nofork', '--print-address', `--config-file=${this.path('bus.conf')}`],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    await once(this.#bus.stdout!, 'data');
    await this.startService();
  }

  /** Starts the box in a slot: the boot loader's choice, or another one. */
  async startService(booted: 'A' | 'B' = 'A'): Promise<void> {
    this.#service?.kill();
    if (this.#service) await once(this.#service, 'exit');
    const asked = [`--conf=${this.path('system.conf')}`, 'service', `--override-boot-slot=${booted}`];
    this.#service = spawn('rauc', asked, { stdio: 'ignore' });
    await until('rauc', () => spawnSync('rauc', ['status']).status === 0, { intervalMs: 20 });
  }

  async stop(): Promise<void> {
    for (const child of [this.#service, this.#bus]) {
      child?.kill();
      if (child?.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    this.close();
  }

  /** Makes a bundle with rauc, as the build of an image does, and returns its path. */
  bundle(
    name: string,
    { version = '0.2.0', compatible = 'terashi-test', signer = 'vendor', format = 'plain' }: Made = {},
  ) {
    const content = mkdtempSync(this.path('content-'));
    writeFileSync(join(content, 'root.img'), this.newRoot);
    writeFileSync(
      join(content, 'manifest.raucm'),
      `[update]\ncompatible=${compatible}\nversion=${version}\n[bundle]\nformat=${format}\n[image.rootfs]\nfilename=root.img\n`,
    );
    const file = this.path(`${name}.raucb`);
    const key = (kind: string) => this.path(`${signer}.${kind}.pem`);
    execFileSync('rauc', ['bundle', `--cert=${key('cert')}`, `--key=${key('key')}`, content, file], quiet);
    return file;
  }

  /** The contents of the bundles: random, so that packing does not shrink them. */
  readonly newRoot = randomBytes(1024 * 1024);

  /** The note of an installation before the last restart. */
  note(made: Note): void {
    writeFileSync(this.path('state', 'trial.json'), JSON.stringify(made));
  }

  slot(name: 'a' | 'b'): Buffer {
    return readFileSync(this.path(`slot-${name}`));
  }

  #makeKey(signer: string): void {
    const [key, cert] = ['key', 'cert'].map((kind) => this.path(`${signer}.${kind}.pem`));
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
    const wanted = ['-x509', ...curve, '-nodes', '-days', '7300', '-subj', `/CN=${signer}`];
    execFileSync('openssl', ['req', ...wanted, '-keyout', key, '-out', cert], quiet);
  }

  #layBox(policy: string): void {
    for (const slot of ['a', 'b'])
      writeFileSync(this.path(`slot-${slot}`), Buffer.alloc(slotBytes, `old ${slot} `));
    writeFileSync(
      this.path('system.conf'),
      [
        `[system]\ncompatible=terashi-test\nbootloader=custom\nbundle-formats=plain verity`,
        `statusfile=${this.path('rauc.status')}\nmountprefix=${this.path('mounts')}`,
        `[handlers]\nbootloader-custom-backend=${this.path('boot')}\npre-install=${this.path('pre-install')}`,
        `[keyring]\npath=${this.path('vendor.cert.pem')}`,
        `[slot.rootfs.0]\ndevice=${this.path('slot-a')}\ntype=raw\nbootname=A`,
        `[slot.rootfs.1]\ndevice=${this.path('slot-b')}\ntype=raw\nbootname=B\n`,
      ].join('\n'),
    );
    const state = (slot: string) => `'${this.folder}'/boot.${slot}`;
    this.script(
      'boot',
      `case "$1" in
       get-primary) cat ${state('primary')} 2>/dev/null || echo A;;
       set-primary) echo "$2" > ${state('primary')};;
       get-state) cat ${state('"$2"')} 2>/dev/null || echo good;;
       set-state) echo "$3" > ${state('"$2"')};;
       esac`,
    );
    this.script('pre-install', '');
    writeFileSync(
      this.path('bus.conf'),
      `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
       "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
       <busconfig><type>system</type><listen>unix:path=${this.path('bus')}</listen><auth>EXTERNAL</auth>
       <policy context="default"><allow user="*"/><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
       ${policy}</busconfig>`,
    );
  }
}
