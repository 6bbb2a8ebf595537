import { originProblem } from './allowed-origins.js';

describe('ALLOWED_ORIGINS', () => {
  it.each([
    'https://app.example',
    'https://app.example:8443',
    'http://localhost:5173',
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
    'https://xn--bcher-kva.example',
    'capacitor://localhost',
    'ionic://localhost',
    'tauri://localhost',
    'app://obsidian.md',
    'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
    'moz-extension://0f6a9a2c-3f5b-4c58-9d5c-1f7c2f6d7c11',
  ])('takes %s', (origin) => expect(originProblem(origin)).toBeUndefined());

  it.each([
    ['*', 'any site'],
    ['https://*.app.example', 'any site'],
    ['null', 'cannot be allowed'],
    ['file:///', 'cannot be allowed'],
    ['file://', 'cannot be allowed'],
    ['data:text/html,x', 'cannot be allowed'],
    ['https://app.example/', 'write https://app.example'],
    ['capacitor://localhost/', 'write capacitor://localhost'],
    ['https://app.example/shop', 'has a path'],
    ['https://app.example/?x', 'has a path'],
    ['https://app.example#x', 'has a path'],
    ['https://me@app.example', 'user name'],
    ['HTTPS://app.example', 'write https://app.example'],
    ['https://App.Example', 'write https://app.example'],
    ['https://app.example:443', 'write https://app.example'],
    ['http://app.example:80', 'write http://app.example'],
    ['https://bücher.example', 'write https://xn--bcher-kva.example'],
    ['app.example', 'is no origin'],
    ['//app.example', 'is no origin'],
    ['https://', 'is no origin'],
    ['localhost:5173', 'is no origin'],
    ['https://a b.example', 'is no origin'],
    [`https://${'a'.repeat(400)}.example`, 'is no origin'],
    ['capacitor://', 'is no origin'],
    ['mailto:me@app.example', 'is no origin'],
  ])('refuses %s in a sentence', (origin, why) => {
    expect(originProblem(origin)).toContain(why);
  });
});
