import { timeLeftText, waitText } from './wait-text.js';

it.each([
  [1, '1 second'],
  [28.2, '29 seconds'],
  [119, '119 seconds'],
  [120, '2 minutes'],
  [121, '3 minutes'],
  [7140.5, '2 hours'],
  [86_400, '24 hours'],
])('a wait of %s s is told as %s, never too short', (seconds, text) =>
  expect(waitText(seconds)).toBe(text),
);

it.each([
  [59.9, 'less than a minute'],
  [60, '1 minute'],
  [599.9, '9 minutes'],
])('%s s left are told as %s, never too long', (seconds, text) =>
  expect(timeLeftText(seconds)).toBe(text),
);
