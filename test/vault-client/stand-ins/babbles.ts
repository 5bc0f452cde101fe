import { onRequest, ready, send } from './stand-in.js';

ready();
onRequest(() => send({ is: 'compared', comparison: { similarity: 7 }, template: [0.1, 0.2] }));
