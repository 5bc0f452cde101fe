/** A problem that the user can fix: what it is and what to do, in both languages. */
export type Problem = { readonly ja: string; readonly en: string };

/** Problems with a folder of pictures, a list of pairs, or an output file. */
export const problems = {
  folderUnreadable: (folder: string): Problem => ({
    ja: `${folder}: フォルダを読めません。フォルダの名前を確かめてください。`,
    en: `${folder}: this folder cannot be read. Check its name.`,
  }),
  noPictures: (folder: string): Problem => ({
    ja: `${folder}: 写真がありません。人ごとにフォルダを分け、その中に写真（JPEG、PNG、WebP、TIFF、GIF、AVIF）を入れてください。`,
    en: `${folder}: no pictures. Make a subfolder for each person, with that person's pictures (JPEG, PNG, WebP, TIFF, GIF, AVIF).`,
  }),
  onePerson: (folder: string): Problem => ({
    ja: `${folder}: 一人分の写真しかありません。二人以上のフォルダを入れてください。`,
    en: `${folder}: the pictures show one person only. Add the folder of a second person.`,
  }),
  nobodyTwice: (folder: string): Problem => ({
    ja: `${folder}: 二枚以上ある人がいません。同じ人の写真を二枚以上入れてください。`,
    en: `${folder}: nobody has two pictures. Add a second picture of the same person.`,
  }),
  csvUnreadable: (file: string): Problem => ({
    ja: `${file}: 一覧を読めません。ファイルの名前を確かめてください。`,
    en: `${file}: this list cannot be read. Check its name.`,
  }),
  csvHeader: (file: string): Problem => ({
    ja: `${file} 1 行目: 見出しが違います。「a,b,same」にしてください。`,
    en: `${file} line 1: wrong header. It must be "a,b,same".`,
  }),
  csvRow: (file: string, line: number): Problem => ({
    ja: `${file} ${line} 行目: 「写真,写真,1」（同じ人）か「写真,写真,0」（別人）の形にしてください。`,
    en: `${file} line ${line}: write "picture,picture,1" (one person) or "picture,picture,0" (two).`,
  }),
  csvContradiction: (file: string, line: number): Problem => ({
    ja: `${file} ${line} 行目: 別人とありますが、ほかの行では同じ人です。same の列を確かめてください。`,
    en: `${file} line ${line}: says two persons where other lines say one. Check the column "same".`,
  }),
  csvOneKind: (file: string): Problem => ({
    ja: `${file}: 同じ人の組（1）と別人の組（0）の両方が要ります。足りない組を加えてください。`,
    en: `${file}: both kinds are needed, pairs of one person (1) and of two (0). Add the missing kind.`,
  }),
  picturesMissing: (missing: readonly { name: string; line: number }[]): Problem => {
    const named = missing
      .slice(0, 5)
      .map(({ name, line }) => `${name} (${line})`)
      .join(', ');
    return {
      ja: `一覧にある写真が ${missing.length} 枚ありません: ${named}。写真を置くか、その行（かっこの中）を直してください。`,
      en: `${missing.length} of the list's pictures are not in the folder: ${named}. Add them or correct the lines (in brackets).`,
    };
  },
  columnMissing: (file: string, column: string): Problem => ({
    ja: `${file} 1 行目: 列「${column}」がありません。見出しに id,age,gender,ethnicity を入れてください。`,
    en: `${file} line 1: the column "${column}" is missing. The header needs id, age, gender and ethnicity.`,
  }),
  personRow: (file: string, line: number): Problem => ({
    ja: `${file} ${line} 行目: 「フォルダ名,年齢,性別,出自」の形にしてください。分からない項目は空けてください。`,
    en: `${file} line ${line}: write "folder,age,gender,ethnicity". Leave a field empty where it is not known.`,
  }),
  personTwice: (file: string, line: number, id: string): Problem => ({
    ja: `${file} ${line} 行目: ${id} はもう一行あります。一人一行にしてください。`,
    en: `${file} line ${line}: ${id} has another line. Keep one line a person.`,
  }),
  personAbsent: (file: string, line: number, id: string): Problem => ({
    ja: `${file} ${line} 行目: ${id} の写真がありません。同じ名前のフォルダに写真を置くか、その行を消してください。`,
    en: `${file} line ${line}: there are no pictures of ${id}. Add a folder of that name, or remove the line.`,
  }),
  personUnlisted: (file: string, id: string): Problem => ({
    ja: `${file}: ${id} の行がありません。行を加えてください（分からない項目は空けます）。`,
    en: `${file}: ${id} has no line. Add one, with empty fields where nothing is known.`,
  }),
  noStratum: (file: string): Problem => ({
    ja: `${file}: 性別が同じ人が二人といません。性別の列を確かめるか、人を増やしてください。`,
    en: `${file}: no two persons have the same gender. Check that column, or add persons.`,
  }),
  nothingCompared: (): Problem => ({
    ja: '比べられた組が足りません。上にある写真を、顔が正面からはっきり写ったものに替えてください。',
    en: 'Too few pairs could be compared. Replace the pictures named above with clear ones that face the camera.',
  }),
  fileUnreadable: (file: string): Problem => ({
    ja: `${file}: 読めません。ファイルの名前を確かめてください。`,
    en: `${file}: cannot be read. Check its name.`,
  }),
  keyUnusable: (file: string): Problem => ({
    ja: `${file}: 秘密の鍵（PEM）として読めません。ファイルと、合言葉（--passphrase）を確かめてください。`,
    en: `${file}: no private key (PEM) can be read. Check the file, and its passphrase (--passphrase).`,
  }),
  keyOfVendor: (file: string): Problem => ({
    ja: `${file}: 市区町村の鍵（Ed25519）ではありません。業者の鍵なら、証明書も指定してください（--certificate）。`,
    en: `${file}: not a municipality's key (Ed25519). With a vendor's key, name its certificate too (--certificate).`,
  }),
  certificateOfOther: (file: string): Problem => ({
    ja: `${file}: その鍵の証明書ではありません。更新に使う証明書を指定してください。`,
    en: `${file}: not the certificate of that key. Name the certificate for updates.`,
  }),
  nothingToSign: (file: string): Problem => ({
    ja: `${file}: 較正ファイルでも、パックの manifest.json でもありません。パックには golden も要ります。`,
    en: `${file}: neither a calibration nor the manifest of a pack, which must have golden outputs.`,
  }),
  notWritable: (file: string): Problem => ({
    ja: `${file}: ここには書けません。書ける場所を指定してください。`,
    en: `${file}: cannot be written. Choose another place.`,
  }),
} as const;
