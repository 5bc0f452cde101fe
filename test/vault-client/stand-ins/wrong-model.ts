import { send } from './stand-in.js';

send({ is: 'failed', fault: 'model-mismatch' });
