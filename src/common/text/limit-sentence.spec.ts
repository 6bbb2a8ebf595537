import { limitSentence } from './limit-sentence.js';

describe('the sentence of a limit', () => {
  it.each([
    ['number-day', /to this number\./],
    ['number-all-day', /to this number\./],
    [null, /to this number\. The last one went out a moment ago/],
    ['account-day', /by this account\./],
    ['session-10-minutes', /here within ten minutes\./],
    ['address-hour', /from your network\. Another one helps/],
    ['prefix-hour', /to numbers like this one\./],
    ['foreign-prefix-day', /to numbers like this one\./],
    ['operator-prefix-day', /to numbers like this one\./],
    ['low-conversion', /to numbers like this one\./],
    ['country-day', /to numbers of this country today\./],
    ['home-country-day', /to numbers of this country today\./],
    ['all-day', /today, by everybody together\./],
    ['spend-day', /today, by everybody together\./],
  ])('says of %s what is full', (limit, sentence) => {
    expect(limitSentence(limit)).toMatch(sentence);
  });
});
