import { group } from '../support/group.js';

await group('test/threats', 4, 6);
