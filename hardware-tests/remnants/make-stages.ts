#!/usr/bin/env node
/**
 * Makes the stages of a visit from the pictures in a folder, and writes them there. A program of its own, because it
 * runs on the emulated processor: sums of float32 come out differently on a processor with wider registers.
 *
 *   node build/hardware-tests/remnants/make-stages.js FOLDER
 */
import { loadModels } from '../../appliance/face/sessions.js';
import { installation } from '../../appliance/installation.js';
import { readPictures, writeStages } from './folder.js';
import { stagesOf } from './stages.js';

const [, , folder] = process.argv;
const models = await loadModels(installation);
if (!models.ok) throw new Error(models.error);
writeStages(folder, await stagesOf(readPictures(folder), models.value));
