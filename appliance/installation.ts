import { join } from 'node:path';

// Compiled code lies in build/appliance, both in a checkout and on a box, where this is part of many a file there.
const root = import.meta.dirname.replace(/^(.*)\/build\/appliance(\/.*)?$/, '$1');

/** What runs as a process of its own; each has its file in `build/appliance`. */
export const programs = [
  'main',
  'clock/set-clock',
  'export/main',
  'panel/lights/main',
  'panel/main',
  'update/main',
  'vault/main',
] as const;

/** The file of one of them. */
export const fileOf = (program: (typeof programs)[number]): string =>
  join(root, 'build', 'appliance', `${program}.js`);

/** Where the parts of this installation lie; nothing here is written while the appliance runs. */
export const installation = {
  root,
  packageFile: join(root, 'package.json'),
  /** What each model is, and the hash that the vault holds it to. */
  manifest: join(root, 'models', 'manifest.json'),
  /** The ONNX files, built from npm packages at set-up. */
  models: join(root, 'build', 'onnx'),
  /** The annotated settings file, with the default of every setting. */
  settings: join(root, 'appliance', 'settings', 'terashi.toml'),
  /** SANE's configuration: the few drivers that a counter's scanner may need. */
  sane: join(root, 'appliance', 'scanner', 'sane.d'),
  /** A card page and camera frames for practice, made at set-up: `card.png` and `camera/`. */
  practice: join(root, 'build', 'practice'),
  /** Links made at set-up, for programs that the system knows by a newer name than a package asks for. */
  programs: join(root, 'build', 'programs'),
} as const;
