import { group } from '../support/group.js';

await group(['src', 'attack', 'test/bot-check', 'test/database', 'test/rate-limit']);
