import { door, onRequest, ready } from './stand-in.js';

ready();
onRequest(() => door.write('x'.repeat(100_000)));
