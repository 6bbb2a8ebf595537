import { group } from '../support/group.js';

await group(['test/flows'], 1, 3);
