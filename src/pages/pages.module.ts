import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { BotCheckModule } from '../bot-check/bot-check.module.js';
import { UsersModule } from '../users/users.module.js';
import { DashboardController } from './dashboard/dashboard.controller.js';
import { HomeController } from './home/home.controller.js';
import { LoginErrorFilter } from './login/login-error.filter.js';
import { LoginController, PageLocalGuard } from './login/login.controller.js';
import { LogoutController } from './logout/logout.controller.js';
import { NumberController } from './number/number.controller.js';
import { PageErrors } from './page-errors.js';
import { PageReply } from './page-reply.js';
import { PasswordController } from './password/password.controller.js';
import { RegisterController } from './register/register.controller.js';
import { ResendController } from './verify/resend.controller.js';
import { VerifyController } from './verify/verify.controller.js';
import { WellKnownController } from './well-known.controller.js';

/** People: pages rendered on the server, whole without JavaScript. */
@Module({
  imports: [AuthModule, UsersModule, BotCheckModule],
  controllers: [
    HomeController,
    RegisterController,
    VerifyController,
    ResendController,
    NumberController,
    LoginController,
    LogoutController,
    PasswordController,
    DashboardController,
    WellKnownController,
  ],
  providers: [PageReply, PageErrors, PageLocalGuard, LoginErrorFilter],
  exports: [PageErrors],
})
export class PagesModule {}
