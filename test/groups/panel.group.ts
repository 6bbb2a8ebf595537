import { group } from '../support/group.js';

await group(['test/admin', 'test/browser']);
