import { group } from '../support/group.js';

await group(['test/threats'], 3, 3);
