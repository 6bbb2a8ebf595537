const { fetch: bare } = globalThis;

/**
 * What the clients of a `describe` say of their languages: call it within; the answer changes it
 * for the requests after.
 */
export function acceptLanguage(): (header: string) => void {
  let said = 'en';
  beforeAll(() => {
    globalThis.fetch = (to, init) => {
      const headers = new Headers(init?.headers);
      headers.set('accept-language', said);
      return bare(to, { ...init, headers });
    };
  });
  afterAll(() => {
    globalThis.fetch = bare;
  });
  return (header) => {
    said = header;
  };
}
