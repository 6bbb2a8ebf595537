import { AuditEvent } from '../../src/audit/audit-event.entity.js';
import { KnownDevice } from '../../src/auth/sessions/known-device.entity.js';
import { Session } from '../../src/auth/sessions/session.entity.js';
import { IdempotentCall } from '../../src/idempotency/idempotent-call.entity.js';
import { SentMessage } from '../../src/messaging/sent-message.entity.js';
import { newMessage } from '../../src/messaging/sent-messages.repository.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { Installation } from './installation.js';

describe('purge', () => {
  let installation: Installation;
  beforeEach(() => (installation = new Installation()));
  afterEach(() => installation.remove());

  it('takes away what has expired and says how much', async () => {
    await installation.run('migrate');
    const past = new Date('2020-01-01');
    await installation.query(async ({ manager }) => {
      await manager.insert(Budget, { key: 'old', count: 1, blockedUntil: null, expiresAt: past });
      const session = {
        userId: 1,
        methods: [],
        proofs: {},
        nextPath: null,
        address: '',
        agent: '',
        createdAt: past,
        lastSeenAt: past,
        expiresAt: past,
      };
      await manager.insert(Session, { ...session, tokenHash: 'x' });
      await manager.insert(KnownDevice, {
        userId: 1,
        reference: 'x',
        confirmedAt: past,
        lastSeenAt: past,
        expiresAt: past,
      });
      await manager.insert(AuditEvent, {
        at: past,
        name: 'session.opened',
        userId: 1,
        actorId: null,
        address: '192.0.2.7',
        agent: 'browser',
        details: {},
      });
      const to = { userId: 1, phoneNumber: '+14155550100', channel: 'sms' } as const;
      await manager.insert(SentMessage, newMessage(to, 'self:inbox', past));
      const call = {
        name: 'x',
        content: 'x',
        run: 'x',
        mismatches: 0,
        answer: null,
        leaseEndsAt: past,
        expiresAt: past,
      };
      await manager.insert(IdempotentCall, call);
    });
    const { status, output } = await installation.run('purge');
    expect(status).toBe(0);
    expect(output.split('\n')).toEqual([
      'Purged registrations: 0',
      'Purged sessions: 1',
      'Purged devices: 1',
      'Purged challenges: 0',
      'Purged messages: 1',
      'Purged conversions: 0',
      'Purged decisions: 0',
      'Purged budgets: 1',
      'Purged calls: 1',
      'Purged audit addresses: 1',
      '',
    ]);
    expect(await installation.rows(AuditEvent)).toMatchObject([{ address: null, agent: '' }]);
  });
});
