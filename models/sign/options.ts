import type { Options } from '../../appliance/command/help.js';

/** The options of who signs, which `sign` and `calibrate` share. */
export const signerOptions = {
  key: {
    type: 'string',
    value: 'FILE.pem',
    help: [
      '署名する鍵：市区町村の terashi-signing.pem（terashi keys で作ります）、または業者の鍵',
      "the key that signs: the municipality's terashi-signing.pem (made by terashi keys), or the vendor's",
    ],
  },
  certificate: {
    type: 'string',
    value: 'FILE.pem',
    help: ['業者の鍵のときは、その証明書（更新のもの）', "of the vendor's key for updates, its certificate"],
  },
  passphrase: {
    type: 'string',
    value: 'FILE',
    help: [
      '鍵に合言葉があるときは、それを1行目に書いたファイル',
      'a file whose first line is the passphrase of the key, if it has one',
    ],
  },
} as const satisfies Options;
