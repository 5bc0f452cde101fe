import { connection, onRequest, ready } from './stand-in.js';

ready();
onRequest(() => connection.write('x'.repeat(100_000)));
