import { parseArgs } from 'node:util';
import { FakeAuthy } from './fake-authy.js';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4001' },
    key: { type: 'string', default: 'fake-authy-key' },
  },
});

const fake = new FakeAuthy({
  key: values.key,
  onSent: ({ to, via, code }) => console.log(`${via} to ${to}: ${code}`),
  specialNumbers: {
    '+14155550182': '60082',
    '+14155550183': '60083',
    '+14155550133': '60033',
    '+14155550178': '60078',
  },
});
await fake.start(Number(values.port));
console.log(`Authy's protocol at ${fake.url} for the key ${fake.key}.`);
console.log(
  'Refused: +14155550182 landline, +14155550183 unreachable, +14155550133 invalid, +14155550178 country.',
);
