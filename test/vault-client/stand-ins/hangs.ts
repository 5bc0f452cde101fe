import { onRequest, ready } from './stand-in.js';

ready();
onRequest(() => {
  for (;;);
});
