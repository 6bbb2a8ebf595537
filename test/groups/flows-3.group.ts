import { group } from '../support/group.js';

await group(['test/flows'], 3, 3);
