import { group } from '../support/group.js';

await group(['src', 'test/bot-check', 'test/database', 'test/rate-limit']);
