import { contentSecurityPolicy, securePage } from './panel.html.js';

const page = (state: string) => `<head>
      <script>
        window.REDUX_STATE = ${state};
        window.THEME = {"a":"</script>"};
        window.AdminJS = { Components: {} };
      </script>
      <link rel="stylesheet" href="https://fonts.googleapis.com/css?family=Roboto:300" type="text/css">
      <script src="/admin/frontend/assets/app.bundle.js"></script>
    </head>`;

it.each(['</script><script>alert(1)</script>', '<!--<script>', '\u2028', '&lt;'])(
  'what stands in the state stays in it: %s',
  (name) => {
    const { html } = securePage(page(JSON.stringify({ name })));
    const state = /window\.REDUX_STATE = (.*);\n/.exec(html)?.[1] ?? '';
    expect(state).not.toMatch(/[<>\u2028]/);
    expect(JSON.parse(state)).toEqual({ name });
    expect(html.match(/<\/script>/g)).toHaveLength(2);
  },
);

it('every script has the nonce of the policy, and each page another one', () => {
  const [one, two] = [securePage(page('{}')), securePage(page('{}'))];
  expect(one.html.match(/<script/g)).toHaveLength(2);
  expect(one.html.split(`nonce="${one.nonce}"`)).toHaveLength(3);
  expect(contentSecurityPolicy(one.nonce)).toContain(`script-src 'self' 'nonce-${one.nonce}';`);
  expect(one.nonce).not.toBe(two.nonce);
});

it('nothing is fetched from elsewhere', () => {
  expect(securePage(page('{}')).html).not.toContain('googleapis');
});
