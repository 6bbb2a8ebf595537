import { AuditEvent } from '../../src/audit/audit-event.entity.js';
import { PasswordBudgetsService } from '../../src/auth/password-budgets.service.js';
import { LOCAL_CLIENT } from '../../src/common/net/client-info.js';
import { Clock } from '../../src/common/clock.js';
import { KeyRing } from '../../src/config/keys/key-ring.js';
import { loadSettings } from '../../src/load-settings.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { networkClaims } from '../../src/phone-verification/code-claims.js';
import { SendClaims } from '../../src/messaging/limits/send-claims.js';
import { lowConversion } from '../../src/messaging/limits/send-rules.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { Budgets } from '../../src/rate-limit/budgets.js';
import { Installation } from './installation.js';

describe('lift', () => {
  let installation: Installation;

  beforeEach(() => (installation = new Installation()));
  afterEach(() => installation.remove());

  it('ends a rest and leaves a trace; where none is on it says so', async () => {
    await installation.run('migrate');
    const settings = loadSettings(installation.environment);
    await installation.query(async (dataSource) => {
      const budgets = new Budgets(
        new UnitOfWork(dataSource),
        new Clock(),
        new KeyRing(settings.secretKeys),
        settings,
      );
      await budgets.hold({ rule: lowConversion, subject: '+1415200' }, new Date('2999-01-01'));
    });
    expect(await installation.run('lift US')).toEqual({
      status: 1,
      output: '',
      error: 'Nothing rests under that name.\n',
    });
    expect(await installation.run('lift +1415200')).toMatchObject({
      status: 0,
      output: 'Registrations go on: +1415200\n',
    });
    expect(await installation.rows(Budget)).toEqual([]);
    expect(await installation.rows(AuditEvent)).toContainEqual(
      expect.objectContaining({
        name: 'limit.lifted',
        details: { limit: 'low-conversion', region: '+1415200' },
      }),
    );
  });

  describe('with an address', () => {
    const spray = async (address: string) => {
      const settings = loadSettings(installation.environment);
      const client = { ...LOCAL_CLIENT, address };
      const challenge = { userId: 7, phoneNumber: '+14155550107', purpose: 'login' } as const;
      await installation.query(async (dataSource) => {
        const budgets = new Budgets(
          new UnitOfWork(dataSource),
          new Clock(),
          new KeyRing(settings.secretKeys),
          settings,
        );
        const passwords = new PasswordBudgetsService(budgets, settings);
        const typing = { usernameKey: 'root', client, deviceId: null };
        await passwords.spend(typing);
        await passwords.noteWrong(typing);
        await budgets.take(networkClaims(challenge, { client, deviceId: null }));
        await budgets.take(new SendClaims(settings).ofNetwork(address));
      });
    };
    const counted = async () => {
      // With a slash: an account that was counted of the network.
      const names = (await installation.rows(Budget)).map(({ key }) =>
        key.replace(/:[^/]+/, '').replace(/\/.*/, '/'),
      );
      return names.filter((name) => name.includes('address')).sort();
    };

    it('counts its network anew, that one alone, and leaves a trace', async () => {
      await installation.run('migrate');
      await spray('192.0.2.7');
      const ofOne = await counted();
      expect(ofOne).toEqual([
        'accounts-of-address',
        'accounts-of-address/',
        'address-day',
        'address-hour',
        'code-accounts-of-address',
        'code-accounts-of-address/',
        'wrong-codes-of-address',
        'wrong-passwords-of-address',
      ]);
      await spray('2001:db8:1:2::3');
      const lifted = { status: 0, output: 'Counted anew: 2001:db8:1:2\n', error: '' };
      expect(await installation.run('lift 2001:db8:1:2:ffff::9')).toEqual(lifted);
      expect(await counted()).toEqual(ofOne);
      const trace = {
        name: 'limit.lifted',
        address: '2001:db8:1:2:ffff::9',
        details: { limit: 'network' },
      };
      expect(await installation.rows(AuditEvent)).toContainEqual(expect.objectContaining(trace));
    });
  });
});
