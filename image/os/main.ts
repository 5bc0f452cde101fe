import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { runCommand } from '../package/run-program.js';
import { type Archive, type Board, boards } from './board.js';
import { forDebug } from './debug/debug.js';
import { type Fleet, readFleet } from './fleet/fleet.js';
import { layOutFor } from './fleet/lay-out-for.js';
import { formatFleetProblems, problemLines } from './fleet/problem.js';
import { makeImage } from './image.js';
import type { SecureBootKeys } from './uefi/secure-boot.js';
import { developmentKeys, developmentSecureBootKeys, type UpdateKeys } from './update-keys.js';

const names = boards.map(({ name }) => name).join('|');
const help = `npm run image -- --board ${names} [--package FILE.deb] [--raw]
    [--debug | --fleet FILE.toml] [--key FILE.pem --certificate FILE.pem [--keyring FILE.pem]]
    [--secure-boot-key FILE.pem --secure-boot-certificate FILE.pem | --boot-key FILE.pem]
npm run image -- --fleet FILE.toml --image FILE.img.xz

  SDカードのイメージと、その sha256、部品表（SPDX）、更新（.raucb、USBメモリーに入れるもの）を作ります。
  できた場所を表示します。
  Builds the card image for a board, its sha256, its bill of materials (SPDX) and the update for boxes that have
  an older version (.raucb, for a USB stick), and prints their paths.
  ほかのアーキテクチャの装置のものを作るには qemu-user-static と arch-test も要り、20分ほどかかります。
  An image for another architecture also needs qemu-user-static and arch-test, and takes about twenty minutes.

  --package FILE.deb  このパッケージを入れます（なければ作ります） / installs this package; built if omitted
  --raw               圧縮しません / no compression
  --debug             基板を試すカードを作ります。起動の様子を画面とシリアル線に出し、terashi-log.txt に残します。
                      窓口では使えず、更新も作りません
                      a card for trying a board: shows the words of its start on screen and serial line, and keeps
                      them in terashi-log.txt. It is not for a counter, and no update is made
  --fleet FILE.toml   表にある装置の1台ごとに、カードの TERASHI に写すフォルダと、貼るラベルを作ります。
                      書き方は image/README.md にあります
                      for each box of a list, a folder to copy to the card's TERASHI drive, and a label
                      (image/README.md says how to write it)
  --image FILE        イメージを作らず、このイメージのフォルダとラベルだけを作ります
                      makes no image: only folders and labels, for this one
  --key, --certificate
                      更新に署名する鍵と証明書 / signs updates; if omitted, with this computer's development key:
                      such images must not ship
  --keyring FILE.pem  装置が信じる証明書（省略時は --certificate のもの） / the certificates that the box trusts
  --secure-boot-key, --secure-boot-certificate
                      UEFI: 起動するものに署名し、ファームウェアに登録する鍵をカードに置きます。--key だけなら署名しません
                      UEFI: signs what starts, for Secure Boot, and lays the keys for the firmware on the card. With
                      --key alone nothing that starts is signed; with neither, this computer's development key signs
  --boot-key FILE.pem rpi4, rpi5: 署名した起動イメージ（boot.img、boot.sig）をカードに加えます。実機では未確認です
                      adds a signed boot image to the card (RSA, 2048 bits). Never tried on a board
  --raspberry-pi-archive URL, --raspberry-pi-key FILE
                      rpi4, rpi5: Raspberry Pi の部品の置き場と、その公開鍵 / the package archive and its signing key
  終了コード / exit status: 0 できた built, 1 できなかった failed, 2 書き方か装置の表の誤り wrong usage or list of boxes
`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

function readOptions() {
  try {
    return parseArgs({
      options: {
        board: text,
        package: text,
        raw: flag,
        debug: flag,
        fleet: text,
        image: text,
        key: text,
        certificate: text,
        keyring: text,
        'secure-boot-key': text,
        'secure-boot-certificate': text,
        'boot-key': text,
        'raspberry-pi-archive': text,
        'raspberry-pi-key': text,
        help: { ...flag, short: 'h' },
      },
    }).values;
  } catch {
    return undefined;
  }
}

type Options = NonNullable<ReturnType<typeof readOptions>>;

function archiveOf({ 'raspberry-pi-archive': url, 'raspberry-pi-key': key }: Options): Archive | undefined {
  return url !== undefined && key !== undefined ? { url, key: resolve(key) } : undefined;
}

type BootKeys = { readonly secureBoot?: SecureBootKeys; readonly bootKey?: string };

type NamedKeys = { readonly [Name in keyof UpdateKeys]?: string | undefined };

/** A key without a certificate, or the reverse, is a usage error. */
async function keysOf({
  key,
  certificate,
  keyring = certificate,
}: NamedKeys): Promise<UpdateKeys | undefined> {
  if (key !== undefined && certificate !== undefined && keyring !== undefined)
    return { key, certificate, keyring };
  return key === undefined && keyring === undefined ? developmentKeys() : undefined;
}

/** What signs the boot files, if anything does. A vendor who names an update key must name these keys too. */
async function bootKeysOf(board: Board, options: Options, named: NamedKeys): Promise<BootKeys> {
  const key = options['secure-boot-key'];
  const certificate = options['secure-boot-certificate'];
  if (key !== undefined && certificate !== undefined) return { secureBoot: { key, certificate } };
  if (options['boot-key'] !== undefined) return { bootKey: resolve(options['boot-key']) };
  const isDevelopment = named.key === undefined && !board.debug && board.start.kind === 'uefi';
  return isDevelopment ? { secureBoot: await developmentSecureBootKeys() } : {};
}

/** Whether the keys that sign boot files fit the board, and are complete. A card for trying a board is never signed. */
function bootKeysFit({ start, debug }: Board, options: Options): boolean {
  const key = options['secure-boot-key'];
  const certificate = options['secure-boot-certificate'];
  const bootKey = options['boot-key'];
  if (debug) return [key, certificate, bootKey].every((each) => each === undefined);
  return start.kind === 'uefi'
    ? bootKey === undefined && (key === undefined) === (certificate === undefined)
    : key === undefined && certificate === undefined;
}

/** The keys of the command line, or else those of the vendor's file. */
function namedKeys(options: Options, fleet: Fleet | undefined): NamedKeys {
  const { key, certificate, keyring } = options;
  const onCommandLine = [key, certificate, keyring].some((file) => file !== undefined);
  return onCommandLine || fleet === undefined ? { key, certificate, keyring } : fleet;
}

/** What the options ask for, if they fit together: an image for a board, or folders for an image that exists. */
function readWork(options: Options) {
  const { image, fleet, debug, board: named, package: deb, raw, ...more } = options;
  if (image !== undefined) {
    const bootKeys = [more['secure-boot-key'], more['secure-boot-certificate'], more['boot-key']];
    const others = [named, deb, more.key, more.certificate, more.keyring, ...bootKeys];
    const alone = others.every((each) => each === undefined);
    // An image for trying a board goes to no counter.
    const forCounter = !raw && !debug && !/-debug\.img(\.xz)?$/.test(image);
    return fleet !== undefined && alone && forCounter ? { image, fleet } : undefined;
  }
  const archive = archiveOf(options);
  const board = boards.find(({ name }) => name === named);
  if (!board || (board.start.kind === 'raspberry-pi' && !archive) || (debug && fleet !== undefined))
    return undefined;
  const wanted = debug ? forDebug(board) : board;
  return bootKeysFit(wanted, options) ? { board: wanted, archive, fleet } : undefined;
}

function wrongUsage(): void {
  process.stderr.write(help);
  process.exitCode = 2;
}

/** @returns undefined after its problems were printed */
async function fleetOf(file: string): Promise<Fleet | undefined> {
  const fleet = await readFleet(file);
  if (fleet.ok) {
    for (const line of fleet.value.notes.flatMap(problemLines)) process.stderr.write(`${line}\n`);
    return fleet.value;
  }
  process.stderr.write(formatFleetProblems(fleet.error));
  process.exitCode = 2;
  return undefined;
}

async function printFolders(fleet: Fleet, image: string): Promise<void> {
  process.stdout.write(`${await layOutFor(fleet, image)}\n`);
}

async function build(
  board: Board,
  archive: Archive | undefined,
  options: Options,
  fleet?: Fleet,
): Promise<void> {
  const named = namedKeys(options, fleet);
  const keys = await keysOf(named);
  if (!keys) {
    wrongUsage();
    return;
  }
  // File modes must not depend on the user's umask.
  process.umask(0o022);
  const { package: appliance, raw, debug } = options;
  await runCommand(async () => {
    const bootKeys = await bootKeysOf(board, options, named);
    const made = await makeImage(board, { appliance, raw, update: !debug, archive, keys, ...bootKeys });
    for (const file of made) process.stdout.write(`${file}\n`);
    if (fleet) await printFolders(fleet, made[0]);
  });
}

async function start(work: NonNullable<ReturnType<typeof readWork>>, options: Options): Promise<void> {
  const fleet = work.fleet === undefined ? undefined : await fleetOf(work.fleet);
  if (work.fleet !== undefined && !fleet) return;
  if (work.image === undefined) await build(work.board, work.archive, options, fleet);
  else await runCommand(() => printFolders(fleet!, resolve(work.image)));
}

const options = readOptions();
const work = options && !options.help ? readWork(options) : undefined;
if (options?.help) process.stdout.write(help);
else if (!options || !work) wrongUsage();
else await start(work, options);
