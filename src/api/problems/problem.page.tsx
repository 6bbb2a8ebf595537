import { staticAddress } from '../../common/kept-files.js';
import { Fragment } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { ERROR_TABLE, type ErrorCode } from '../../common/errors/error-table.js';
import { FIELD_ERROR_CODES } from '../../common/errors/field-error-codes.js';
import { PROBLEMS_PATH } from '../../common/errors/problem-type.js';
import { PROBLEM_TEXTS } from './problem-texts.js';

const FIELD_CODES = FIELD_ERROR_CODES.map((code) => `\`${code}\``).join(', ');

/** What a `type` address answers: when this code comes, and what to do. */
export function problemPage(code: ErrorCode): string {
  const { status, title } = ERROR_TABLE[code];
  return page(
    code,
    <>
      <h1>
        <code>{code}</code>
      </h1>
      <p>{`${status}: ${title}`}</p>
      <p>
        <Marked text={PROBLEM_TEXTS[code]} />
      </p>
      <p>
        <a href={PROBLEMS_PATH}>All errors of the API</a>
      </p>
    </>,
  );
}

/** Every code on one page. */
export function problemsPage(): string {
  return page(
    'Errors',
    <>
      <h1>Errors of the API</h1>
      <p>
        Every refusal is <code>application/problem+json</code>. Branch on <code>code</code>; the
        sentences may change.
      </p>
      <dl>
        {(Object.keys(ERROR_TABLE) as ErrorCode[]).map((code) => (
          <div key={code}>
            <dt>
              <a href={`${PROBLEMS_PATH}/${code}`}>
                <code>{code}</code>
              </a>{' '}
              {ERROR_TABLE[code].status}
            </dt>
            <dd>
              <Marked text={PROBLEM_TEXTS[code]} />
            </dd>
          </div>
        ))}
      </dl>
      <h2>Of a field</h2>
      <p>
        Each of <code>errors</code> has a <code>code</code> too: <Marked text={FIELD_CODES} />. More
        may come: take one that you do not know for <code>invalid</code>.
      </p>
    </>,
  );
}

/** Text in which `…` is code. */
function Marked({ text }: { text: string }) {
  const parts = text.split('`');
  return (
    <>
      {parts.map((part, at) =>
        at % 2 === 1 ? <code key={at}>{part}</code> : <Fragment key={at}>{part}</Fragment>,
      )}
    </>
  );
}

const page = (title: string, content: preact.ComponentChildren): string =>
  `<!doctype html>${renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Ringback API`}</title>
        <link rel="icon" href={staticAddress('favicon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={staticAddress('ringback.css')} />
      </head>
      <body>
        <main id="main">{content}</main>
      </body>
    </html>,
  )}`;
