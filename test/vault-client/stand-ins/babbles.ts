import { onRequest, ready, tell } from './stand-in.js';

ready();
onRequest(() => tell({ is: 'compared', comparison: { similarity: 7 }, template: [0.1, 0.2] }));
