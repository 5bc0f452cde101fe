import { spawn } from 'node:child_process';
import { createReadStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { parseArgs } from 'node:util';

import { shortNumber } from '../appliance/protocol/vendor.js';
import { imageNumber } from '../appliance/vendor/numbers.js';
import { type Grant, grant, makeToken, tokenFile } from '../appliance/vendor/token.js';
import { developmentKeys } from './os/update-keys.js';

const help = `npm run vendor-token -- --box NUMBER | --image NUMBER or FILE --until YYYY-MM-DD [OPTIONS]

  業者用のUSBメモリーの鍵 ${tokenFile} を作ります。USBメモリーのいちばん上に置くと、来庁者のいないときに、装置の画面で
  試験・点検・その報告の書き込みができます。ほかのことはできません。使ったことは、装置の記録に残ります。
  Makes ${tokenFile}, the token for a vendor's USB stick. In the stick's top folder it opens, between visits, the
  bench test, the self-test and their reports at the panel of a box, and nothing else. The box records each use.

  --box NUMBER        装置一台の番号12桁。別の装置の鍵を差すと画面に出ます
                      one box, by its number of 12 digits, which its screen shows when another box's token is there
  --image NUMBER      このイメージで動くすべての装置。番号か、イメージのファイル（.img、.img.xz）
    or FILE           all boxes that run this image, by its number, or by its file (.img, .img.xz)
  --until YYYY-MM-DD  最後の日（366日先まで）/ the last day, at most 366 days from now
  --minutes N         試験で続けて動かす時間（省略時30分）/ how long the bench test works the box, 30 minutes by default
  --key FILE          更新に署名する鍵と証明書（PEM）。省略時は、この PC の開発用の鍵
  --certificate FILE  the key and the certificate for updates (PEM), by default this computer's development key
  --output FOLDER     書き込む所（省略時は今のフォルダ）/ where to write it, by default the current folder
  --help              この説明 / this help

  終了コード / exit codes: 0 作りました made · 1 作れません not made · 2 使い方の誤り bad usage
`;

/** The most days that a token may be good for: a stick that is lost opens boxes no longer. */
const mostDays = 366;

class Misused extends Error {}

async function main(args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parse(args, {
    box: text,
    image: text,
    until: text,
    minutes: { ...text, default: '30' },
    key: text,
    certificate: text,
    output: { ...text, default: '.' },
    help: { type: 'boolean', default: false },
  } as const);
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const granted = await grantOf(values);
  const keys = await keysOf(values);
  const file = join(resolve(values.output), tokenFile);
  writeFileSync(file, makeToken(granted, keys));
  process.stdout.write(`${file}\n${JSON.stringify(granted)}\n`);
  return 0;
}

function parse<const O extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(
  args: readonly string[],
  options: O,
) {
  try {
    return parseArgs({ args: [...args], options });
  } catch (error) {
    throw new Misused((error as Error).message);
  }
}

type Values = Readonly<
  Partial<Record<'box' | 'image' | 'until' | 'key' | 'certificate', string>> & { minutes: string }
>;

async function grantOf({ box, image, until = '', minutes }: Values): Promise<Grant> {
  if ((box === undefined) === (image === undefined))
    throw new Misused('--box か --image のどちらか一つを / either --box or --image');
  const named = box === undefined ? { image: await numberOfImage(image!) } : { box: numberIn('--box', box) };
  const parsed = grant.safeParse({ ...named, until, minutes: Number(minutes) });
  if (!parsed.success) {
    const about = parsed.error.issues.some(({ path }) => path.includes('minutes')) ? '--minutes' : '--until';
    throw new Misused(about === '--until' ? '--until YYYY-MM-DD' : '--minutes: 1 ～ 1440');
  }
  const days = (Date.parse(until) - Date.now()) / 86_400_000;
  if (days < -1 || days > mostDays)
    throw new Misused(`--until: 今日から${mostDays}日先まで / from today to ${mostDays} days from now`);
  return parsed.data;
}

/** A number as somebody reads it off a screen. */
function numberIn(option: string, given: string): string {
  const number = shortNumber.safeParse(given.toLowerCase().replace(/[\s-]/g, ''));
  if (!number.success)
    throw new Misused(`${option} ${given}: 12桁の番号 / a number of 12 digits, 0-9 and a-f`);
  return number.data;
}

async function numberOfImage(given: string): Promise<string> {
  if (!existsSync(given)) return numberIn('--image', given);
  const number = await numberInFile(given);
  if (number === undefined)
    throw new Error(
      `${given}: 照らしのイメージではありません / not an image of Terashi; name the .img or .img.xz`,
    );
  return number;
}

/** The number on the kernel command line of an image's first slot. */
async function numberInFile(file: string): Promise<string | undefined> {
  const child = file.endsWith('.xz')
    ? spawn('xz', ['-dc', file], { stdio: ['ignore', 'pipe', 'inherit'] })
    : undefined;
  const stream: Readable = child?.stdout ?? createReadStream(file, { highWaterMark: 1024 * 1024 });
  let before = '';
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const text = before + chunk.toString('latin1');
    const number = imageNumber(text);
    if (number !== undefined) {
      child?.kill();
      return number;
    }
    // The words may lie across two chunks.
    before = text.slice(-200);
  }
  return undefined;
}

async function keysOf({ key, certificate }: Values) {
  if ((key === undefined) !== (certificate === undefined))
    throw new Misused('--key と --certificate は一緒に / --key and --certificate together');
  const files = key === undefined ? await developmentKeys() : { key, certificate: certificate! };
  return {
    key: readFileSync(files.key, 'utf8'),
    certificate: readFileSync(files.certificate, 'utf8'),
  };
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const misused = error instanceof Misused;
  process.stderr.write(`vendor-token: ${(error as Error).message}\n${misused ? `\n${help}` : ''}`);
  process.exitCode = misused ? 2 : 1;
}
