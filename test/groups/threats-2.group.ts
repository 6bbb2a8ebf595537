import { group } from '../support/group.js';

await group(['test/threats'], 2, 3);
