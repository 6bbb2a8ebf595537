import { refusal } from '../../../test/support/typed-number.js';

describe('numbers that can receive no code', () => {
  it.each([
    ['premium-rate', '+19005550100'],
    ['toll-free', '+18005550100'],
    ['shared-cost', '+448431234567'],
    ['pager', '+447640123456'],
    ['personal', '+447012345678'],
    ['company-wide (UAN)', '+445512345678'],
    ['voicemail', '+41860790123456'],
    ['fixed line', '+390612345678'],
    ['internet telephony', '+445612345678'],
  ])('refuses a %s number', (_type, number) =>
    expect(refusal(number)).toBe('phone_number: unsupported_type'),
  );

  it('refuses satellite and international networks, which no country answers for', () => {
    expect(refusal('+881612345678')).toBe('phone_number: unsupported_country');
    expect(refusal('+883510000000000')).toBe('phone_number: unsupported_country');
  });
});

describe('countries that are allowed or denied', () => {
  const allowed = (number: string, ...allowedCountries: string[]) =>
    refusal(number, {}, { allowedCountries });
  const denied = (number: string, ...deniedCountries: string[]) =>
    refusal(number, {}, { deniedCountries });

  it('are those of the number itself, not of its calling code', () => {
    expect(allowed('+14155550100', 'US')).toBe('+14155550100');
    expect(allowed('+12684641234', 'US')).toBe('phone_number: unsupported_country');
    expect(allowed('+12684641234', 'AG')).toBe('+12684641234');
  });

  it.each([
    ['AX', '+358412345678'],
    ['SJ', '+4741234567'],
    ['EH', '+212650123456'],
    ['VA', '+393123456789'],
    ['MF', '+590690001234'],
    ['BL', '+590690001234'],
    ['CC', '+61412345678'],
    ['CX', '+61412345678'],
    ['IM', '+447924123456'],
    ['GG', '+447781123456'],
    ['JE', '+447797712345'],
  ])('%s allowed: a number that may be of it is allowed', (country, number) =>
    expect(allowed(number, country)).toBe(number),
  );

  it.each([
    ['JE', '+447781123456'],
    ['GG', '+447797712345'],
    ['IM', '+447400123456'],
    ['AX', '+14155550100'],
    ['YT', '+262692123456'],
  ])('%s allowed: a number of another country is not', (country, number) => {
    expect(allowed(number, country)).toBe('phone_number: unsupported_country');
  });

  it.each([
    ['AX', '+358412345678'],
    ['SJ', '+4741234567'],
    ['EH', '+212650123456'],
    ['VA', '+393123456789'],
    ['MF', '+590690001234'],
    ['BL', '+590690001234'],
    ['CC', '+61412345678'],
    ['CX', '+61412345678'],
    ['IM', '+447924123456'],
  ])(
    '%s denied: numbers that mostly are of the other country are not denied with it',
    (country, number) => expect(denied(number, country)).toBe(number),
  );

  it.each([
    ['GG', '+447781123456'],
    ['JE', '+447797712345'],
  ])('%s denied: a number of its own is denied, one of Great Britain is not', (country, number) => {
    expect(denied(number, country)).toBe('phone_number: unsupported_country');
    expect(denied('+447400123456', country)).toBe('+447400123456');
  });

  it('a denied country is denied, and takes no other with it', () => {
    expect(denied('+447797712345', 'JE')).toBe('phone_number: unsupported_country');
    expect(denied('+447400123456', 'JE')).toBe('+447400123456');
    expect(denied('+358412345678', 'FI')).toBe('phone_number: unsupported_country');
    expect(denied('+358412345678', 'AX')).toBe('+358412345678');
    expect(denied('+212650123456', 'MA')).toBe('phone_number: unsupported_country');
  });

  it('a number that may be of two allowed ones is denied with both only', () => {
    const both = { allowedCountries: ['FI', 'AX'] };
    expect(refusal('+358412345678', {}, { ...both, deniedCountries: ['FI'] })).toBe(
      '+358412345678',
    );
    expect(refusal('+358412345678', {}, { ...both, deniedCountries: ['FI', 'AX'] })).toBe(
      'phone_number: unsupported_country',
    );
  });

  it('beginnings can be denied whatever the country', () => {
    expect(refusal('+447400123456', {}, { prefixLimits: [{ prefix: '+4474', most: 0 }] })).toBe(
      'phone_number: unsupported_country',
    );
  });
});
