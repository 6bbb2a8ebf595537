import { Module } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { KeyRing } from '../config/keys/key-ring.js';
import { Settings } from '../config/settings.js';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { BotCheck } from './bot-check.js';
import { BotChecks } from './bot-checks.service.js';
import { FreeRegistrations } from './free-registrations.js';
import { HCaptcha } from './hcaptcha.check.js';
import { ProofOfWork } from './proof-of-work.check.js';
import { Turnstile } from './turnstile.check.js';

/** Tells people from robots before a registration costs anything: by BOT_CHECK, one of three. */
@Module({
  imports: [RateLimitModule],
  providers: [
    {
      provide: ProofOfWork,
      inject: [KeyRing, Clock, Settings],
      useFactory: (keys: KeyRing, clock: Clock, { botCheck }: Settings) =>
        new ProofOfWork(keys, clock, botCheck.difficulty),
    },
    { provide: BotCheck, inject: [Settings, ProofOfWork], useFactory: checkOf },
    FreeRegistrations,
    BotChecks,
  ],
  exports: [BotChecks],
})
export class BotCheckModule {}

function checkOf({ botCheck, publicUrl }: Settings, proofOfWork: ProofOfWork): BotCheck {
  const { hostname } = new URL(publicUrl);
  switch (botCheck.name) {
    case 'turnstile':
      return new Turnstile(botCheck.turnstile, hostname);
    case 'hcaptcha':
      return new HCaptcha(botCheck.hcaptcha, hostname);
    case 'proof-of-work':
      return proofOfWork;
  }
}
