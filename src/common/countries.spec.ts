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
    expect(first).toBe('India (+91)');
    expect(others).toEqual([...others].sort(new Intl.Collator('en').compare));
    expect(others[0]).toBe('Afghanistan (+93)');
  });

  it('names all countries of a shared code, the main one first', () => {
    const labels = callingCodes('IN').map(({ label }) => label);
    expect(labels).toContain('United Kingdom, Guernsey, Isle of Man, Jersey (+44)');
    expect(labels.find((label) => label.endsWith('(+1)'))).toMatch(/^United States, American Samoa, .*Canada, /);
  });

  it('lets a default country lead its shared code', () => {
    expect(callingCodes('CA')[0]?.label).toMatch(/^Canada, United States, American Samoa, .* \(\+1\)$/);
  });

  it('leaves out countries that are not allowed', () => {
    expect(callingCodes('US', ['US', 'CA', 'IN'])).toEqual([
      { value: '1', label: 'United States, Canada (+1)' },
      { value: '91', label: 'India (+91)' },
    ]);
  });

  it('is made once', () => {
    expect(callingCodes('US')).toBe(callingCodes('US'));
  });
});
