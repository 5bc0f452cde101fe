import type { UnusableStick } from '../../protocol/unusable-stick.js';
import type { Said, Words } from './words.js';

/** Polite and short, in words that a clerk of sixty knows. */
export const ja: Words = {
  language: '日本語',
  product: '照らし',
  practice: '練習',
  debugImage: '試験用',
  way: { card: '交付時来庁', form: '申請時来庁' },
  camera: { ready: 'カメラ 使用可', missing: 'カメラ なし', looking: 'カメラ 確認中' },
  scanner: { ready: '読み取り機 使用可', missing: '読み取り機 なし', looking: '読み取り機 確認中' },

  keys: {
    choose: '選ぶ',
    enter: (does) => `決定 Enter: ${does}`,
    tryAgain: 'もう一度試す',
    back: 'もどる BS',
    cancel: '中止 Esc',
    backFinishes: 'もどる BS: 終わる',
    cancelFinishes: '中止 Esc: 終わる',
  },
  choices: {
    begin: '始める',
    'clear-by-sight': '目視で分かる',
    'compare-faces': '顔照合を行う',
    proxy: '代理人への交付',
    agree: '同意する',
    refuse: '同意しない',
    'scan-now': '読み取る',
    'scan-again': '読み取り直す',
    'photograph-now': '撮影する',
    'photograph-again': '撮り直す',
    stop: '比べずに終わる',
    'hand-over': '交付する',
    'do-not-hand-over': '交付しない',
    'ask-superior': '上司に相談する',
    'set-clock': '時計を合わせる',
    'set-time': '合わせる',
    'change-time': '直す',
    'set-anyway': 'このまま合わせる',
    update: '更新する',
    'install-update': '更新を入れる',
    'not-now': '今はしない',
    dismiss: '知らせを閉じる',
    'look-at-stick': 'USBメモリーを見る',
    'copy-records': '記録を取り出す',
    'see-changes': '変わったことを見る',
    'seen-changes': '確認した',
    'copy-now': '取り出す',
    vendor: '業者用',
    'bench-test': '試験する',
    'doctor-report': '点検して報告',
    'export-report': '報告を書き込む',
    'answer-yes': 'はい',
    'answer-no': 'いいえ',
    done: '閉じる',
    'self-test': '点検する',
  },
  choiceMeans: {
    'clear-by-sight': '見てすぐ、確かにご本人と分かるときに選びます。',
    'compare-faces': 'カードの券面や申請書の写真と、今のお顔を機械で比べます。',
    proxy: 'ご本人がいらっしゃらないため、顔照合は行いません。',
  },
  enlarge: (columns, rows) => `画面を広げてください。\n（横${columns}文字、縦${rows}行以上）`,
  secondsLeft: (seconds) => `あと${seconds}秒、操作がないと終わります`,
  settingsProblems: (count, line) =>
    line === undefined
      ? '設定を読めません。\n前の設定か標準の設定で動いています。保守の担当者に知らせてください。'
      : `設定に誤りが${count}件あります（${count > 1 ? '最初は' : ''}${line}行目）。\n` +
        '前の値か安全な値で動いています。保守の担当者に知らせてください。',
  technician: '保守の担当者',
  support: (contact) => `保守の担当者: ${contact}`,
  tornRecords: (count) =>
    `停電などで途切れた記録が${count}件あり、別に取ってあります。\n保守の担当者に知らせてください。`,

  interrupted: (number) =>
    `前の来庁（記録 ${number}）は、停電などで途中で終わりました。\n記録には「中断」と書きました。写真は残っていません。`,

  starting: { title: '準備しています', text: 'しばらくお待ちください。' },
  unanswered: {
    title: 'この機械は、まだ始まっていません',
    text:
      '始まるまで、ふつうは1分ほどです。3分たってもこのままなら、\n' +
      '電源を入れ直してください。それでも同じなら、カードへの書き込みが途中で\n' +
      '終わっているか、カードがいたんでいます。保守の担当者に知らせてください。',
  },
  idle: { title: '受付できます', text: '「始める」を選び、決定キー（Enter）を押します。' },
  unavailable: {
    title: 'この機械は今使えません',
    meanwhile: 'その間の受付の進め方は、上司に相談してください。',
    text: '直ったかどうかは、この機械が自動で確かめます。',
    awaited: (name) => `設定で決めた「${name}」を待っています。\nほかの機器では代わりになりません。`,
  },
  reason: {
    title: 'どの確認をしますか',
    policy: {
      'in-doubt': 'ご本人かどうかに疑義があるときに、顔照合を行います。',
      always: '容易に、かつ確実にご本人と分かるとき以外は、\n顔照合を行います。',
    },
  },
  notice: {
    title: '来庁者に読み上げてください',
    read: {
      card: (ifDeclined) => readOut('マイナンバーカードの写真', ifDeclined),
      form: (ifDeclined) => readOut('申請書の写真', ifDeclined),
    },
  },
  ifDeclined: '本日は、カードをお渡しできないことがあります。',
  placeDocument: {
    card: {
      title: 'カードを置いてください',
      text: 'おもて面（顔写真の面）を下にして、\n読み取り台の角に合わせてください。',
    },
    form: {
      title: '申請書を置いてください',
      text: '顔写真をはった面を下にして、\n読み取り台の角に合わせてください。',
    },
  },
  scanning: { title: '読み取っています', text: 'そのまま、動かさないでください。' },
  waiting: {
    title: '読み取り機の準備を待っています',
    text: {
      'scanner-busy': 'そのままお待ちください。準備ができると、自動で読み取ります。',
      'scanner-jammed': '詰まった紙を取り除き、ふたを閉めてください。\n取り除くと、自動で読み取ります。',
      'scanner-cover-open': 'ふたを閉めてください。閉めると、自動で読み取ります。',
      'scanner-no-document': '顔写真の面を下にして置いてください。置くと、自動で読み取ります。',
    },
  },
  documentPoor: '写真をうまく読み取れませんでした',
  beforePhotograph: {
    title: 'お顔を撮影します',
    say:
      '恐れ入りますが、カメラのランプをご覧ください。\n' + 'マスクや色の濃い眼鏡を、お外しいただけますか。',
    cannot:
      'ご病気や信仰などで外せない方、ランプの見えない方、車いすの方や\n' +
      '小さなお子さまなど、難しい方には無理にお願いしません。\n' +
      '中止し、目視とほかの書類で確かめ、上司に相談してください。',
  },
  instructions: {
    'look-here': 'カメラのランプを見てください',
    nearer: 'もう少し近づいてください',
    further: 'もう少し離れてください',
    left: 'もう少し、ご自分の左へ寄ってください',
    right: 'もう少し、ご自分の右へ寄ってください',
    up: 'お顔をもう少し高くしてください',
    down: 'お顔をもう少し低くしてください',
    'face-front': 'お顔をまっすぐカメラへ向けてください',
    'more-light': '暗いので、明るい方を向いてください',
    'less-light': '明るすぎるので、光を避けてください',
    'even-light': '顔の片側が暗いので、光の方を向いてください',
    'uncover-eyes': '色の濃い眼鏡を外していただけますか',
    'uncover-mouth': 'マスクを外していただけますか',
    'one-person': 'お一人だけで写ってください',
    'hold-still': 'そのまま、動かないでください',
    blink: 'ゆっくり、まばたきをしてください',
    'turn-left': 'お顔を、ご自分の左へ向けてください',
    'turn-right': 'お顔を、ご自分の右へ向けてください',
    'turn-up': 'お顔を、上へ向けてください',
    'turn-down': 'お顔を、下へ向けてください',
  },
  arrows: {
    left: '左へ',
    right: '右へ',
    up: '上へ',
    down: '下へ',
    nearer: '近くへ',
    further: '後ろへ',
    'turn-left': '左を向く',
    'turn-right': '右を向く',
    'turn-up': '上を向く',
    'turn-down': '下を向く',
  },
  ovals: { aim: '目安の位置', face: '今のお顔' },
  photographPoor: 'うまく撮影できませんでした',
  tries: {
    photograph: (number) => `${number}回目の撮影`,
    scan: (number) => `${number}回目の読み取り`,
    made: (photographs, scans) => `${photographs}回目の撮影、${scans}回目の読み取り。`,
    compared: (times, lowest) => `${times}回比べ、最も低い類似度は${lowest}。`,
    together: (times) => `（${times}回のうちに）`,
    poor: {
      photograph:
        '撮り直しは、もうできません。機械で比べずに終わります。\n目視とほかの書類で確かめ、上司に相談してください。',
      scan: '読み取り直しは、もうできません。機械で比べずに終わります。\n目視とほかの書類で確かめ、上司に相談してください。',
    },
    above: '撮り直しは、もうできません。\n目視とほかの書類も確かめて、交付するかをお決めください。',
    below: {
      photograph:
        '読み取り直しは、もうできません。写りに直せる所があれば、撮り直せます。\n交付するかは、目視とほかの書類も確かめて、お決めください。',
      scan: '撮り直しは、もうできません。写りに直せる所があれば、読み取り直せます。\n交付するかは、目視とほかの書類も確かめて、お決めください。',
      neither:
        '撮り直しも読み取り直しも、もうできません。目視とほかの書類で確かめ、\n交付するかをお決めください。迷うときは、上司に相談してください。',
    },
  },
  comparing: { title: '比べています', text: 'しばらくお待ちください。' },
  result: {
    above: {
      title: '基準に達しました',
      next: '目視とほかの書類も確かめて、交付するかをお決めください。',
    },
    below: {
      title: '基準に届きませんでした',
      next: '写りに直せる所があれば、撮り直すか読み取り直してください。\n交付するかは、目視とほかの書類も確かめて、お決めください。',
    },
    consult: '上司と相談して、交付するか、見合わせる（保留する）かをお決めください。',
    provesNothing:
      '本人でないと決まったわけではありません。\n写真が古い、暗い、向きが違うときも低くなります。',
    score: (similarity, threshold) => `類似度 ${similarity}（基準 ${threshold}）`,
    similarity: '類似度',
    threshold: '基準',
    fewerThan: {
      any: (count, of) => `別人${reach(count, of)}`,
      sameGender: (count, of) => `性別が同じ別人${reach(count, of)}`,
      alike: (count, of) => `性別と出自が同じで年の近い別人${reach(count, of)}`,
    },
    manyStrangers: '別人でも、この値になることがよくあります。',
    fewOfGroup: '東アジアの人を多くは測っていないので、実際はもっと多いおそれがあります。',
    noProbability: 'ご本人である確率ではありません。',
    compared: {
      card: (model) => `カードの券面の写真と、撮影した顔を比べました（照合の方式 ${model}）。`,
      form: (model) => `申請書の写真と、撮影した顔を比べました（照合の方式 ${model}）。`,
    },
    liveness: {
      passed: 'お願いしたとおりに動き、写真や画面の跡はありませんでした。目視でも確かめてください。',
      failed: '写真や画面を見せているおそれがあります。目視でも確かめてください。',
      'not-checked': 'その場にいる動きかどうか、確かめられませんでした。目視でも確かめてください。',
    },
    noted: '気になる点',
  },
  notComparable: {
    title: 'この写真では比べられませんでした',
    next: '目視とほかの書類で確かめ、交付するかは、上司に相談してお決めください。',
    say: '別の方法で確認いたします。少々お待ちください。',
  },
  moreFindings: (count) => `ほかに${count}件あります。`,
  explain: {
    title: '来庁者にお伝えください',
    because: {
      refused: '同意が得られませんでした。写真は撮っていません。',
      'not-verified': '職員の判断で、交付を見合わせることになりました。',
    },
    say: {
      refused: (ifDeclined) =>
        'お写真とお顔を機械で比べるのは、同意をいただいたときだけです。\n' +
        `${ifDeclined}\nお気持ちが変わりましたら、お声をかけてください。`,
      'not-verified': () =>
        '本日は、カードの交付を見合わせます。\n' +
        'ご本人でないと決まったわけではありません。\n' +
        '再申請など、この後のお手続きをご案内いたします。',
    },
  },
  erasing: { title: '確認を終えています', text: '写真と顔の情報があれば消し、記録を残します。' },
  erased: {
    withPictures: (at) => `写真と顔の情報を消しました（${at}）`,
    withoutPictures: (at) => `終わりました。写真は撮っていません（${at}）`,
    record: (number) => `記録番号 ${number}`,
    handOver: 'ご希望の方に、記録番号をお渡しください。',
    because: {
      decided: 'この確認は終わりました。',
      cancelled: '途中で、取りやめました。',
      'timed-out': '時間内に先へ進まなかったので、取りやめました。',
      fault: '機械か、つないだ機器の不具合のため、取りやめました。',
    },
  },

  clock: {
    title: '時計を合わせます',
    how: {
      closed: '左右のキーで直す所を選び、決定キーで直します。\n合っていれば、右の「合わせる」を選びます。',
      open: '左右のキーで数字を変えます。\n決定キーで決まり、もどるキーで元の数字になります。',
    },
    keys: { open: '直す', close: '決める', turn: '数字を変える' },
    parts: {
      year: (year) => `${year}年`,
      month: (month) => `${month}月`,
      day: (day) => `${day}日`,
      hour: (hour) => `${hour}時`,
      minute: (minute) => `${minute}分`,
    },
    whole: (year, month, day, weekday, hour, minute) =>
      `${year}年${month}月${day}日（${'日月火水木金土'.charAt(weekday)}）${hour}時${minute}分`,
    applying: { title: '時計を合わせています', text: 'しばらくお待ちください。' },
    set: {
      title: '時計を合わせました',
      lasting: '電源を切っても、時計は進みます。',
      untilPowerOff: '電源を切ると、次に入れたときに、また合わせていただきます。',
    },
    notSetTitle: '時計はまだ合わせていません',
    doubts: {
      'no-source': {
        what: '時計が合っているか、確かめられません。',
        remedy: '時計を合わせてください。受付はこのまま続けられます。',
      },
      'before-software': {
        what: '時計が、この機械の作られた日より前を指しています。',
        remedy: '時計を合わせてください。受付はこのまま続けられます。',
      },
      'too-late': {
        what: '時計が、先の年を指しすぎています。',
        remedy: '時計を合わせてください。受付はこのまま続けられます。',
      },
      'before-record': {
        what: '時計が、前の記録より前を指しています。',
        remedy: '時計を合わせてください。受付はこのまま続けられます。',
      },
    },
    notSet: {
      'before-software': {
        what: 'この機械の作られた日より前には、合わせられません。',
        remedy: '年と月日を確かめて、もう一度合わせてください。',
      },
      'too-late': {
        what: '先の年すぎて、合わせられません。',
        remedy: '年を確かめて、もう一度合わせてください。',
      },
      'before-record': {
        what: '前の記録より前の時刻です。',
        remedy:
          '日付と時刻を、もう一度確かめてください。\n前の記録の時刻がまちがっていたときだけ、このまま合わせます。',
      },
      'clock-denied': {
        what: '時計を合わせることが、許されていません。',
        remedy: '保守の担当者に知らせてください。\n受付はこのまま続けられます。',
      },
      'clock-failed': {
        what: '時計を合わせられませんでした。',
        remedy:
          'もう一度合わせてください。\n続くときは、保守の担当者に知らせてください。受付は続けられます。',
      },
    },
  },

  update: {
    found: (version) =>
      `USBメモリーに新しい版（${version}）があります。\n手のすいたときに「更新する」を選んでください。`,
    ask: {
      title: (version) => `新しい版（${version}）を入れますか`,
      text:
        '10分ほど、遅いカードではそれ以上かかり、その間、この機械は使えません。\n' +
        '終わると自動で電源を入れ直し、点検してから使えるようになります。\n記録と設定はそのまま残ります。',
    },
    checking: { title: '更新を確かめています', text: 'USBメモリーを抜かないでください。' },
    writing: {
      title: '更新を入れています',
      text: 'USBメモリーを抜かず、電源を切らないでください。\n途中では止められません。',
    },
    restarting: {
      title: '電源を入れ直しています',
      text: '数分かかります。電源を切らないでください。\nUSBメモリーは抜いてかまいません。',
    },
    failed: '更新できませんでした',
    refused: 'このUSBメモリーの更新は使えません。',
    faults: {
      ...unusableSticks(
        'この機械では、FAT32かexFATの形式のものが使えます。\n保守の担当者に、作り直しを頼んでください。',
      ),
      'no-stick': {
        what: 'USBメモリーが見つかりません。',
        remedy: 'USBメモリーを差し直してください。',
      },
      'stick-unreadable': {
        what: 'USBメモリーを読めません。',
        remedy: '差し直してください。\n続くときは、別のUSBメモリーを、保守の担当者に頼んでください。',
      },
      'no-update': {
        what: 'USBメモリーに、更新が入っていません。',
        remedy: '更新の入ったUSBメモリーに差し替えてください。\n続くときは、保守の担当者に知らせてください。',
      },
      'too-many-updates': {
        what: 'USBメモリーの更新が多すぎて、確かめきれません。',
        remedy: '新しい更新だけを残すよう、保守の担当者に頼んでください。',
      },
      'foreign-key': {
        what: 'この機械の作り手の更新ではありません。',
        remedy: 'USBメモリーを抜いて、保守の担当者に知らせてください。',
      },
      torn: {
        what: '更新の中身が壊れています。',
        remedy: 'USBメモリーの作り直しを、保守の担当者に頼んでください。',
      },
      'other-box': {
        what: '別の種類の機械の更新です。',
        remedy: 'この機械のための更新を、保守の担当者に頼んでください。',
      },
      'not-newer': {
        what: '今の版と同じか、古い版です。',
        remedy: '入れる必要はありません。USBメモリーを抜いてください。',
      },
      changed: {
        what: 'お聞きした版とは違う更新でした。',
        remedy: '今までの版で使えます。\nUSBメモリーを差し直して、版を確かめてください。',
      },
      'not-set-up': {
        what: 'この機械は、USBメモリーから更新できません。',
        remedy: '保守の担当者に知らせてください。',
      },
      busy: { what: 'ほかの更新が進んでいます。', remedy: '10分ほど待ってから、もう一度お試しください。' },
      'stick-lost': {
        what: '途中でUSBメモリーが抜けました。',
        remedy: '今までの版で使えます。\nUSBメモリーを差し直して、もう一度更新してください。',
      },
      'write-failed': {
        what: '更新を書き込めませんでした。',
        remedy:
          '今は、今までの版で動いています。もう一度更新してください。\n続くときは、保守の担当者に知らせてください。',
      },
      'restart-failed': {
        what: '電源を自動で入れ直せませんでした。',
        remedy: 'この機械の電源を入れ直してください。',
      },
      'no-answer': {
        what: '更新の様子を確かめられませんでした。',
        remedy:
          '今は、今までの版で動いています。もう一度更新してください。\n続くときは、保守の担当者に知らせてください。',
      },
    },
    returned: (version) => `版${version}への更新をやめ、前の版に戻りました。`,
    returnedBecause: {
      'self-test-failed': {
        what: '新しい版での点検で、異常がありました。',
        remedy: 'このまま使えます。保守の担当者に知らせてください。',
      },
      'did-not-start': {
        what: '新しい版が、うまく動き始めませんでした。',
        remedy: 'このまま使えます。保守の担当者に知らせてください。',
      },
      interrupted: {
        what: '入れている途中で電源が切れました。',
        remedy: 'このまま使えます。もう一度更新してください。',
      },
    },
  },

  changes: {
    title: '前回の受付から変わったこと',
    text: '心当たりがなければ「確認した」を選ばずに、保守の担当者に知らせてください。',
    weaker: '弱くなった',
    what: {
      threshold: '基準',
      recogniser: '照合の方式',
      calibration: '正しさを測った記録',
      camera: 'カメラ',
      scanner: '読み取り機',
      software: 'この機械の版',
      'visit.policy': '顔照合をいつ行うか',
      'visit.way': '交付の方式',
      'visit.threshold': '基準',
      'visit.fmr': '基準（別人の割合）',
      'visit.liveness': 'なりすましの確認',
      'visit.photographs': '撮影の回数',
      'visit.scans': '読み取りの回数',
      'lights.required': 'カメラのランプが必要か',
      'keys.signing': '署名を確かめる鍵',
      'keys.export': '記録の写しを暗号にする鍵',
      'place.municipality': '市区町村の名前',
      'place.counter': '窓口の名前',
      'place.support': '保守の連絡先',
    },
    setting: (name) => `設定 ${name}`,
    value: {
      off: 'なし',
      advisory: '結果を出すだけ',
      required: '必須',
      always: 'いつも',
      'in-doubt': '迷うときだけ',
      card: 'カード',
      form: '申請書',
      true: 'はい',
      false: 'いいえ',
      practice: '練習',
      auto: '自動',
    },
    nothing: 'なし',
    fromTo: (before, after) => `${before} から ${after} へ`,
    forgotten: '前回の控えが読めないので、何が変わったか分かりません。',
    more: (count) => `ほかに${count}件あります。`,
  },
  recordsCopy: {
    ask: {
      title: '差してあるUSBメモリーに、記録を書き写しますか',
      text:
        'この機械の記録を、すべて書き写します。この機械の記録はそのまま残ります。\n' +
        '記録に、氏名や写真や顔の情報はありません。\n書き写している間、この機械は使えません。',
      readers: {
        anybody: '暗号にしないので、USBメモリーを手にした人は、だれでも読めます。',
        'key-holder': '暗号にするので、読めるのは、市区町村の鍵を持つ人だけです。',
      },
    },
    underWay: {
      title: '記録を書き写しています',
      text: 'USBメモリーを抜かないでください。中止キーでやめられます。',
    },
    done: {
      title: (records) => `記録を取り出しました${records === undefined ? '' : `（${records}件）`}`,
      text: 'USBメモリーを抜いてかまいません。次の名前で入っています。',
      broken:
        '記録の中に、前後の合わない所があります。そのまま書き写しました。\n何も消さずに、保守の担当者に知らせてください。',
    },
    failed: '記録を取り出せませんでした',
    faults: {
      ...unusableSticks('FAT32かexFATの形式のUSBメモリーをお使いください。'),
      'no-stick': {
        what: '記録を入れるUSBメモリーが見つかりません。',
        remedy: 'USBメモリーを差し直して、もう一度取り出してください。',
      },
      'stick-unreadable': {
        what: 'USBメモリーを読めません。',
        remedy: '差し直してください。\n続くときは、別のUSBメモリーをお使いください。',
      },
      'stick-read-only': {
        what: 'USBメモリーに書き込めないようになっています。',
        remedy: '書き込み止めのつまみがあれば、外してください。\nなければ、別のUSBメモリーをお使いください。',
      },
      'stick-full': {
        what: 'USBメモリーに空きが足りません。',
        remedy: '空きのある、別のUSBメモリーをお使いください。',
      },
      'stick-lost': {
        what: '途中でUSBメモリーが抜けました。',
        remedy: 'この機械の記録は無事です。\nUSBメモリーを差し直して、もう一度取り出してください。',
      },
      'write-failed': {
        what: 'USBメモリーに書き込めませんでした。',
        remedy: 'この機械の記録は無事です。\n別のUSBメモリーで、もう一度取り出してください。',
      },
      'not-the-same': {
        what: '書き込んだ記録を読み返すと、違っていました。',
        remedy: 'このUSBメモリーは傷んでいます。使わずに、\n別のUSBメモリーで、もう一度取り出してください。',
      },
      busy: {
        what: 'USBメモリーがほかで使われています。',
        remedy: 'しばらく待ってから、もう一度取り出してください。',
      },
      'no-records': {
        what: '記録がまだ一件もありません。',
        remedy: '取り出す必要はありません。USBメモリーを抜いてください。',
      },
      'records-unreadable': {
        what: 'この機械の記録を読めませんでした。',
        remedy: 'もう一度取り出してください。\n続くときは、何も消さずに、保守の担当者に知らせてください。',
      },
      'key-unusable': {
        what: '設定にある、記録を暗号にする鍵（keys.export）が使えません。',
        remedy: '記録は取り出していません。\n設定の鍵を直すよう、保守の担当者に知らせてください。',
      },
      'no-answer': {
        what: '取り出しの様子を確かめられませんでした。',
        remedy:
          'この機械の記録は無事です。もう一度取り出してください。\n続くときは、保守の担当者に知らせてください。',
      },
    },
  },

  vendor: {
    underTest: '試験中',
    found: '業者用のUSBメモリーです。「業者用」を選ぶと、この機械を試験できます。',
    refused: '業者用の鍵を使えません。',
    faults: {
      torn: {
        what: '鍵が壊れています。',
        remedy: '業者の方は、鍵をUSBメモリーに写し直してください。',
      },
      'foreign-key': {
        what: 'この機械の業者の鍵ではありません。',
        remedy:
          '業者の方は、この機械の更新に使う鍵で作り直してください。\n心当たりのないUSBメモリーは、抜いてください。',
      },
      'other-box': {
        what: '別の機械のための鍵です。',
        remedy: '業者の方は、下の番号で鍵を作り直してください。',
      },
      expired: {
        what: '鍵の期限が過ぎています。',
        remedy: '業者の方は、鍵を作り直してください。\n時計が違っているときは、先に合わせてください。',
      },
      'no-keyring': {
        what: 'この機械には、業者の鍵を確かめるものがありません。',
        remedy: 'カードに書き込んだ照らしでだけ使えます。',
      },
      unrecorded: {
        what: '記録を書けないので、業者用の項目は使えません。',
        remedy: '「点検する」を選び、記録の点検の結果を見てください。',
      },
    },
    numbers: (box, image) => `装置の番号 ${box}　イメージの番号 ${image}`,
    entering: { title: '業者用の項目を開いています', text: '記録に残しています。' },
    notOpened: '業者用の項目は開けません',
    menu: {
      title: '業者用　この機械を試験中です',
      text: '来庁者の受付はできません。使ったことは記録に残ります。\nUSBメモリーを抜くと終わります。',
      until: (date) => `鍵の期限は${date}です。`,
      undated: '時計が合っていないので、期限は確かめていません。',
    },
    saving: { title: '報告を書き込んでいます', text: 'USBメモリーを抜かないでください。' },
    saved: '報告はUSBメモリーに、次の名前で入っています。',
    notSaved: '報告を書き込めませんでした。',
    saveAgain: 'USBメモリーを差したまま、もう一度「報告を書き込む」を選んでください。',
  },
  benchTest: {
    title: '試験しています',
    steps: {
      'self-test': '自己点検',
      lights: 'ランプとブザー',
      buttons: 'ボタン',
      'scanner-card': 'テストカードの読み取り（色と寸法）',
      'camera-card': 'カメラのピント',
      'camera-pixels': 'カメラの画素数',
      visits: '続けて動かす',
    },
    verdicts: { passed: '合格', failed: '不合格', 'not-made': '未実施' },
    ask: {
      'empty-glass': '読み取り台に何も置かず、ふたを閉めてください。\nよければ「はい」（決定）',
      'lay-card':
        'テストカードを下向きに読み取り台の角へ置き、ふたを閉めてください。\nよければ「はい」（決定）',
      'hold-card':
        'テストカードをカメラの前に、画面いっぱいに近い大きさで立ててください。\nよければ「はい」（決定）。そのまま45秒まで待ちます',
      led1: '左から1番目のランプだけが点いていますか',
      led2: '左から2番目のランプだけが点いていますか',
      led3: '左から3番目のランプだけが点いていますか',
      led4: '左から4番目のランプだけが点いていますか',
      camera: 'カメラのランプだけが点いていますか',
      buzzer: 'ブザーが鳴っていますか',
    },
    press: {
      yes: '「決定」のボタンを押してください',
      no: '「次へ」のボタンを押してください',
      cancel: '「中止」のボタンを押してください',
    },
    pressNothing: '押しても変わらないときは、キーボードの Backspace',
    working: (minutesLeft) => `点検をくり返して、熱くなりすぎないかを調べます。あと${minutesLeft}分`,
    outcomes: {
      passed: '合格：すべて行い、不合格はありません',
      failed: '不合格があります。出荷できません',
      incomplete: '不合格はありませんが、未実施があります。合格ではありません',
      stopped: '途中で終わりました。合格ではありません',
    },
    details: '理由と直し方は、報告にあります。',
  },

  findings: {
    'unreadable-image': {
      what: '画像として読めません',
      remedy: 'もう一度、読み取るか撮り直してください。',
    },
    'picture-type-unsupported': {
      what: '読める形式の画像ではありません（HEIC、BMP、PDFなど）',
      remedy: 'JPEG、PNG、TIFFのどれかで保存し直してください。',
    },
    'image-too-large': {
      what: '画像が大きすぎます',
      remedy: '細かさを下げて、もう一度読み取ってください。',
    },
    'scan-empty': {
      what: '何も読み取れませんでした',
      remedy: '読み取り台に置いたことを確かめて、\nもう一度読み取ってください。',
    },
    'scan-short': {
      what: '読み取りが途中で止まりました',
      remedy: 'ふたに触れずに、もう一度読み取ってください。',
    },
    'no-portrait': {
      what: '顔写真が見つかりません',
      remedy: '顔写真のあるカードや申請書を、顔写真の面を下にして置き、\nもう一度読み取ってください。',
    },
    'card-face-down': {
      what: 'カードの写真が見えません',
      remedy:
        'おもて面（顔写真の面）を下にして、もう一度読み取ってください。\n下になっていれば、カードを半回転させてください。',
    },
    'two-documents': {
      what: '顔写真が2つ以上あります',
      remedy: '1枚だけを置いて、もう一度読み取ってください。',
    },
    'portrait-too-small': {
      what: '写真が小さすぎて比べられません',
      remedy: '縮めた写しでなく、カードや申請書そのものを\n読み取ってください。',
    },
    'portrait-small': {
      what: '写真が小さめです',
      remedy: '類似度が低く出ることがあります。目視でも確かめてください。',
    },
    'portrait-blurred': {
      what: '写真がぼやけています',
      remedy: '読み取り台のガラスをふき、ぴったり置いて、\nもう一度読み取ってください。',
    },
    'portrait-glare': {
      what: '写真が光って読み取れません',
      remedy: '半回転させて、もう一度読み取ってください。',
    },
    'no-face': {
      document: {
        what: '写真に顔が見つかりません',
        remedy: '顔写真の面を下にして、角に合わせて置き直し、\nもう一度読み取ってください。',
      },
      probe: {
        what: 'お顔が見つかりません',
        remedy: 'カメラの正面から、ランプをご覧になるようお願いしてください。',
      },
    },
    'several-faces': {
      document: {
        what: '写真に2人以上写っています',
        remedy: '1枚だけを置いて、もう一度読み取ってください。',
      },
      probe: {
        what: '2人以上写っています',
        remedy: 'ほかの方に離れていただくようお願いし、お一人で撮り直してください。',
      },
    },
    'face-too-small': {
      document: {
        what: '写真の顔が小さく写っています',
        remedy: '縮めた写しでなく、カードや申請書そのものを\n読み取ってください。',
      },
      probe: {
        what: 'お顔が小さく写っています',
        remedy: 'カメラにもう少し近づくようお願いし、撮り直してください。',
      },
    },
    'face-too-large': {
      document: {
        what: '写真の顔が大きく写っています',
        remedy: '類似度が低く出ることがあります。目視でも確かめてください。',
      },
      probe: {
        what: 'お顔が大きく写っています',
        remedy: 'カメラから少し離れるようお願いし、撮り直してください。',
      },
    },
    'face-off-centre': {
      document: {
        what: '写真の顔が端に寄っています',
        remedy: '顔写真がすべて入るように置き直し、\nもう一度読み取ってください。',
      },
      probe: {
        what: 'お顔が端に寄っています',
        remedy: '真ん中に来るようお願いし、撮り直してください。',
      },
    },
    'face-turned': {
      document: {
        what: '写真の顔が正面を向いていません',
        remedy: '機械では比べられない写真です。\n目視とほかの書類で確かめてください。',
      },
      probe: {
        what: 'お顔が横を向いています',
        remedy: 'まっすぐカメラをご覧になるようお願いし、撮り直してください。',
      },
    },
    'face-unsettled': {
      document: {
        what: '写真の顔の形を読み取れません',
        remedy: '読み取り台のガラスをふき、ぴったり置いて、\nもう一度読み取ってください。',
      },
      probe: {
        what: 'お顔の形を読み取れません',
        remedy: '髪や手がお顔にかからないよう、カメラの正面を向くようお願いし、\n撮り直してください。',
      },
    },
    'too-dark': {
      document: {
        what: '写真が暗く写っています',
        remedy:
          'ふたを閉めて、もう一度読み取ってください。\n写真そのものが暗いときは、目視でも確かめてください。',
      },
      probe: {
        what: 'お顔が暗く写っています',
        remedy: '照明をつけるか、明るい方へ向きを変えてください。',
      },
    },
    'too-bright': {
      document: {
        what: '写真が白く写りすぎています',
        remedy:
          'ふたを閉めて、もう一度読み取ってください。\n写真そのものが白いときは、目視でも確かめてください。',
      },
      probe: {
        what: 'お顔が明るく写りすぎています',
        remedy: '光が直接当たらない向きに変えてください。',
      },
    },
    'uneven-light': {
      document: {
        what: '写真の顔の片側が暗く写っています',
        remedy: '類似度が低く出ることがあります。目視でも確かめてください。',
      },
      probe: {
        what: 'お顔の片側が暗く写っています',
        remedy: '窓や照明の方へ、お顔の正面を向けるようお願いしてください。',
      },
    },
    blurred: {
      document: {
        what: '写真がぼやけています',
        remedy: '読み取り台のガラスをふき、ぴったり置いて、\nもう一度読み取ってください。',
      },
      probe: {
        what: 'お顔がぼやけています',
        remedy: '動かずにいるようお願いし、撮り直してください。',
      },
    },
    'eyes-covered': {
      document: {
        what: '写真の目が隠れています',
        remedy: '機械では比べにくい写真です。目視でも確かめてください。',
      },
      probe: {
        what: '目が隠れています',
        remedy: '色の濃い眼鏡を外せるか、お尋ねください。\n目が見えると比べられます。',
      },
    },
    'mouth-covered': {
      document: {
        what: '写真の鼻か口が隠れています',
        remedy: '機械では比べにくい写真です。目視でも確かめてください。',
      },
      probe: {
        what: '鼻か口が隠れています',
        remedy: 'マスクを外せるか、お尋ねください。\n鼻と口が見えると比べられます。',
      },
    },
    'liveness-failed': {
      what: '写真や画面を見せているおそれがあります',
      remedy:
        'ほかの物を写さずに、撮り直してください。\n続くときは機械で比べずに、目視とほかの書類で確かめてください。',
    },
    'liveness-not-checked': {
      what: 'その場にいるご本人の動きを確かめられませんでした',
      remedy:
        '画面のとおりに動くようお願いし、撮り直してください。\n続くときは機械で比べずに、目視とほかの書類で確かめてください。',
    },
    'picture-suspected': {
      what: '写真や画面かもしれません。よく見てください。',
      remedy:
        '顔の前に写真や画面がないか、お確かめください。\nないときは、背景に四角い物が写らない所で撮り直してください。',
    },
  },

  faults: {
    'scanner-missing': {
      what: '読み取り機がつながっていません。',
      remedy:
        'ケーブルを、この機械の平たい四角の口（どれでも）に差してください。\n' +
        '差してあれば、読み取り機の電源を確かめてください。\nつながると、自動で使えるようになります。',
    },
    'scanner-busy': {
      what: '読み取り機がほかで使われています。',
      remedy: 'しばらく待つか、読み取り機の電源を入れ直してください。',
    },
    'scanner-jammed': {
      what: '読み取り機に紙が詰まりました。',
      remedy: 'ふたを開け、紙を取り除いて、閉めてください。',
    },
    'scanner-cover-open': {
      what: '読み取り機のふたが開いています。',
      remedy: 'ふたを閉めてください。',
    },
    'scanner-no-document': {
      what: '読み取るものが置かれていません。',
      remedy: '顔写真の面を下にして置いてください。',
    },
    'scanner-denied': {
      what: '読み取り機を使う許可がありません。',
      remedy: '保守の担当者に知らせてください。',
    },
    'scanner-unsupported': {
      what: 'この読み取り機は使えません。',
      remedy: '使える読み取り機につなぎ替えてください。',
    },
    'scanner-no-glass': {
      what: 'この読み取り機には、カードを置くガラス面がありません。',
      remedy: '使える読み取り機につなぎ替えてください。',
    },
    'scanner-black-and-white': {
      what: 'この読み取り機は、写真の濃淡を読み取れません。',
      remedy: '使える読み取り機につなぎ替えてください。',
    },
    'scanner-too-coarse': {
      what: 'この読み取り機は、写真に必要な細かさで読み取れません。',
      remedy: '使える読み取り機につなぎ替えてください。',
    },
    'scanner-firmware-missing': {
      what: '読み取り機を動かすための、メーカーの部品がありません。',
      remedy:
        'カードの「scanner」に写すよう、保守の担当者に頼んでください。\nfi-60F には 60f_0A00.nal、fi-65F には 65f_0A01.nal が要ります。',
    },
    'scanner-firmware-damaged': {
      what: '読み取り機を動かすための、メーカーの部品が壊れています。',
      remedy: 'カードの「scanner」に写し直すよう、保守の担当者に頼んでください。',
    },
    'scanner-firmware-refused': {
      what: '読み取り機が、渡されたメーカーの部品では動きません。',
      remedy:
        '読み取り機の電源を入れ直してください。続くときは、別の機種の部品かも\nしれません。保守の担当者に知らせてください。',
    },
    'scanner-failed': {
      what: '読み取り機が途中で止まりました。',
      remedy: '読み取り機の電源を入れ直してください。',
    },
    'scanner-stalled': {
      what: '読み取り機が返事をしません。',
      remedy: '読み取り機の電源を入れ直してください。',
    },
    'camera-missing': {
      what: 'カメラがつながっていません。',
      remedy:
        'ケーブルを、この機械の平たい四角の口（どれでも）に差してください。\n' +
        'つながると、自動で使えるようになります。\n' +
        '組み込みのカメラのときは、保守の担当者に知らせてください。',
    },
    'camera-busy': {
      what: 'カメラがほかで使われています。',
      remedy: 'しばらく待つか、この機械の電源を入れ直してください。',
    },
    'camera-no-frames': {
      what: 'カメラから画像が届きません。',
      remedy: 'カメラを差し直してください。',
    },
    'camera-broken-frames': {
      what: 'カメラの画像が壊れています。',
      remedy: 'カメラを差し直してください。\n続くときは、ケーブルを取り替えてください。',
    },
    'camera-failed': {
      what: 'カメラが途中で止まりました。',
      remedy: 'カメラを差し直してください。',
    },
    'camera-stalled': {
      what: 'カメラが返事をしません。',
      remedy: 'カメラを差し直してください。',
    },
    'driver-not-ended': {
      what: '読み取り機かカメラの働きが終わらないので、撮影しません。',
      remedy: 'この機械の電源を入れ直してください。\n続くときは、保守の担当者に知らせてください。',
    },
    'light-failed': {
      what: 'カメラのランプがつきません。',
      remedy:
        'ランプの配線を、保守の担当者に見てもらってください。\nランプが必要な設定では、つくまで撮影できません。',
    },
    'model-missing': {
      what: '顔を比べるための部品がありません。',
      remedy: '保守の担当者に、入れ直しを頼んでください。',
    },
    'model-mismatch': {
      what: '顔を比べるための部品が、正しいものと違います。',
      remedy: '使わずに、保守の担当者に知らせてください。',
    },
    'model-unsound': {
      what: '顔を比べる計算の答えが、正しい値と合いません。',
      remedy: 'この機械の電源を入れ直してください。\n続くときは、使わずに保守の担当者に知らせてください。',
    },
    'model-uncalibrated': {
      what: '顔を比べる部品の正しさを測った記録がないか、別の部品のものです。',
      remedy: '保守の担当者に、測り直し（較正）を頼んでください。',
    },
    'model-unsigned': {
      what: '顔を比べる部品か、その正しさを測った記録に、署名がありません。',
      remedy: '使わずに、保守の担当者に知らせてください。\n作った人が署名したものだけを使います。',
    },
    'model-signature-wrong': {
      what: '顔を比べる部品か、その正しさを測った記録の署名が、中身と合いません。',
      remedy: '使わずに、保守の担当者に知らせてください。\n書きかえられたか、別のものの署名です。',
    },
    'model-signer-unknown': {
      what: '顔を比べる部品か、その正しさを測った記録に署名したのが、知らない相手です。',
      remedy:
        '使わずに、保守の担当者に知らせてください。\n市区町村の鍵を変えたときは、「変わったことを見る」を選んでください。',
    },
    'model-external-data': {
      what: '顔を比べる部品の中身が、別の場所にあります。',
      remedy: '使わずに、保守の担当者に知らせてください。\n1つにまとまったものだけを使います。',
    },
    'threshold-unsupported': {
      what: '決められた基準が正しいと言えるほど、多くの人で測っていません。',
      remedy: '保守の担当者に、基準を改めるか、もっと多くの人で測り直す（較正する）よう\n頼んでください。',
    },
    'vault-died': {
      what: '照合が途中で止まりました。',
      remedy: '写真は残っていません。もう一度始めてください。\n続くときは、保守の担当者に知らせてください。',
    },
    'vault-hung': {
      what: '照合が進まなくなったので、止めました。',
      remedy: '写真は残っていません。もう一度始めてください。\n続くときは、保守の担当者に知らせてください。',
    },
    'vault-nonsense': {
      what: '照合の様子がおかしいので、止めました。',
      remedy: '写真は残っていません。もう一度始めてください。\n続くときは、保守の担当者に知らせてください。',
    },
    'erasure-unproven': {
      what: '写真が消えたことを確かめられませんでした。',
      remedy: 'この機械の電源を抜いてください。\n電源が切れると、写真は残りません。',
    },
    'memory-short': {
      what: 'この機械の余裕が足りず、比べられません。',
      remedy: 'この機械の電源を入れ直してください。\n続くときは、保守の担当者に知らせてください。',
    },
    'swap-on': {
      what: '処理の途中の写真が、保存場所に移されるおそれがあります。',
      remedy: '使わずに、保守の担当者に知らせてください。',
    },
    'record-disk-full': {
      what: '記録を書く場所がいっぱいです。',
      remedy: '保守の担当者に、場所を空けるか、記録を移して\nカードを取り替えるよう頼んでください。',
    },
    'record-failed': {
      what: '記録を書けませんでした。',
      remedy: 'この機械の電源を入れ直してください。\n続くときは、保守の担当者に知らせてください。',
    },
    'record-broken': {
      what: '記録に、前後か装置の署名と合わない所があります。',
      remedy: '何も消さずに、保守の担当者に知らせてください。',
    },
  },

  checks: {
    models: '顔を比べる部品',
    records: '記録の正しさ',
    disk: '記録の空き',
    memory: '処理の余裕',
    swap: '処理中の写真',
    clock: '時計',
    settings: '設定',
    calibration: '測った人',
    temperature: '温度',
    throttling: '速さと電源',
    lights: 'ランプとボタン',
    plugs: '抜き差しの知らせ',
    camera: 'カメラ',
    'camera-pixels': 'カメラの細かさ',
    'room-light': '部屋の明るさ',
    scanner: '読み取り機',
    'scanner-firmware': '読み取り機の部品',
    'scanner-glass': '読み取り台',
  },
  verdicts: { ok: '良好', warning: '注意', failed: '異常', 'not-made': '未確認' },
  selfTest: {
    underWay: '点検しています',
    lookingAt: (check) => `${check}を調べています。`,
    waiting: {
      'scanner-busy': '読み取り機の準備を待っています。そのままお待ちください。',
      'scanner-jammed': '読み取り機に詰まった紙を取り除き、ふたを閉めてください。',
      'scanner-cover-open': '読み取り機のふたを閉めてください。閉めると、点検を続けます。',
      'scanner-no-document': '読み取り機が、紙が置かれるのを待っています。',
    },
    well: '異常はありませんでした',
    unfinished: '点検が終わりませんでした',
    warnings: (count) => `使えますが、注意が${count}件あります`,
    failures: (count) => `異常が${count}件あります`,
  },
  remarks: {
    'debug-image': {
      what: 'この機械は、試験用のSDカードで動いています。\n窓口では使わないでください。',
      remedy:
        '記録には、試験用の印が付きます。\n保守の担当者に、窓口用のSDカードに取り替えるよう頼んでください。',
    },
    'record-torn': {
      what: '最後の記録が、途中で切れているか、空になっています。',
      remedy: 'この機械の電源を入れ直すと、切れた分は別に取り置かれます。',
    },
    'disk-low': {
      what: '記録を書く場所が残りわずかです。',
      remedy:
        'いっぱいになる前に、保守の担当者に、場所を空けるか、記録を移して\nカードを取り替えるよう頼んでください。',
    },
    'memory-low': {
      what: 'この機械の余裕が少なくなっています。',
      remedy: 'この機械の電源を入れ直してください。\n続くときは、保守の担当者に知らせてください。',
    },
    'swap-elsewhere': {
      what: '処理の途中の写真が、保存場所に移されることがあります。',
      remedy: '練習だけに使ってください。窓口では、専用の機械を使います。',
    },
    'clock-untrusted': {
      what: '時計が合っているか、確かめられません。',
      remedy: '記録の時刻がずれることがあります。時計を合わせてください。',
    },
    hot: {
      what: 'この機械が熱くなっています。',
      remedy: '風の通る所に置き、上や横の物をどけてください。',
    },
    'temperature-unknown': {
      what: 'この機械の温度は調べられません。',
      remedy: 'そのままお使いください。',
    },
    throttled: {
      what: '熱のために、この機械が遅くなったことがあります。',
      remedy: '風の通る所に置き、上や横の物をどけてから、\n電源を入れ直してください。',
    },
    'power-weak': {
      what: '電気が足りなくなったことがあります。',
      remedy: 'この機械に付いてきた電源につなぎ直してください。',
    },
    'throttling-unknown': {
      what: 'この機械では、速さと電源の様子を調べられません。',
      remedy: 'そのままお使いください。',
    },
    'lights-off': {
      what: '設定で、ランプとボタンを使わないことになっています。',
      remedy: '使うときは、保守の担当者に設定を頼んでください。',
    },
    'lights-absent': {
      what: 'ランプとボタンが見つかりません。',
      remedy:
        'ランプが必要な設定でなければ、画面だけで使えます。\n付いているはずのときは、保守の担当者に知らせてください。',
    },
    'record-uncounted': {
      what: 'TPMが答えないため、記録の行数を数えていません。',
      remedy:
        '来庁の受け付けは続けられ、次の記録に残ります。\n電源を入れ直しても続くときは、保守の担当者に知らせてください。',
    },
    'plugs-untold': {
      what: '機器の抜き差しが、この機械に知らされません。',
      remedy:
        '機器は数秒ごとに調べるので、そのまま使えます。\n窓口で使うときは、保守の担当者に知らせてください。',
    },
    'settings-wrong': {
      what: '設定に、直すところがあります。',
      remedy: '前の値か安全な値で動きます。\n保守の担当者に知らせてください。',
    },
    'settings-not-kept': {
      what: '正しい設定の控えを取れません。',
      remedy: '今の設定では動きます。\n設定が壊れたときに備え、保守の担当者に知らせてください。',
    },
    'name-undrawable': {
      what: '設定の名前や文に、画面に出せない文字があり、〓と出ます。',
      remedy: 'そのまま使えます。保守の担当者に知らせてください。',
    },
    'not-calibrated': {
      what: 'この市区町村の人では、別人が基準に達する割合を測って（較正して）いません。',
      remedy:
        'それまでは、数字を目安にせず、目視とほかの書類で確かめてください。\n子どもには使わないでください。保守の担当者に、較正を頼んでください。',
    },
    'lights-silent': {
      what: 'ランプとボタンが返事をしません。',
      remedy:
        'ランプが必要な設定でなければ、画面だけで使えます。\n続くときは、この機械の電源を入れ直してください。',
    },
    'button-stuck': {
      what: 'ボタンが押されたままです。',
      remedy:
        '何も載っていないか、引っかかっていないかを確かめてください。\n押されたままでないボタンは使えます。',
    },
    'camera-slow': {
      what: 'カメラの画像が遅れて届きます。',
      remedy: 'カメラを別の差し込み口に差し直してください。',
    },
    'camera-practice': {
      what: '練習用の画像が、カメラの代わりをしています。',
      remedy: '窓口では、カメラをつないでください。',
    },
    'camera-few-pixels': {
      what: 'カメラの細かさが足りません。',
      remedy: '有効画素数が500万以上のカメラに取り替えてください。',
    },
    'camera-pixels-unknown': {
      what: 'カメラの細かさを調べられません。',
      remedy: '説明書で、有効画素数が500万以上か確かめてください。',
    },
    'room-dark': {
      what: '部屋が暗いか、カメラがふさがれています。',
      remedy: '照明をつけ、カメラの前の物をどけてください。',
    },
    'room-bright': {
      what: 'カメラに強い光が入っています。',
      remedy: '窓や照明が写らない向きに変えてください。',
    },
    'scanner-practice': {
      what: '練習用の画像が、読み取り機の代わりをしています。',
      remedy: '窓口では、読み取り機をつないでください。',
    },
    'scanner-firmware-unknown': {
      what: 'どの読み取り機も使わない名前の、メーカーの部品があります。',
      remedy: 'カードの「scanner」にある名前を確かめるよう、保守の担当者に頼んでください。',
    },
    'glass-not-empty': {
      what: '読み取り台に何か置かれているか、汚れています。',
      remedy: 'ガラスをふき、何も置かずにふたを閉めて、\nもう一度点検してください。',
    },
    'glass-dark': {
      what: '読み取り台が暗く写ります。',
      remedy: 'ふたを閉めて、もう一度点検してください。\n続くときは、保守の担当者に知らせてください。',
    },
    'visit-under-way': {
      what: '来庁者の確認中なので、調べていません。',
      remedy: '確認が終わってから、もう一度調べてください。',
    },
    'not-looked': {
      what: 'ほかの異常のため、調べていません。',
      remedy: '先に、ほかの異常を直してください。',
    },
  },
};

/** What the visitor is told before anything is scanned. */
function readOut(photo: string, ifDeclined: string): string {
  return (
    `これから、${photo}と今のお顔を、機械で比べます。\n` +
    'お写真はこの確認だけに使い、終わるとすぐに消えます。\n' +
    '日時と類似度などの記録は残ります。\n' +
    `お断りになれます。その場合は、${ifDeclined}\n` +
    'よろしいですか。'
  );
}

/** What was seen on a stick that cannot be used, with what would work. */
function unusableSticks(remedy: string): Record<UnusableStick, Said> {
  return {
    'stick-ntfs': { what: 'USBメモリーがNTFSの形式になっています。', remedy },
    'stick-apple': { what: 'USBメモリーがMac用の形式になっています。', remedy },
    'stick-linux': { what: 'USBメモリーがLinux用の形式になっています。', remedy },
    'stick-encrypted': { what: 'USBメモリーが、かぎのかかった形式になっています。', remedy },
    'stick-unformatted': { what: 'USBメモリーが、まだ使える形式になっていません。', remedy },
    'stick-other-format': { what: 'USBメモリーが、ほかの形式になっています。', remedy },
  };
}

function reach(count: number, of: number): string {
  return `${of.toLocaleString('en')}人のうち、この値以上になるのは${count}人より少ない見込みです。`;
}
