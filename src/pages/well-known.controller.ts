import { Controller, Get, Header, Redirect } from '@nestjs/common';
import { AppError } from '../common/errors/app-error.js';
import { Clock, days } from '../common/clock.js';
import { Public } from '../common/public.js';
import { Settings } from '../config/settings.js';

/**
 * The start page may be found; everything else is for whoever came to use it. `$` is the end of an
 * address (RFC 9309, 2.2.3).
 */
const ROBOTS = 'User-agent: *\nAllow: /$\nDisallow: /\n';
/** RFC 9116, 2.5.5, wants less than a year. */
const SECURITY_LASTS = days(180);

/** What browsers, crawlers and finders of holes ask every site for. */
@Public()
@Controller()
export class WellKnownController {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  @Get('robots.txt')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  robots(): string {
    return ROBOTS;
  }

  /** Where password managers send people (W3C, A Well-Known URL for Changing Passwords). */
  @Get('.well-known/change-password')
  @Redirect('/password/', 302)
  changePassword(): void {}

  /** RFC 9116, from SECURITY_CONTACT. Throws `not_found` where nobody is named. */
  @Get('.well-known/security.txt')
  @Header('content-type', 'text/plain; charset=utf-8')
  security(): string {
    const { securityContact, publicUrl } = this.settings;
    if (securityContact.length === 0) throw new AppError('not_found');
    const expires = new Date(this.clock.now().getTime() + SECURITY_LASTS).toISOString();
    const canonical = publicUrl.startsWith('https:')
      ? [`Canonical: ${publicUrl}/.well-known/security.txt`]
      : [];
    const contacts = securityContact.map((address) => `Contact: ${address}`);
    return [...contacts, `Expires: ${expires}`, 'Preferred-Languages: en', ...canonical, ''].join(
      '\n',
    );
  }
}
