import { ready, tell } from './stand-in.js';

ready();
setInterval(() => tell({ is: 'alive' }), 100);
