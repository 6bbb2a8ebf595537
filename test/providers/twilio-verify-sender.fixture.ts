import type { CodeKeys } from '../../src/phone-verification/providers/code.js';
import { SelfProvider } from '../../src/phone-verification/providers/self.provider.js';
import { TwilioVerifySender } from '../../src/messaging/vendors/twilio-verify/twilio-verify.sender.js';
import { makeVerifyFixture, type VerifyFixture } from './twilio-verify.fixture.js';

const key = { id: 'k1', secret: Buffer.alloc(48, 7) };
export const keys: CodeKeys = {
  for: () => ({ current: key, find: (id) => (id === key.id ? key : undefined) }),
};

const providerOf = (...of: ConstructorParameters<typeof TwilioVerifySender>) =>
  new SelfProvider({
    keys,
    sender: new TwilioVerifySender(...of),
    publicUrl: 'https://localhost',
  });

/** Codes made here, carried by a service of Twilio Verify that takes them unless told. */
export const makeVerifySenderFixture = (setUp = {}): Promise<VerifyFixture<SelfProvider>> =>
  makeVerifyFixture(providerOf, { customCodes: true, ...setUp });
