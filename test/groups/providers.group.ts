import { group } from '../support/group.js';

await group(['test/cli', 'test/providers']);
