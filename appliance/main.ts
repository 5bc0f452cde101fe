#!/usr/bin/env node
import './no-inspector.js';

import { terashi } from './command/terashi.js';
import { workbench } from './command/workbench.js';

process.exitCode = await terashi(
  process.argv.slice(2),
  {
    run: {
      summary: '装置を動かします / runs the appliance on this terminal',
      load: () => import('./command/run.js'),
    },
    verify: {
      summary: '二枚の画像を比べます / compares two pictures',
      load: () => import('./command/verify.js'),
    },
    quality: {
      summary: '画像の顔の写り具合を調べます / measures the face image quality of a picture',
      load: () => import('./command/quality.js'),
    },
    records: {
      summary: '記録を確かめます、取り出します、開きます / checks the audit records, exports and opens them',
      load: () => import('./command/records.js'),
    },
    doctor: {
      summary: '装置を点検します / checks the machine itself',
      load: () => import('./command/doctor.js'),
    },
    clock: {
      summary: '時計を見ます、合わせます / shows the clock and how far it is trusted, sets it',
      load: () => import('./command/clock.js'),
    },
    update: {
      summary: 'USBメモリーの更新を調べます、入れます / looks for an update on a USB stick, installs it',
      load: () => import('./command/update.js'),
    },
    settings: {
      summary: '設定を確かめます / checks the settings',
      load: () => import('./command/settings.js'),
    },
    'bench-test': {
      summary: '出荷する前に装置を試します / tries a box before it ships',
      load: () => import('./command/bench-test.js'),
    },
  },
  {
    keys: {
      summary: '市区町村の鍵を作ります / makes the keys of the municipality',
      load: () => import('./command/keys.js'),
    },
    evaluate: {
      summary: '誤り率を測ります / measures the error rates on your own pictures',
      load: () => workbench(() => import('../models/evaluate/command.js')),
    },
    calibrate: {
      summary: '別人の類似度を測ります / measures how alike strangers score',
      load: () => workbench(() => import('../models/calibrate/command.js')),
    },
    sign: {
      summary: '較正ファイルやパックに署名します / signs a calibration or a model pack',
      load: () => workbench(() => import('../models/sign/command.js')),
    },
  },
);
