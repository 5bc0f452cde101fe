import { tell } from './stand-in.js';

tell({ is: 'failed', fault: 'model-mismatch' });
