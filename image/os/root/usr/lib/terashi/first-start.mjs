// Creates the box's identity key (Ed25519, PKCS #8) atomically, even across a power cut.
import { generateKeyPairSync } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

const folder = process.env.STATE_DIRECTORY;
const [key, unfinished] = ['device.key', 'device.key.new'].map((name) => join(folder, name));

const { privateKey } = generateKeyPairSync('ed25519');
await rm(unfinished, { force: true });
const file = await open(unfinished, 'wx', 0o400);
await file.writeFile(privateKey.export({ type: 'pkcs8', format: 'pem' }));
await file.sync();
await file.close();
await rename(unfinished, key);
const listed = await open(folder, 'r');
await listed.sync();
await listed.close();
