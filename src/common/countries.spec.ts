import { callingCodes } from './countries.js';
import { countriesByCallingCode } from './phone-metadata.js';

describe('the list of calling codes', () => {
  it('names each code once, and all of them', () => {
    const values = callingCodes('US').map(({ value }) => value);
    expect(new Set(values).size).toBe(values.length);
    expect([...values].sort()).toEqual(countriesByCallingCode().map(([code]) => code).sort());
  });

  it('begins with the default country, the others follow by name', () => {
    const [first, ...others] = callingCodes('IN').map(({ label }) => label);
    expect(first).toBe('+91 India');
    const names = others.map((label) => label.slice(label.indexOf(' ')));
    expect(names).toEqual([...names].sort(new Intl.Collator('en').compare));
    expect(others[0]).toBe('+93 Afghanistan');
  });

  it('names all countries of a shared code, the main one first', () => {
    const labels = callingCodes('IN').map(({ label }) => label);
    expect(labels).toContain('+44 United Kingdom, Guernsey, Isle of Man, Jersey');
    expect(labels.find((label) => label.startsWith('+1 '))).toMatch(/^\+1 United States, American Samoa, .*Canada, /);
  });

  it('lets a default country lead its shared code', () => {
    expect(callingCodes('CA')[0]?.label).toMatch(/^\+1 Canada, United States, American Samoa, /);
  });

  it('leaves out countries that are not allowed', () => {
    expect(callingCodes('US', ['US', 'CA', 'IN'])).toEqual([
      { value: '1', label: '+1 United States, Canada' },
      { value: '91', label: '+91 India' },
    ]);
  });

  it('is made once', () => {
    expect(callingCodes('US')).toBe(callingCodes('US'));
  });
});
