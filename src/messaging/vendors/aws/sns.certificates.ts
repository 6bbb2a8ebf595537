import { X509Certificate, type KeyObject } from 'node:crypto';
import { AppError } from '../../../common/errors/app-error.js';
import type { GatewayContext } from '../gateway-sender.js';
import type { boundedFetch } from '../../../common/net/bounded-fetch.js';

/** Certificates are few: SNS has one per region, and a new one every year or so. */
const MOST_KEPT = 8;

/**
 * What Amazon SNS signs with. A certificate is believed for where it comes from: SNS's own host of
 * our region, by TLS.
 */
export class SnsCertificates {
  private readonly kept = new Map<string, X509Certificate>();
  /** One is fetched at a time, so that forged messages cannot make us ask for many. */
  private fetching: { url: string; certificate: Promise<X509Certificate | null> } | undefined;

  /**
   * `host` is the only one that certificates are taken from, e.g. `sns.eu-central-1.amazonaws.com`.
   */
  constructor(
    private readonly host: string,
    private readonly context: GatewayContext,
    private readonly ask: typeof boundedFetch,
  ) {}

  /**
   * The key of a valid certificate of SNS; null when there is none at this address. Throws
   * `provider_unavailable`.
   */
  async keyAt(url: string): Promise<KeyObject | null> {
    if (!isCertificateOf(this.host, url)) return null;
    const certificate = this.kept.get(url) ?? (await this.fetchOnce(url));
    return certificate && this.isUsable(certificate) ? certificate.publicKey : null;
  }

  private async fetchOnce(url: string): Promise<X509Certificate | null> {
    if (this.fetching && this.fetching.url !== url) throw unreachable();
    this.fetching ??= {
      url,
      certificate: this.fetch(url).finally(() => (this.fetching = undefined)),
    };
    return this.fetching.certificate;
  }

  private async fetch(url: string): Promise<X509Certificate | null> {
    const { timeout = 5000 } = this.context;
    const exchange = await this.ask(new URL(url), {}, { timeout });
    if (exchange.outcome !== 'answered' || exchange.status >= 500) throw unreachable();
    const certificate = exchange.status === 200 ? certificateIn(exchange.body ?? '') : null;
    if (certificate && this.isUsable(certificate)) this.keep(url, certificate);
    return certificate;
  }

  // Old ones can still be fetched from SNS, and anybody may name them in a forged message: they
  // must not take the places.
  private keep(url: string, certificate: X509Certificate): void {
    const [oldest = ''] = this.kept.keys();
    if (this.kept.size >= MOST_KEPT) this.kept.delete(oldest);
    this.kept.set(url, certificate);
  }

  private isUsable({ validFrom, validTo, publicKey }: X509Certificate): boolean {
    const now = this.context.clock.now();
    return (
      new Date(validFrom) <= now &&
      now <= new Date(validTo) &&
      publicKey.asymmetricKeyType === 'rsa'
    );
  }
}

/** Read as text, for an address can be spelled so that two readers see two hosts in it. */
function isCertificateOf(host: string, url: string): boolean {
  const start = `https://${host}/`;
  return (
    url.startsWith(start) &&
    /^SimpleNotificationService-[\w-]{1,64}\.pem$/.test(url.slice(start.length))
  );
}

function certificateIn(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

/** SNS repeats a message that got a 5xx, and none that got a 4xx. */
const unreachable = (): AppError => new AppError('provider_unavailable', { retryAfter: 5 });
