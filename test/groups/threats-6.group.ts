import { group } from '../support/group.js';

await group('test/threats', 6, 6);
