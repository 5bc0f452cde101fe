import { spawn } from 'node:child_process';

import { ready } from './stand-in.js';

// A driver's program that ignores signals.
spawn('sh', ['-c', 'trap "" TERM INT HUP; while :; do sleep 60; done'], { stdio: 'ignore' });
ready();
