import { defineCommand } from '../../appliance/command/command.js';
import { exitCode } from '../../appliance/command/exit-code.js';
import { print } from '../../appliance/command/print.js';
import { err } from '../../appliance/result.js';
import { refuseInput } from '../experiment/report-problem.js';
import { signerOptions } from './options.js';
import { readSigner, sign, type Signed } from './sign.js';

export const command = defineCommand({
  synopsis: ['sign 較正ファイルかパック/FILE --key FILE.pem [--certificate FILE.pem] [--json]'],
  description: `
    較正ファイルか照合器のパックに署名し、FILE.sig を作ります。装置は、署名のないものを使いません。
    Signs a calibration or a model pack, and writes FILE.sig beside it: a box uses none that is not signed.
    For the workbench: the private key never goes to a box.
  `,
  arguments: {
    FILE: [
      'terashi calibrate の作ったファイル、またはパックのフォルダ / a file of terashi calibrate, or the folder of a pack',
    ],
  },
  options: {
    ...signerOptions,
    json: { type: 'boolean', default: false, help: ['結果を JSON で / the result as JSON'] },
  },
  notes: `
    パックでは manifest.json に署名します。ONNX ファイルは、そこに書かれたハッシュ値で決まります。
    Of a pack manifest.json is signed, which has the hash of the ONNX file: sign again after any change.

    JSON: { "file", "signature": 書いたファイル the file written, "purpose": "pack" | "calibration",
      "by": "vendor" | "municipality", "setting": 装置の [keys] に要る行 the line that a box needs below [keys], or null }

    終了コード / exit codes: 0 署名しました signed · 2 使い方・ファイルの誤り bad input
  `,
  positionals: true,
  run({ key, certificate, passphrase, json }, [file, ...more]) {
    if (file === undefined || more.length > 0) return err('ファイルを一つ指定してください / name one file');
    if (key === undefined) return err('--key が要ります / --key is needed');
    return run(file, { key, certificate, passphrase }, json);
  },
});

async function run(file: string, keys: Parameters<typeof readSigner>[0], json: boolean): Promise<number> {
  const signer = await readSigner(keys);
  if (!signer.ok) return refuseInput(signer.error);
  const signed = await sign(file, signer.value);
  if (!signed.ok) return refuseInput(signed.error);
  print(json, signed.value, () => inWords(signed.value));
  return exitCode.done;
}

/** What was written, and what a box needs to accept it. */
export function inWords({ signature, setting }: Signed): string {
  const needed =
    setting === null
      ? []
      : [
          '装置の terashi.toml の [keys] に、次の行が要ります / a box needs this line below [keys]:',
          `  ${setting}`,
        ];
  return [`署名しました / signed: ${signature}`, ...needed, ''].join('\n');
}
