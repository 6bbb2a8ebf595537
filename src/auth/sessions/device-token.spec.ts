import fc from 'fast-check';
import { newReference } from '../../common/token.js';
import { KeyRing } from '../../config/keys/key-ring.js';
import { addToken, MOST_TOKENS, readDevices, signDevice } from './device-token.js';

const [OLD, NEW] = [
  'the old key of more than 32 characters',
  'the new key of more than 32 characters',
];
const keys = new KeyRing([NEW, OLD]);
const device = (userId = 7) => ({ userId, reference: newReference() });

describe('device tokens', () => {
  it('are read as they were signed, by any key of the ring and by no other', () => {
    const named = device();
    for (const signer of [NEW, OLD])
      expect(readDevices(keys, signDevice(new KeyRing([signer]), named))).toEqual([named]);
    expect(readDevices(new KeyRing([NEW]), signDevice(new KeyRing([OLD]), named))).toEqual([]);
  });

  it('are nothing with any one character changed, and junk is no error', () => {
    const token = signDevice(keys, device());
    fc.assert(
      fc.property(
        fc.nat(token.length - 2),
        fc.string({ minLength: 1, maxLength: 1 }),
        (at, sign) => {
          fc.pre(sign !== token[at]);
          return (
            readDevices(keys, `${token.slice(0, at)}${sign}${token.slice(at + 1)}`).length === 0
          );
        },
      ),
    );
    fc.assert(fc.property(fc.string(), (junk) => readDevices(keys, junk).length === 0));
  });

  it('are held one for each account, the newest of five', () => {
    const held = [1, 2, 3, 2, 4, 5, 6].reduce(
      (sent, userId) => addToken(sent, signDevice(keys, device(userId))),
      'junk~~',
    );
    expect(readDevices(keys, held).map(({ userId }) => userId)).toEqual([6, 5, 4, 2, 3]);
    expect(held.split('~')).toHaveLength(MOST_TOKENS);
  });
});
