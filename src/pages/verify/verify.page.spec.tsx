import { renderPage } from '../views/render.js';
import { VerifyPage, type VerifyPageProps } from './verify.page.js';

const SENT: VerifyPageProps = {
  phoneHint: '+91 ••••• •3210',
  purpose: 'register',
  channel: 'sms',
  sentAt: new Date(0),
  expiresInSeconds: 590,
  resendInSeconds: 28,
  attemptsLeft: 5,
  unverified: false,
  channels: ['sms'],
  codeLength: { least: 6, most: 6 },
};
const verify = (change: Partial<VerifyPageProps> = {}) =>
  renderPage(<VerifyPage {...SENT} {...change} />);
const CODE_FIELD = 'name="one_time_password"';

describe('while a code is under way', () => {
  const field = /<input[^>]*one_time_password[^>]*>/.exec(verify())?.[0];

  it('offers a field that phones fill in from the message', () => {
    expect(field).toMatch(/type="text".*autocomplete="one-time-code".*inputmode="numeric"/);
    expect(field).toContain('autofocus');
  });

  it('shows the masked number and no number else', () =>
    expect(verify()).toContain('+91 ••••• •3210'));
  it('rounds the time left down', () => expect(verify()).toContain('another 9 minutes.'));

  it('offers to send it again, and says from when on without a script', () => {
    expect(verify()).toContain("Didn't receive one time password?");
    expect(verify()).toMatch(
      /action="\/verify\/resend" data-resend-in="28".*value="sms">Resend OTP.*28 seconds/,
    );
    expect(verify()).not.toMatch(/<button[^>]* disabled/);
    expect(verify({ resendInSeconds: 0 })).not.toContain('data-resend-in');
  });

  it('offers the ways there are, and no other', () => {
    expect(verify({ channels: ['sms', 'call'] })).toMatch(/value="sms".*value="call"/);
    expect(verify({ channels: ['sms', 'whatsapp'] })).toMatch(
      /value="sms".*value="whatsapp">Send it by WhatsApp/,
    );
    expect(verify()).not.toMatch(/value="(call|whatsapp)"/);
  });

  it('listens for a message only when one was sent', () => {
    expect(verify()).toContain('data-web-otp');
    expect(verify({ channel: 'call' })).not.toContain('data-web-otp');
  });
});

it('says that a code was wrong, with the tries left, beside the field', () => {
  const html = verify({ error: 'Verification code is incorrect', attemptsLeft: 1 });
  expect(html).toContain(
    'id="one_time_password-error"><p>Verification code is incorrect</p><p>1 try left.</p>',
  );
  expect(html).toMatch(/<input[^>]*aria-invalid="true"/);
});

it('marks an unverified user, and nobody else', () => {
  expect(verify({ unverified: true })).toContain('User Not verified.');
  expect(verify()).not.toContain('User Not verified.');
});

describe('when nothing was sent', () => {
  it('says so and offers to send at once', () => {
    const html = verify({ sentAt: null, resendInSeconds: 0, notice: 'provider_unavailable' });
    expect(html).toMatch(/verification code not sent\..*Send the code/);
    expect(html).toContain(CODE_FIELD);
  });

  it('explains the wait of the number instead of calling it a failure', () => {
    const html = verify({ sentAt: null, resendInSeconds: 28 });
    expect(html).toContain('No message was sent just now');
    expect(html).not.toContain('verification code not sent.');
  });

  it('keeps the field open for the code before when only the resend failed', () => {
    const html = verify({ notice: 'provider_unavailable' });
    expect(html).toMatch(/verification code not sent\..*The code sent before still works\./);
    expect(html).toContain(CODE_FIELD);
  });
});

describe('when no code can be answered any more', () => {
  it.each<[string, Partial<VerifyPageProps>, string]>([
    ['expired', { expired: true }, 'There is no valid code any more.'],
    ['out of time', { expiresInSeconds: 0 }, 'The code has expired. Ask for a new one.'],
    [
      'never sent, and out of time',
      { expiresInSeconds: 0, sentAt: null },
      'There is no valid code any more.',
    ],
    ['out of tries', { attemptsLeft: 0 }, 'No tries are left for this code.'],
  ])('%s: offers a new code and no field', (_state, change, sentence) => {
    const html = verify(change);
    expect(html).toContain(sentence);
    expect(html).toContain('Send a new code');
    expect(html).not.toContain(CODE_FIELD);
  });

  it('still says why the last answer was refused, or the last message not sent', () => {
    const change = {
      attemptsLeft: 0,
      error: 'Verification code is incorrect',
      notice: 'too_many_requests',
    } as const;
    expect(verify(change)).toMatch(
      /role="alert".*Verification code is incorrect.*too many were asked for/,
    );
  });
});

it('leads to the inbox where there is one, and only there', () => {
  expect(verify({ hasInbox: true })).toContain('href="/dev/inbox"');
  expect(verify()).not.toContain('/dev/inbox');
});

describe('the way out', () => {
  it.each(['register', 'login'] as const)('%s: gives the pending session up', (purpose) => {
    expect(verify({ purpose })).toContain('action="/verify/cancel"');
    expect(verify({ purpose })).not.toContain('href="/dashboard/"');
  });

  it.each(['enable_two_factor', 'disable_two_factor'] as const)('%s: goes back', (purpose) => {
    expect(verify({ purpose, signedInAs: 'Asha' })).not.toContain('action="/verify/cancel"');
    expect(verify({ purpose, signedInAs: 'Asha' })).toContain('href="/dashboard/">Back');
  });
});
