import { somebody } from '../support/people.js';
import { RIGHT_CODE, ScriptedProvider } from '../support/scripted-provider.js';
import { StrictApi } from '../support/strict-api.js';
import { throughApi } from '../support/ways.js';

const provider = new ScriptedProvider();
const UNAVAILABLE = {
  status: 503,
  body: { code: 'provider_unavailable', retry_after: expect.any(Number) as number },
};

// Every answer is held to its schema and to the documentation by StrictApi.
throughApi(
  'a provider in trouble, by API',
  ({ app }) => {
    beforeEach(() => provider.recover());

    let api: StrictApi;
    beforeAll(async () => {
      api = await StrictApi.at(app().url);
    });
    const register = () => {
      const { username, password, phoneNumber } = somebody();
      return api.call('POST', '/registration', {
        json: { username, password, phone_number: phoneNumber },
      });
    };
    const confirm = (client: StrictApi) =>
      client.call('POST', '/session/confirmation', { json: { code: RIGHT_CODE } });
    const setTwoFactor = (client: StrictApi, enabled: boolean) =>
      client.call('PUT', '/me/two-factor', { json: { enabled } });
    const resend = (client: StrictApi) => client.call('POST', '/session/confirmation/resend');

    it('registration: 201 with a notice, or 422 at /phone_number', async () => {
      provider.onStart = { outcome: 'unavailable' };
      expect(await register()).toMatchObject({
        status: 201,
        body: { confirmation: { notice: 'provider_unavailable', sent_at: null } },
      });
      provider.onStart = { outcome: 'refused', reason: 'landline' };
      expect(await register()).toMatchObject({
        status: 422,
        body: {
          code: 'validation_failed',
          errors: [{ pointer: '/phone_number', code: 'landline' }],
        },
      });
    });

    it('resend: provider_unavailable, or 422 at /phone_number', async () => {
      provider.onStart = { outcome: 'unavailable' };
      const pending = api.as((await register()).body['token']);
      expect(await resend(pending)).toMatchObject(UNAVAILABLE);
      provider.onStart = { outcome: 'throttled', retryAfter: 21 };
      expect(await resend(pending)).toMatchObject({
        ...UNAVAILABLE,
        body: { ...UNAVAILABLE.body, retry_after: 21 },
      });
      provider.onStart = { outcome: 'refused', reason: 'unreachable' };
      expect(await resend(pending)).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/phone_number', code: 'unreachable' }] },
      });
    });

    it('confirmation: provider_unavailable, or no_pending_confirmation when the provider knows nothing any more', async () => {
      const pending = api.as((await register()).body['token']);
      for (const onCheck of ['not_compared', 'unknown'] as const) {
        provider.onCheck = onCheck;
        expect(await confirm(pending)).toMatchObject(UNAVAILABLE);
      }
      provider.onCheck = 'gone';
      expect(await confirm(pending)).toMatchObject({
        status: 409,
        body: { code: 'no_pending_confirmation' },
      });
    });

    it('two-factor: step_up_required with a notice, or provider_unavailable for a number refused by now', async () => {
      const pending = api.as((await register()).body['token']);
      const own = api.as((await confirm(pending)).body['token']);
      await setTwoFactor(own, true);
      provider.onStart = { outcome: 'refused', reason: 'unreachable' };
      expect(await setTwoFactor(own, false)).toMatchObject(UNAVAILABLE);
      provider.onStart = { outcome: 'unavailable' };
      const { status, body } = await resend(own);
      expect([status, body['code']]).toEqual([503, 'provider_unavailable']);
      provider.recover();
      expect((await resend(own)).status).toBe(202);
    });

    it('two-factor while the provider is down: step_up_required all the same, and a resend helps', async () => {
      const own = api.as((await confirm(api.as((await register()).body['token']))).body['token']);
      await setTwoFactor(own, true);
      provider.onStart = { outcome: 'unavailable' };
      expect(await setTwoFactor(own, false)).toMatchObject({
        status: 403,
        body: {
          code: 'step_up_required',
          confirmation: { sent_at: null, notice: 'provider_unavailable' },
        },
      });
      provider.recover();
      expect((await resend(own)).status).toBe(202);
      const proven = api.as((await confirm(own)).body['token']);
      expect(await setTwoFactor(proven, false)).toMatchObject({
        status: 200,
        body: { two_factor_auth: false },
      });
    });
  },
  { provider },
);
