import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { AccountEvents } from '../common/account-events.js';
import { KeyRing } from './keys/key-ring.js';
import { Settings } from './settings.js';

/** What every room may ask for: the settings, the keys, the clock and the account events. */
@Global()
@Module({})
export class ConfigModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: ConfigModule,
      providers: [
        { provide: Settings, useValue: settings },
        { provide: KeyRing, useValue: new KeyRing(settings.secretKeys) },
        Clock,
        AccountEvents,
      ],
      exports: [Settings, KeyRing, Clock, AccountEvents],
    };
  }
}
