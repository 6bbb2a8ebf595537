import { ErrorPage } from './error.page.js';
import { renderPage } from './render.js';

const next = { href: '/login/', label: 'Log in again' };

it('says what happened, when to try again, and where to go on', () => {
  const html = renderPage(
    <ErrorPage
      status={429}
      title="Too many requests."
      requestId="r-1"
      retryAfter={90}
      next={next}
    />,
  );
  expect(html).toMatch(
    /Error 429.*<h1>Too many requests\.<\/h1>.*90 seconds.*href="\/login\/">Log in again.*r-1/,
  );
});

it('names no wait where there is none', () => {
  expect(
    renderPage(<ErrorPage status={404} title="Nothing here." requestId="r-1" next={next} />),
  ).not.toContain('try again in');
});
