import { join } from 'node:path';

// Compiled code is in build/appliance, both in a checkout and on a box, where this module is bundled into many files.
const root = import.meta.dirname.replace(/^(.*)\/build\/appliance(\/.*)?$/, '$1');

/** The programs, each a process of its own and a file in `build/appliance`. */
export const programs = [
  'main',
  'clock/set-clock',
  'export/main',
  'panel/lights/main',
  'panel/main',
  'scanner/main',
  'stick/mounter',
  'update/main',
  'vault/main',
] as const;

export const fileOf = (program: (typeof programs)[number]): string =>
  join(root, 'build', 'appliance', `${program}.js`);

/** The files of this installation. Nothing here is written while the appliance runs. */
export const installation = {
  root,
  packageFile: join(root, 'package.json'),
  /** Describes each model; the vault refuses a file with another hash. */
  manifest: join(root, 'models', 'manifest.json'),
  /** The ONNX files, built from npm packages during set-up. */
  models: join(root, 'build', 'onnx'),
  /** The annotated settings file with all defaults. */
  settings: join(root, 'appliance', 'settings', 'terashi.toml'),
  /** SANE's configuration, with the few drivers that a counter's scanner may need. */
  sane: join(root, 'appliance', 'scanner', 'sane.d'),
  /** A card page and camera frames for practice, made during set-up: `card.png` and `camera/`. */
  practice: join(root, 'build', 'practice'),
  /** In images that `npm run image -- --debug` makes, and no others (image/os/debug). */
  debugImage: join(root, 'debug-image'),
  /** Links made during set-up, for programs that the system has under a newer name than a package expects. */
  programs: join(root, 'build', 'programs'),
} as const;
