import { group } from '../support/group.js';

await group(['test/threats'], 1, 3);
