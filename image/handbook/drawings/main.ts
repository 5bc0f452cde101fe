import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../../appliance/installation.js';
import { drawings } from './drawings.js';

for (const [name, draw] of Object.entries(drawings))
  writeFileSync(join(installation.root, 'image', 'handbook', name), draw());
