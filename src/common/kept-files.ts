import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** How a body may be packed for who accepts it. */
export type Encoding = 'br' | 'gzip';

/** A file for browsers, read once and packed once for each encoding. */
export class KeptFile {
  private static readonly kept = new Map<string, KeptFile>();
  private readonly packed = new Map<Encoding, Buffer>();
  readonly hash: string;

  private constructor(private readonly bytes: Buffer) {
    this.hash = hash('sha256', bytes, 'base64url').slice(0, 22);
  }

  static at(file: string): KeptFile {
    const kept = KeptFile.kept.get(file) ?? new KeptFile(readFileSync(file));
    KeptFile.kept.set(file, kept);
    return kept;
  }

  body(encoding: Encoding | undefined): Buffer {
    if (encoding === undefined) return this.bytes;
    const packed =
      this.packed.get(encoding) ??
      (encoding === 'br' ? brotliCompressSync(this.bytes) : gzipSync(this.bytes));
    this.packed.set(encoding, packed);
    return packed;
  }
}

/** What the files of `/static/` are called beside the pages. */
export const staticFile = (name: string): string =>
  fileURLToPath(new URL(`../pages/static/${name}`, import.meta.url));

/**
 * The address of a file of `/static/` with its hash: what is there never changes, so a browser may
 * keep it for good.
 */
export const staticAddress = (name: string): string =>
  addressOf(`/static/${name}`, staticFile(name));

export const addressOf = (address: string, file: string): string =>
  `${address}?v=${KeptFile.at(file).hash}`;

/**
 * The better of the encodings that `Accept-Encoding` names (RFC 9110, 12.5.3); those with a weight
 * of 0 are refused.
 */
export function acceptedEncoding(header: string | string[] | undefined): Encoding | undefined {
  const words = String(header ?? '')
    .toLowerCase()
    .split(',')
    .map((word) => word.replaceAll(' ', ''));
  const accepted = words
    .filter((word) => !/;q=0(\.0*)?$/.test(word))
    .map((word) => word.split(';')[0]);
  return (['br', 'gzip'] as const).find((name) => accepted.includes(name));
}
