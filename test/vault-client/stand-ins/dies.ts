import { onRequest, ready } from './stand-in.js';

ready();
onRequest(() => process.kill(process.pid, 'SIGSEGV'));
