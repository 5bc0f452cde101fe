import type { UnusableStick } from '../../protocol/unusable-stick.js';
import type { Said, Words } from './words.js';

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const days = 'SunMonTueWedThuFriSat';

/** As short and plain as the Japanese, which is the original. */
export const en: Words = {
  language: 'English',
  product: 'Terashi',
  practice: 'PRACTICE',
  debugImage: 'TEST ONLY',
  way: { card: 'at issue', form: 'at application' },
  camera: { ready: 'camera ready', missing: 'no camera', looking: 'camera: looking' },
  scanner: { ready: 'scanner ready', missing: 'no scanner', looking: 'scanner: looking' },

  keys: {
    choose: 'choose',
    enter: (does) => `Enter: ${does}`,
    tryAgain: 'try again',
    back: 'Backspace: go back',
    cancel: 'Esc: stop',
    backFinishes: 'Backspace: finish',
    cancelFinishes: 'Esc: finish',
  },
  choices: {
    begin: 'Begin',
    'clear-by-sight': 'Clear by sight',
    'compare-faces': 'Compare faces',
    proxy: 'Hand to a proxy',
    agree: 'Agrees',
    refuse: 'Does not agree',
    'scan-now': 'Scan',
    'scan-again': 'Scan again',
    'photograph-now': 'Photograph',
    'photograph-again': 'Photo again',
    stop: 'Do not compare',
    'hand-over': 'Hand over',
    'do-not-hand-over': 'Do not hand over',
    'ask-superior': 'Ask a superior',
    'set-clock': 'Set the clock',
    'set-time': 'Set',
    'change-time': 'Change',
    'set-anyway': 'Set it so',
    update: 'Update',
    'install-update': 'Install',
    'not-now': 'Not now',
    dismiss: 'Close the note',
    'look-at-stick': 'Look at the USB stick',
    'copy-records': 'Copy the records',
    'see-changes': 'See the changes',
    'seen-changes': 'I have seen this',
    'copy-now': 'Copy',
    vendor: "Vendor's menu",
    'bench-test': 'Bench test',
    'doctor-report': 'Check and report',
    'export-report': 'Write the report',
    'answer-yes': 'Yes',
    'answer-no': 'No',
    done: 'Close',
    'self-test': 'Check the machine',
  },
  choiceMeans: {
    'clear-by-sight': 'It is easy to see, and certain, that this is the person.',
    'compare-faces': 'The photo on the card or form is compared with the face by machine.',
    proxy: 'The person is not here, so no faces are compared.',
  },
  enlarge: (columns, rows) => `Please enlarge this window\n(${columns} columns, ${rows} rows or more).`,
  secondsLeft: (seconds) => `Ends in ${seconds} s unless a key is pressed`,
  settingsProblems: (count, line) => {
    if (line === undefined)
      return 'The settings cannot be read.\nThe former or standard ones are used. Please tell the technician.';
    const wrong =
      count === 1
        ? `1 setting is wrong (line ${line}).`
        : `${count} settings are wrong (the first on line ${line}).`;
    return `${wrong}\nThe former or safe values are used. Please tell the technician.`;
  },
  technician: 'the technician',
  support: (contact) => `The technician: ${contact}`,
  tornRecords: (count) =>
    `${count} ${count === 1 ? 'record was' : 'records were'} torn by a power cut and set aside.\n` +
    'Please tell the technician.',

  interrupted: (number) =>
    `The last visit (record ${number}) was cut short, as by a power cut.\n` +
    'Its record says "interrupted". No picture is left.',

  starting: { title: 'Getting ready', text: 'One moment, please.' },
  unanswered: {
    title: 'This machine has not started yet',
    text:
      'It usually starts within a minute. If this is still here after three minutes,\n' +
      'switch the power off and on. If it is here again, the card was not written\n' +
      'completely, or is damaged. Please tell the technician.',
  },
  idle: { title: 'Ready', text: 'Choose Begin and press Enter.' },
  unavailable: {
    title: 'This machine cannot be used now',
    meanwhile: 'Ask a superior how to go on at the counter meanwhile.',
    text: 'The machine looks again by itself.',
    awaited: (name) => `It waits for "${name}", which the settings name.\nNo other will do.`,
  },
  reason: {
    title: 'Which check?',
    policy: {
      'in-doubt': 'Faces are compared when there is doubt whether it is the person.',
      always: 'Faces are compared unless the likeness is easy to see and certain.',
    },
  },
  notice: {
    title: 'Please read this to the visitor',
    read: {
      card: (ifDeclined) => readOut('photo on your Individual Number Card', ifDeclined),
      form: (ifDeclined) => readOut('photo on the form', ifDeclined),
    },
  },
  ifDeclined: 'I may not be able to hand over the card today.',
  placeDocument: {
    card: {
      title: 'Place the card',
      text: 'Lay its front (the side with the photo) down,\nagainst the corner of the scanner.',
    },
    form: {
      title: 'Place the form',
      text: 'Lay the side with the photo down,\nagainst the corner of the scanner.',
    },
  },
  scanning: { title: 'Scanning', text: 'Please do not move it.' },
  waiting: {
    title: 'Waiting for the scanner',
    text: {
      'scanner-busy': 'Please wait. It scans by itself as soon as it is ready.',
      'scanner-jammed': 'Take the paper out, and close the lid.\nIt then scans by itself.',
      'scanner-cover-open': 'Please close the lid. It then scans by itself.',
      'scanner-no-document': 'Lay the side with the photo down on it. It then scans by itself.',
    },
  },
  documentPoor: 'The photo could not be read well',
  beforePhotograph: {
    title: 'The visitor is photographed next',
    say: 'Please look at the camera light.\nMay I ask you to take off a mask or dark glasses?',
    cannot:
      'Do not press whom it is hard for: who cannot take them off (illness,\n' +
      'belief), who cannot see the light, in a wheelchair, a small child.\n' +
      'Stop, check by eye and by other papers, and ask a superior.',
  },
  instructions: {
    'look-here': 'Please look at the camera light',
    nearer: 'A little nearer, please',
    further: 'A little further away, please',
    left: 'A little to your left, please',
    right: 'A little to your right, please',
    up: 'A little higher, please',
    down: 'A little lower, please',
    'face-front': 'Please face the camera',
    'more-light': 'Too dark: please turn toward the light',
    'less-light': 'Too bright: please turn away from the light',
    'even-light': 'One side is dark: please turn toward the light',
    'uncover-eyes': 'Please take off the dark glasses',
    'uncover-mouth': 'Please take off the mask',
    'one-person': 'One person only, please',
    'hold-still': 'Hold still, please',
    blink: 'Please blink, slowly',
    'turn-left': 'Please turn your face to your left',
    'turn-right': 'Please turn your face to your right',
    'turn-up': 'Please lift your face',
    'turn-down': 'Please lower your face',
  },
  arrows: {
    left: 'left',
    right: 'right',
    up: 'up',
    down: 'down',
    nearer: 'nearer',
    further: 'back',
    'turn-left': 'turn',
    'turn-right': 'turn',
    'turn-up': 'look up',
    'turn-down': 'look down',
  },
  ovals: { aim: 'where to be', face: 'your face' },
  photographPoor: 'The photograph is not good enough',
  tries: {
    photograph: (number) => `${capital(ordinal(number))} photograph`,
    scan: (number) => `${capital(ordinal(number))} scan`,
    made: (photographs, scans) => `${capital(ordinal(photographs))} photograph, ${ordinal(scans)} scan. `,
    compared: (times, lowest) => `Compared ${times} times; the lowest was ${lowest}.`,
    together: (times) => ` (In any of ${times} tries.)`,
    poor: {
      photograph:
        'No photograph is left. End without comparing: check by eye\nand by other papers, and ask a superior.',
      scan: 'No scan is left. End without comparing: check by eye\nand by other papers, and ask a superior.',
    },
    above:
      'No photograph is left. Check by eye and by other papers as well,\nand decide whether to hand it over.',
    below: {
      photograph:
        'No scan is left. If something can be mended, photograph again.\n' +
        'Decide whether to hand it over by eye and by other papers as well.',
      scan:
        'No photograph is left. If something can be mended, scan again.\n' +
        'Decide whether to hand it over by eye and by other papers as well.',
      neither:
        'No photograph and no scan is left. Check by eye and by other papers,\n' +
        'and decide whether to hand it over. If in doubt, ask a superior.',
    },
  },
  comparing: { title: 'Comparing', text: 'One moment, please.' },
  result: {
    above: {
      title: 'Threshold reached',
      next: 'Check by eye and by other papers as well, and decide whether to hand it over.',
    },
    below: {
      title: 'Under the threshold',
      next:
        'If something in the pictures can be mended, photograph or scan again.\n' +
        'Check by eye and by other papers as well, and decide whether to hand it over.',
    },
    consult: 'Decide with the superior whether to hand it over or to put it off.',
    provesNothing:
      'This does not prove that it is another person: an old photo,\n' +
      'poor light or a turned head lower it too.',
    score: (similarity, threshold) => `Similarity ${similarity} (threshold ${threshold})`,
    similarity: 'similarity',
    threshold: 'threshold',
    fewerThan: {
      any: (count, of) => `Of ${of.toLocaleString('en')} strangers, fewer than ${count} reach this value.`,
      sameGender: (count, of) =>
        `Of ${of.toLocaleString('en')} strangers of the same sex, fewer than ${count} reach this value.`,
      alike: (count, of) =>
        `Of ${of.toLocaleString('en')} strangers of the same sex and origin and about the same age, fewer than ${count} reach this value.`,
    },
    manyStrangers: 'Many strangers reach this value too.',
    fewOfGroup: 'Few East Asian people were measured: among them it may be more.',
    noProbability: 'It does not say how likely it is that this is the person.',
    compared: {
      card: (model) => `Compared: the photo on the card and the face photographed (by ${model}).`,
      form: (model) => `Compared: the photo on the form and the face photographed (by ${model}).`,
    },
    liveness: {
      passed: 'It moved as asked, without a mark of a photo or a screen. Check by eye as well.',
      failed: 'It may be a photo or a screen that is shown. Check by eye as well.',
      'not-checked': 'Whether it is a person who is here could not be checked. Check by eye as well.',
    },
    noted: 'Note',
  },
  notComparable: {
    title: 'Could not be compared with this picture',
    next: 'Check by eye and by other papers, and decide with a superior whether to hand it over.',
    say: 'I will check in another way. One moment, please.',
  },
  moreFindings: (count) => `and ${count} more`,
  explain: {
    title: 'Please tell the visitor',
    because: {
      refused: 'The visitor did not agree. No picture was taken.',
      'not-verified': 'The clerk decided to put off the hand-over.',
    },
    say: {
      refused: (ifDeclined) =>
        'Photo and face are compared by machine only if you agree.\n' +
        `${ifDeclined}\nPlease tell me if you change your mind.`,
      'not-verified': () =>
        'I cannot hand over the card today.\n' +
        'This does not prove that you are another person.\n' +
        'Let me tell you how it goes on, such as a new application.',
    },
  },
  erasing: {
    title: 'Ending the check',
    text: 'Any pictures and face data are erased, and a record is written.',
  },
  erased: {
    withPictures: (at) => `Pictures and face data erased (${at})`,
    withoutPictures: (at) => `Finished. No picture was taken (${at})`,
    record: (number) => `Record ${number}`,
    handOver: 'Give the record number to a visitor who wishes to have it.',
    because: {
      decided: 'This check is finished.',
      cancelled: 'It was stopped.',
      'timed-out': 'It was stopped because it did not go on in time.',
      fault: 'It was stopped because something went wrong in the machine or what is connected to it.',
    },
  },

  clock: {
    title: 'Set the clock',
    how: {
      closed:
        'Left and right choose what to change, and Enter changes it.\nIf all is right, choose Set, at the right.',
      open: 'Left and right change the number.\nEnter keeps it, and Backspace puts the old one back.',
    },
    keys: { open: 'change', close: 'keep', turn: 'change the number' },
    parts: {
      year: (year) => `${year}`,
      month: (month) => months.slice(3 * month - 3, 3 * month),
      day: (day) => `${day}`,
      hour: (hour) => `${hour} h`,
      minute: (minute) => `${minute} min`,
    },
    whole: (year, month, day, weekday, hour, minute) =>
      `${days.slice(3 * weekday, 3 * weekday + 3)} ${day} ${months.slice(3 * month - 3, 3 * month)} ${year}, ` +
      `${hour}:${String(minute).padStart(2, '0')}`,
    applying: { title: 'Setting the clock', text: 'One moment, please.' },
    set: {
      title: 'The clock is set',
      lasting: 'It goes on while the power is off.',
      untilPowerOff: 'After the power was off it has to be set again.',
    },
    notSetTitle: 'The clock is not set yet',
    doubts: {
      'no-source': {
        what: 'Whether the clock is right cannot be checked.',
        remedy: 'Please set the clock. Visits can go on meanwhile.',
      },
      'before-software': {
        what: 'The clock stands before the day on which this machine was made.',
        remedy: 'Please set the clock. Visits can go on meanwhile.',
      },
      'too-late': {
        what: 'The clock stands too many years ahead to be right.',
        remedy: 'Please set the clock. Visits can go on meanwhile.',
      },
      'before-record': {
        what: 'The clock stands before the last record.',
        remedy: 'Please set the clock. Visits can go on meanwhile.',
      },
    },
    notSet: {
      'before-software': {
        what: 'It cannot be set to before the day on which this machine was made.',
        remedy: 'Check the year and the date, and set it again.',
      },
      'too-late': {
        what: 'It cannot be set so many years ahead.',
        remedy: 'Check the year, and set it again.',
      },
      'before-record': {
        what: 'This is before the last record.',
        remedy: 'Check the date and the time once more.\nSet it so only if the last record had a wrong time.',
      },
      'clock-denied': {
        what: 'This machine may not set its clock.',
        remedy: 'Please tell the technician.\nVisits can go on.',
      },
      'clock-failed': {
        what: 'The clock could not be set.',
        remedy: 'Please set it again.\nIf it goes on, tell the technician. Visits can go on.',
      },
    },
  },

  update: {
    found: (version) => `The USB stick has a new version (${version}).\nChoose "Update" when there is time.`,
    ask: {
      title: (version) => `Install the new version (${version})?`,
      text:
        'For some ten minutes, longer with a slow card, this machine cannot be used.\n' +
        'Then the machine starts again by itself, and is checked before it is used.\nRecords and settings stay.',
    },
    checking: { title: 'Looking at the update', text: 'Please leave the USB stick plugged in.' },
    writing: {
      title: 'Installing the update',
      text: 'Please leave the USB stick plugged in and the power on.\nThis cannot be stopped half way.',
    },
    restarting: {
      title: 'Starting again',
      text: 'This takes some minutes. Please leave the power on.\nThe USB stick may be unplugged.',
    },
    failed: 'The update was not installed',
    refused: 'The update on the USB stick cannot be used. ',
    faults: {
      ...unusableSticks('FAT32 and exFAT work here.\nPlease ask the technician to make the USB stick again.'),
      'no-stick': { what: 'There is no USB stick.', remedy: 'Plug the USB stick in again.' },
      'stick-unreadable': {
        what: 'The USB stick cannot be read.',
        remedy: 'Plug it in again.\nIf it goes on, ask the technician for another USB stick.',
      },
      'no-update': {
        what: 'There is no update on the USB stick.',
        remedy: 'Plug in the USB stick that has the update.\nIf it goes on, tell the technician.',
      },
      'too-many-updates': {
        what: 'Too many updates are on it.',
        remedy: 'Please ask the technician to leave only the new one on the USB stick.',
      },
      'foreign-key': {
        what: 'It was not made by the maker of this machine.',
        remedy: 'Unplug the USB stick, and tell the technician.',
      },
      torn: {
        what: 'The update is damaged.',
        remedy: 'Please ask the technician to make the USB stick again.',
      },
      'other-box': {
        what: 'It is for another kind of machine.',
        remedy: 'Please ask the technician for the one for this machine.',
      },
      'not-newer': {
        what: 'It is no newer than what runs.',
        remedy: 'It need not be installed. Please unplug the USB stick.',
      },
      changed: {
        what: 'It was not the version that you agreed to.',
        remedy: 'The former version is in use.\nPlug the USB stick in again, and look at the version.',
      },
      'not-set-up': {
        what: 'This machine cannot be updated from a USB stick.',
        remedy: 'Please tell the technician.',
      },
      busy: { what: 'Another update is under way.', remedy: 'Wait some ten minutes, and try again.' },
      'stick-lost': {
        what: 'The USB stick was unplugged half way.',
        remedy: 'The former version is in use.\nPlug the USB stick in again, and begin again.',
      },
      'write-failed': {
        what: 'The update could not be written.',
        remedy: 'The former version is in use. Please try again.\nIf it goes on, tell the technician.',
      },
      'restart-failed': {
        what: 'The machine could not start again by itself.',
        remedy: 'Switch this machine off and on.',
      },
      'no-answer': {
        what: 'What became of the update could not be learned.',
        remedy: 'The former version is in use. Please try again.\nIf it goes on, tell the technician.',
      },
    },
    returned: (version) => `Version ${version} was given up, and the former one is back.`,
    returnedBecause: {
      'self-test-failed': {
        what: 'The check of the new version found a fault.',
        remedy: 'The machine can be used. Please tell the technician.',
      },
      'did-not-start': {
        what: 'The new version did not start well.',
        remedy: 'The machine can be used. Please tell the technician.',
      },
      interrupted: {
        what: 'The power went while it was installed.',
        remedy: 'The machine can be used. Please install it again.',
      },
    },
  },

  changes: {
    title: 'Changed since the last visit',
    text: 'If you do not expect this, do not answer that you have seen it, and tell the technician.',
    weaker: 'WEAKER',
    what: {
      threshold: 'Threshold',
      recogniser: 'How faces are compared',
      calibration: 'Measurement of its accuracy',
      camera: 'Camera',
      scanner: 'Scanner',
      software: 'Version of this machine',
      'visit.policy': 'When faces are compared',
      'visit.way': 'When the card is handed over',
      'visit.threshold': 'Threshold',
      'visit.fmr': 'Threshold (share of strangers)',
      'visit.liveness': 'Check for a living face',
      'visit.photographs': 'Photographs a visit',
      'visit.scans': 'Scans a visit',
      'lights.required': 'Camera light needed',
      'keys.signing': 'Key that checks signatures',
      'keys.export': 'Key that encrypts copies of the records',
      'place.municipality': 'Name of the municipality',
      'place.counter': 'Name of the counter',
      'place.support': 'Number of the technician',
    },
    setting: (name) => `Setting ${name}`,
    value: {
      off: 'none',
      advisory: 'only told',
      required: 'required',
      always: 'always',
      'in-doubt': 'only in doubt',
      card: 'at issue',
      form: 'at application',
      true: 'yes',
      false: 'no',
      practice: 'practice',
      auto: 'by itself',
    },
    nothing: 'none',
    fromTo: (before, after) => `from ${before} to ${after}`,
    forgotten: 'The list of the last visit cannot be read: what has changed is not known.',
    more: (count) => `${count} more`,
  },
  recordsCopy: {
    ask: {
      title: 'Copy the records to the USB stick?',
      text:
        'All records of this machine are copied, and stay on it as well.\n' +
        'They hold no name, no picture and nothing of a face.\nThis machine cannot be used meanwhile.',
      readers: {
        anybody: 'The copy is not encrypted: anybody who gets hold of the USB stick can read it.',
        'key-holder': "The copy is encrypted: only who holds the municipality's key can read it.",
      },
    },
    underWay: {
      title: 'Copying the records',
      text: 'Please leave the USB stick plugged in. Esc stops it.',
    },
    done: {
      title: (records) => `The records are on the USB stick${records === undefined ? '' : ` (${records})`}`,
      text: 'The USB stick may be unplugged. They lie there under this name:',
      broken:
        'In one place the records do not fit together.\nThey were copied as they are. Erase nothing, and tell the technician.',
    },
    failed: 'The records were not copied',
    faults: {
      ...unusableSticks('Use a USB stick that is formatted as FAT32 or exFAT.'),
      'no-stick': {
        what: 'There is no USB stick for the records.',
        remedy: 'Plug the USB stick in again, and copy again.',
      },
      'stick-unreadable': {
        what: 'The USB stick cannot be read.',
        remedy: 'Plug it in again.\nIf it goes on, use another USB stick.',
      },
      'stick-read-only': {
        what: 'The USB stick cannot be written to.',
        remedy: 'Slide its lock off, if it has one.\nIf not, use another USB stick.',
      },
      'stick-full': {
        what: 'The USB stick has too little room.',
        remedy: 'Use another USB stick that has room.',
      },
      'stick-lost': {
        what: 'The USB stick was unplugged half way.',
        remedy: 'The records of this machine are safe.\nPlug the USB stick in again, and copy again.',
      },
      'write-failed': {
        what: 'The USB stick could not be written to.',
        remedy: 'The records of this machine are safe.\nPlease copy again, to another USB stick.',
      },
      'not-the-same': {
        what: 'What was written was read back changed.',
        remedy: 'This USB stick is worn. Please copy again, to another one.',
      },
      busy: {
        what: 'The USB stick is in use elsewhere.',
        remedy: 'Wait a moment, and copy again.',
      },
      'no-records': {
        what: 'There are no records yet.',
        remedy: 'Nothing need be copied. Please unplug the USB stick.',
      },
      'records-unreadable': {
        what: 'The records of this machine could not be read.',
        remedy: 'Please copy again.\nIf it goes on, erase nothing, and tell the technician.',
      },
      'key-unusable': {
        what: 'The key in the settings that copies are encrypted to (keys.export) cannot be used.',
        remedy: 'Nothing was copied. Please ask the technician to mend the key in the settings.',
      },
      'no-answer': {
        what: 'What became of the copy could not be learned.',
        remedy:
          'The records of this machine are safe. Please copy again.\nIf it goes on, tell the technician.',
      },
    },
  },

  vendor: {
    underTest: 'UNDER TEST',
    found: "This is a vendor's USB stick. Choose Vendor's menu to test this machine.",
    refused: "The vendor's token cannot be used. ",
    faults: {
      torn: {
        what: 'The token is damaged.',
        remedy: 'To the vendor: copy the token to the USB stick again.',
      },
      'foreign-key': {
        what: "It is not from this machine's vendor.",
        remedy:
          'To the vendor: sign it with the key for updates of this machine.\nUnplug a USB stick that you do not know.',
      },
      'other-box': {
        what: 'It is for another machine.',
        remedy: 'To the vendor: make one with the numbers below.',
      },
      expired: {
        what: 'It has expired.',
        remedy: 'To the vendor: make a new one.\nIf the clock is wrong, set it first.',
      },
      'no-keyring': {
        what: 'This machine has nothing to check a token with.',
        remedy: 'Only a machine that runs from its card can be tested this way.',
      },
      unrecorded: {
        what: "Records cannot be written, so the vendor's menu stays closed.",
        remedy: 'Choose Check the machine, and see what it says of the records.',
      },
    },
    numbers: (box, image) => `Number of the box ${box}, of the image ${image}`,
    entering: { title: "Opening the vendor's menu", text: 'A record of it is written.' },
    notOpened: "The vendor's menu cannot be opened",
    menu: {
      title: 'For the vendor: this machine is under test',
      text: 'No visitor can be served now. What is used here is recorded.\nUnplug the USB stick to end it.',
      until: (date) => `The token is good until ${date}.`,
      undated: 'The clock is not set, so that day was not checked.',
    },
    saving: { title: 'Writing the report', text: 'Please leave the USB stick plugged in.' },
    saved: 'The report is on the USB stick, under these names:',
    notSaved: 'The report was not written.',
    saveAgain: 'Leave the USB stick plugged in, and choose Write the report again.',
  },
  benchTest: {
    title: 'Testing this machine',
    steps: {
      'self-test': 'Self-test',
      lights: 'Lights and buzzer',
      buttons: 'Buttons',
      'scanner-card': 'Test card on the scanner (colours and scale)',
      'camera-card': 'Sharpness of the camera',
      'camera-pixels': 'Pixels of the camera',
      visits: 'Work without a break',
    },
    verdicts: { passed: 'passed', failed: 'failed', 'not-made': 'not made' },
    ask: {
      'empty-glass': 'Close the lid of the scanner with nothing under it. Then answer yes',
      'lay-card':
        'Lay the test card face down into the corner of the scanner and close the lid. Then answer yes',
      'hold-card':
        'Hold the test card upright before the camera, nearly filling its picture. Then answer yes, and hold it up to 45 seconds',
      led1: 'Is the first light from the left on, and no other?',
      led2: 'Is the second light from the left on, and no other?',
      led3: 'Is the third light from the left on, and no other?',
      led4: 'Is the fourth light from the left on, and no other?',
      camera: 'Is the camera light on, and no other?',
      buzzer: 'Does the buzzer sound?',
    },
    press: {
      yes: 'Press the button for yes (kettei)',
      no: 'Press the button for next (tsugi e)',
      cancel: 'Press the button for cancel (chushi)',
    },
    pressNothing: 'If nothing happens, press Backspace on the keyboard',
    working: (minutesLeft) =>
      `Self-tests without a break, to see that it stays cool. Minutes left: ${minutesLeft}`,
    outcomes: {
      passed: 'PASSED: everything was tried, and nothing failed',
      failed: 'FAILED: not to be shipped',
      incomplete: 'INCOMPLETE: nothing failed, but not all was tried: not passed',
      stopped: 'STOPPED before its end, so it has not passed',
    },
    details: 'Causes and remedies are in the report.',
  },

  findings: {
    'unreadable-image': { what: 'Not readable as a picture', remedy: 'Scan or photograph it again.' },
    'picture-type-unsupported': {
      what: 'Not a kind of picture that can be read (HEIC, BMP, PDF)',
      remedy: 'Save it as JPEG, PNG or TIFF.',
    },
    'image-too-large': { what: 'The picture is too large', remedy: 'Scan it again in less detail.' },
    'scan-empty': {
      what: 'Nothing was read',
      remedy: 'See that it lies on the scanner, and scan again.',
    },
    'scan-short': {
      what: 'The scan stopped half way',
      remedy: 'Scan again without touching the lid.',
    },
    'no-portrait': {
      what: 'No portrait found',
      remedy: 'Lay a card or form with a photo face down, and scan again.',
    },
    'card-face-down': {
      what: 'No photo is seen on the card',
      remedy:
        'Lay its front (the side with the photo) down, and scan again.\nIf it lies so already, turn it half round.',
    },
    'two-documents': {
      what: 'More than one portrait found',
      remedy: 'Lay down one only, and scan again.',
    },
    'portrait-too-small': {
      what: 'The portrait is too small to compare',
      remedy: 'Scan the card or form itself, not a reduced copy.',
    },
    'portrait-small': {
      what: 'The portrait is rather small',
      remedy: 'The similarity may come out low. Check by eye as well.',
    },
    'portrait-blurred': {
      what: 'The portrait is blurred',
      remedy: 'Wipe the glass, lay it flat, and scan again.',
    },
    'portrait-glare': {
      what: 'The photo is hidden by a reflection',
      remedy: 'Turn it half round, and scan again.',
    },
    'no-face': {
      document: {
        what: 'No face found in the portrait',
        remedy: 'Lay it face down against the corner, and scan again.',
      },
      probe: { what: 'No face found', remedy: 'Ask the visitor to face the camera and look at its light.' },
    },
    'several-faces': {
      document: { what: 'More than one face in the portrait', remedy: 'Lay down one only, and scan again.' },
      probe: {
        what: 'More than one face in view',
        remedy: 'Ask the others to step aside, and photograph again.',
      },
    },
    'face-too-small': {
      document: {
        what: 'The face in the portrait is small',
        remedy: 'Scan the card or form itself, not a reduced copy.',
      },
      probe: { what: 'The face is small', remedy: 'Ask the visitor to come nearer, and photograph again.' },
    },
    'face-too-large': {
      document: {
        what: 'The face in the portrait is large',
        remedy: 'The similarity may come out low. Check by eye as well.',
      },
      probe: { what: 'The face is too large', remedy: 'Ask the visitor to move back, and photograph again.' },
    },
    'face-off-centre': {
      document: {
        what: 'The face in the portrait is at the edge',
        remedy: 'Lay it so that the whole photo is read, and scan again.',
      },
      probe: {
        what: 'The face is at the edge',
        remedy: 'Ask the visitor to come to the middle, and photograph again.',
      },
    },
    'face-turned': {
      document: {
        what: 'The face in the portrait is turned',
        remedy: 'No machine can compare this photo well.\nCheck by eye and by other papers.',
      },
      probe: {
        what: 'The face is turned',
        remedy: 'Ask the visitor to look straight at the camera, and photograph again.',
      },
    },
    'face-unsettled': {
      document: {
        what: 'The shape of the face in the portrait cannot be made out',
        remedy: 'Wipe the glass, lay it flat, and scan again.',
      },
      probe: {
        what: 'The shape of the face cannot be made out',
        remedy:
          'Ask the visitor to keep hair and hands off the face and to look straight at\nthe camera, and photograph again.',
      },
    },
    'too-dark': {
      document: {
        what: 'The portrait is dark',
        remedy: 'Close the lid and scan again.\nIf the photo itself is dark, check by eye as well.',
      },
      probe: { what: 'The face is too dark', remedy: 'Switch a light on, or turn toward the window.' },
    },
    'too-bright': {
      document: {
        what: 'The portrait is too bright',
        remedy: 'Close the lid and scan again.\nIf the photo itself is bright, check by eye as well.',
      },
      probe: { what: 'The face is too bright', remedy: 'Turn so that no light falls on the face directly.' },
    },
    'uneven-light': {
      document: {
        what: 'One side of the face in the portrait is dark',
        remedy: 'The similarity may come out low. Check by eye as well.',
      },
      probe: {
        what: 'One side of the face is dark',
        remedy: 'Ask the visitor to face the window or the lamp.',
      },
    },
    blurred: {
      document: { what: 'The portrait is blurred', remedy: 'Wipe the glass, lay it flat, and scan again.' },
      probe: { what: 'The face is blurred', remedy: 'Ask the visitor to hold still, and photograph again.' },
    },
    'eyes-covered': {
      document: {
        what: 'The eyes are covered in the portrait',
        remedy: 'This photo is hard to compare by machine. Check by eye as well.',
      },
      probe: {
        what: 'The eyes are covered',
        remedy: 'Ask whether dark glasses can be taken off.\nWith the eyes in view it can be compared.',
      },
    },
    'mouth-covered': {
      document: {
        what: 'Nose or mouth is covered in the portrait',
        remedy: 'This photo is hard to compare by machine. Check by eye as well.',
      },
      probe: {
        what: 'Nose or mouth is covered',
        remedy: 'Ask whether the mask can be taken off.\nWith nose and mouth in view it can be compared.',
      },
    },
    'liveness-failed': {
      what: 'It may be a photo or a screen that is shown',
      remedy:
        'Take the photo again with nothing else in view.\nIf it stays so, compare no faces: check by eye and by other papers.',
    },
    'liveness-not-checked': {
      what: 'Whether it is a person who is here could not be checked',
      remedy:
        'Do what the screen asks, and take the photo again.\nIf it stays so, compare no faces: check by eye and by other papers.',
    },
    'picture-suspected': {
      what: 'This may be a picture or a screen. Please look.',
      remedy:
        'See whether a photo or a screen is held in front of the face.\nIf not, photograph again where nothing square is in view.',
    },
  },

  faults: {
    'scanner-missing': {
      what: 'The scanner is not connected.',
      remedy:
        'Plug its cable into a flat oblong socket of this machine (any of them).\n' +
        'If it is plugged in, see whether the scanner is switched on.\nIt will be found by itself.',
    },
    'scanner-busy': {
      what: 'The scanner is used by something else.',
      remedy: 'Wait a little, or switch the scanner off and on.',
    },
    'scanner-jammed': {
      what: 'Paper is stuck in the scanner.',
      remedy: 'Open the lid, take the paper out, and close it.',
    },
    'scanner-cover-open': { what: 'The lid of the scanner is open.', remedy: 'Close the lid.' },
    'scanner-no-document': {
      what: 'Nothing lies on the scanner.',
      remedy: 'Lay the side with the photo down on it.',
    },
    'scanner-denied': {
      what: 'This machine may not use the scanner.',
      remedy: 'Please tell the technician.',
    },
    'scanner-unsupported': {
      what: 'This scanner cannot be used.',
      remedy: 'Connect a scanner that can be used.',
    },
    'scanner-no-glass': {
      what: 'This scanner has no glass to lay a card on.',
      remedy: 'Connect a scanner that can be used.',
    },
    'scanner-black-and-white': {
      what: 'This scanner sees neither colours nor greys.',
      remedy: 'Connect a scanner that can be used.',
    },
    'scanner-too-coarse': {
      what: 'This scanner does not scan at 300 to 600 dots per inch.',
      remedy: 'Connect a scanner that can be used.',
    },
    'scanner-firmware-missing': {
      what: 'The scanner lacks the part from its maker that it starts with.',
      remedy:
        'Please ask the technician to copy it to "scanner" on the card:\n60f_0A00.nal for fi-60F, 65f_0A01.nal for fi-65F.',
    },
    'scanner-firmware-damaged': {
      what: 'The part from its maker that a scanner starts with is damaged.',
      remedy: 'Please ask the technician to copy it to "scanner" on the card again.',
    },
    'scanner-firmware-refused': {
      what: 'The scanner does not start with the part from its maker that it was given.',
      remedy:
        'Switch the scanner off and on. If it goes on, that part may be of another\nscanner: please tell the technician.',
    },
    'scanner-failed': {
      what: 'The scanner stopped half way.',
      remedy: 'Switch the scanner off and on.',
    },
    'scanner-stalled': { what: 'The scanner does not answer.', remedy: 'Switch the scanner off and on.' },
    'camera-missing': {
      what: 'The camera is not connected.',
      remedy:
        'Plug its cable into a flat oblong socket of this machine (any of them).\n' +
        'It will be found by itself.\nIf the camera is built in, please tell the technician.',
    },
    'camera-busy': {
      what: 'The camera is used by something else.',
      remedy: 'Wait a little, or switch this machine off and on.',
    },
    'camera-no-frames': {
      what: 'No picture comes from the camera.',
      remedy: 'Unplug the camera and plug it in again.',
    },
    'camera-broken-frames': {
      what: 'The pictures from the camera are damaged.',
      remedy: 'Unplug the camera and plug it in again.\nIf it goes on, replace the cable.',
    },
    'camera-failed': {
      what: 'The camera stopped half way.',
      remedy: 'Unplug the camera and plug it in again.',
    },
    'camera-stalled': {
      what: 'The camera does not answer.',
      remedy: 'Unplug the camera and plug it in again.',
    },
    'driver-not-ended': {
      what: 'The scanner or the camera does not come to rest, so no picture is taken.',
      remedy: 'Switch this machine off and on.\nIf it goes on, tell the technician.',
    },
    'light-failed': {
      what: 'The camera light does not light.',
      remedy:
        'Please ask the technician to look at its wiring.\nWhere the settings require it, no picture is taken until it does.',
    },
    'model-missing': {
      what: 'A part needed to compare faces is missing.',
      remedy: 'Please ask the technician to install it again.',
    },
    'model-mismatch': {
      what: 'A part needed to compare faces is not the right one.',
      remedy: 'Do not use the machine, and tell the technician.',
    },
    'model-unsound': {
      what: 'The part that compares faces gives wrong answers.',
      remedy: 'Switch this machine off and on.\nIf it goes on, do not use it and tell the technician.',
    },
    'model-uncalibrated': {
      what: 'The accuracy of the part that compares faces was not measured, or that of another was.',
      remedy: 'Please ask the technician to measure it (calibrate).',
    },
    'model-unsigned': {
      what: 'The part that compares faces, or the measurement of its accuracy, is not signed.',
      remedy: 'Do not use the machine, and tell the technician.\nOnly what its maker has signed is used.',
    },
    'model-signature-wrong': {
      what: 'The signature of the part that compares faces, or of the measurement of its accuracy,\ndoes not fit it.',
      remedy:
        'Do not use the machine, and tell the technician.\nIt was changed, or the signature is of something else.',
    },
    'model-signer-unknown': {
      what: 'The part that compares faces, or the measurement of its accuracy, is signed by somebody unknown.',
      remedy:
        "Do not use the machine, and tell the technician.\nIf the municipality's key was changed, look at what has changed.",
    },
    'model-external-data': {
      what: 'The content of the part that compares faces is in another place.',
      remedy: 'Do not use the machine, and tell the technician.\nOnly what is in one piece is used.',
    },
    'threshold-unsupported': {
      what: 'Too few people were measured to say that the threshold that is set is right.',
      remedy: 'Please ask the technician to change it, or to measure (calibrate)\nwith more people.',
    },
    'vault-died': {
      what: 'The check stopped half way.',
      remedy: 'No picture is left. Please begin again.\nIf it goes on, tell the technician.',
    },
    'vault-hung': {
      what: 'The check did not go on, and was stopped.',
      remedy: 'No picture is left. Please begin again.\nIf it goes on, tell the technician.',
    },
    'vault-nonsense': {
      what: 'The check behaved oddly, and was stopped.',
      remedy: 'No picture is left. Please begin again.\nIf it goes on, tell the technician.',
    },
    'erasure-unproven': {
      what: 'It could not be made sure that the pictures are gone.',
      remedy: 'Pull the plug of this machine.\nWithout power, no picture is left.',
    },
    'memory-short': {
      what: 'This machine has too little room left to work in.',
      remedy: 'Switch this machine off and on.\nIf it goes on, tell the technician.',
    },
    'swap-on': {
      what: 'Pictures at work might be moved to where things are kept.',
      remedy: 'Do not use the machine, and tell the technician.',
    },
    'record-disk-full': {
      what: 'There is no room left to write records.',
      remedy: 'Please ask the technician to make room, or to move the records\nand change the card.',
    },
    'record-failed': {
      what: 'The record could not be written.',
      remedy: 'Switch this machine off and on.\nIf it goes on, tell the technician.',
    },
    'record-broken': {
      what: 'The records do not fit together, or not what the box signed.',
      remedy: 'Delete nothing, and tell the technician.',
    },
  },

  checks: {
    models: 'Comparing faces',
    records: 'Soundness of records',
    disk: 'Room for records',
    memory: 'Room to work in',
    swap: 'Pictures at work',
    clock: 'Clock',
    settings: 'Settings',
    calibration: 'Who was measured',
    temperature: 'Temperature',
    throttling: 'Speed and power',
    lights: 'Lights and buttons',
    plugs: 'News of plugging',
    camera: 'Camera',
    'camera-pixels': 'Camera detail',
    'room-light': 'Light in the room',
    scanner: 'Scanner',
    'scanner-firmware': 'Part of a scanner',
    'scanner-glass': 'Scanner glass',
  },
  verdicts: { ok: 'good', warning: 'take note', failed: 'faulty', 'not-made': 'not checked' },
  selfTest: {
    underWay: 'Checking the machine',
    lookingAt: (check) => `Now: ${check}`,
    waiting: {
      'scanner-busy': 'Waiting until the scanner is ready. Please wait.',
      'scanner-jammed': 'Please take the paper out of the scanner, and close its lid.',
      'scanner-cover-open': 'Please close the lid of the scanner. The check then goes on.',
      'scanner-no-document': 'The scanner is waiting for paper to be laid on it.',
    },
    well: 'No fault was found',
    unfinished: 'The check did not come to its end',
    warnings: (count) => `Ready for use; to take note of: ${count}`,
    failures: (count) => `Faulty: ${count}`,
  },
  remarks: {
    'debug-image': {
      what: 'This machine runs from a card for tests. Do not use it at a counter.',
      remedy: 'Records are marked as made in a test.\nPlease ask the technician for a card for the counter.',
    },
    'record-torn': {
      what: 'The last record is cut off or blank.',
      remedy: 'Switch this machine off and on: what is cut off is then put aside.',
    },
    'disk-low': {
      what: 'There is little room left to write records.',
      remedy:
        'Before it is full, please ask the technician to make room,\nor to move the records and change the card.',
    },
    'memory-low': {
      what: 'This machine has little room left to work in.',
      remedy: 'Switch this machine off and on.\nIf it goes on, tell the technician.',
    },
    'swap-elsewhere': {
      what: 'Pictures at work may be moved to where things are kept.',
      remedy: 'Use this machine for practice only. A counter has a machine made for it.',
    },
    'clock-untrusted': {
      what: 'Whether the clock is right cannot be checked.',
      remedy: 'Records may carry a wrong time. Please set the clock.',
    },
    hot: {
      what: 'This machine is hot.',
      remedy: 'Put it where air can pass, with nothing on it or beside it.',
    },
    'temperature-unknown': {
      what: 'The temperature of this machine cannot be checked.',
      remedy: 'Nothing needs to be done.',
    },
    throttled: {
      what: 'Heat has slowed this machine down.',
      remedy: 'Put it where air can pass, with nothing on it or beside it,\nand switch it off and on.',
    },
    'power-weak': {
      what: 'This machine was short of power.',
      remedy: 'Connect it to the power supply that came with it.',
    },
    'throttling-unknown': {
      what: 'Speed and power of this machine cannot be checked.',
      remedy: 'Nothing needs to be done.',
    },
    'lights-off': {
      what: 'The settings say that lights and buttons are not used.',
      remedy: 'If they should be, please ask the technician to change the settings.',
    },
    'lights-absent': {
      what: 'No lights and buttons were found.',
      remedy:
        'Unless the settings require the light, the screen is enough.\nIf this machine should have them, tell the technician.',
    },
    'record-uncounted': {
      what: 'The TPM does not answer, so the records are not counted.',
      remedy:
        'Visits go on, and the next record says so.\nIf it stays so after switching off and on, please tell the technician.',
    },
    'plugs-untold': {
      what: 'This machine is not told what is plugged in.',
      remedy:
        'Scanner and camera are looked for every few seconds instead.\nAt a counter, please tell the technician.',
    },
    'settings-wrong': {
      what: 'Something in the settings needs mending.',
      remedy: 'The former or safe values are used.\nPlease tell the technician.',
    },
    'settings-not-kept': {
      what: 'The good settings cannot be kept for later.',
      remedy: 'The settings as they are now are used.\nTell the technician, before they are lost.',
    },
    'name-undrawable': {
      what: 'Some characters of names or texts in the settings cannot be drawn,\nand appear as a mark.',
      remedy: 'It can be used. Please tell the technician.',
    },
    'not-calibrated': {
      what: 'How often strangers reach the threshold was not measured (calibrated)\non the people of this municipality.',
      remedy:
        'Until it was, do not rely on the number: check by eye and by other papers.\nDo not use it for children. Please ask the technician to calibrate.',
    },
    'lights-silent': {
      what: 'Lights and buttons do not answer.',
      remedy:
        'Unless the settings require the light, the screen is enough.\nIf it goes on, switch this machine off and on.',
    },
    'button-stuck': {
      what: 'A button stays pressed.',
      remedy: 'See whether something lies on it, or it is caught.\nThe buttons that are not stuck work.',
    },
    'camera-slow': {
      what: 'Pictures from the camera come late.',
      remedy: 'Plug the camera in at another place.',
    },
    'camera-practice': {
      what: 'Pictures for practice take the place of a camera.',
      remedy: 'At the counter, connect a camera.',
    },
    'camera-few-pixels': {
      what: 'The camera does not see enough detail.',
      remedy: 'Replace it by one with at least 5 megapixels effective.',
    },
    'camera-pixels-unknown': {
      what: 'How much detail the camera sees cannot be checked.',
      remedy: 'Its manual should say at least 5 megapixels effective.',
    },
    'room-dark': {
      what: 'The room is dark, or something covers the camera.',
      remedy: 'Switch a light on, and take away what stands before the camera.',
    },
    'room-bright': {
      what: 'Strong light falls into the camera.',
      remedy: 'Turn it so that it sees no window and no lamp.',
    },
    'scanner-practice': {
      what: 'Pictures for practice take the place of a scanner.',
      remedy: 'At the counter, connect a scanner.',
    },
    'scanner-firmware-unknown': {
      what: 'A part from a maker is there under a name that no scanner asks for.',
      remedy: 'Please ask the technician to look at its name in "scanner" on the card.',
    },
    'glass-not-empty': {
      what: 'Something lies on the scanner, or its glass is dirty.',
      remedy: 'Wipe the glass, close the lid with nothing under it, and check again.',
    },
    'glass-dark': {
      what: 'The glass of the scanner looks dark.',
      remedy: 'Close the lid and check again.\nIf it goes on, tell the technician.',
    },
    'visit-under-way': {
      what: 'Not checked, because a visitor is being served.',
      remedy: 'Check again when the visitor has gone.',
    },
    'not-looked': {
      what: 'Not checked, because something else is faulty.',
      remedy: 'First mend what is faulty.',
    },
  },
};

/** In words up to the fifth: a visit takes no more pictures of a side. */
function ordinal(number: number): string {
  return ['first', 'second', 'third', 'fourth', 'fifth'][number - 1] ?? `${number}th`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** What the visitor is told before anything is scanned. */
function readOut(photo: string, ifDeclined: string): string {
  return (
    `The machine will now compare the ${photo} with your face.\n` +
    'The pictures are used for this check only\nand are erased when it ends.\n' +
    'A record stays, such as the time and the similarity.\n' +
    `You may decline. In that case: ${ifDeclined}\n` +
    'Do you agree?'
  );
}

/** What was seen on a stick that cannot be used, with what would work. */
function unusableSticks(remedy: string): Record<UnusableStick, Said> {
  return {
    'stick-ntfs': { what: 'The USB stick is formatted as NTFS.', remedy },
    'stick-apple': { what: 'The USB stick is formatted for a Mac.', remedy },
    'stick-linux': { what: 'The USB stick is formatted for Linux.', remedy },
    'stick-encrypted': { what: 'The USB stick is encrypted.', remedy },
    'stick-unformatted': { what: 'The USB stick is not formatted.', remedy },
    'stick-other-format': { what: 'The USB stick has another format.', remedy },
  };
}
