import { ready, send } from './stand-in.js';

ready();
setInterval(() => send({ is: 'alive' }), 100);
