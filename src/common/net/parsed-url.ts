/**
 * The address of a text, or null where it is none. Not `URL.canParse`: on Node 20 its fast path,
 * once warm, takes letters like ü for broken UTF-8 and says no to addresses that are good.
 */
export function parsedUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
