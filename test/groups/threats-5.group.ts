import { group } from '../support/group.js';

await group('test/threats', 5, 6);
