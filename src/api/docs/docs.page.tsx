import type { OpenAPIObject } from '@nestjs/swagger';
import { renderToString } from 'preact-render-to-string';
import { fileURLToPath } from 'node:url';
import { addressOf, staticAddress } from '../../common/kept-files.js';
import { operationsOf } from './operation.js';
import { OperationView } from './operation.view.js';
import { SchemaView, type Schema } from './schema.view.js';

const own = (name: string) =>
  addressOf(`/docs/ui/${name}`, fileURLToPath(new URL(`./static/${name}`, import.meta.url)));

/**
 * The API's documentation as one page of our own, made from the OpenAPI document: readable without
 * JavaScript, and with it each call can be tried. The usual viewers report their installation to
 * somebody, or bring hundreds of packages.
 */
export function docsPage(document: OpenAPIObject): string {
  const operations = operationsOf(document);
  const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, Schema>);
  return `<!doctype html>${renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta
          name="description"
          content={`The JSON API of ${document.info.title}: every call, what it takes and answers.`}
        />
        <title>{`API · ${document.info.title}`}</title>
        <link rel="icon" href={staticAddress('favicon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={staticAddress('ringback.css')} />
        <link rel="stylesheet" href={own('docs.css')} />
        <script src={own('docs.js')} defer />
      </head>
      <body>
        <a class="skip-link" href="#main">
          Skip to the content
        </a>
        <main id="main" class="docs" tabIndex={-1}>
          <h1>{`${document.info.title} API`}</h1>
          <p>{document.info.description}</p>
          <p>
            The same as a file for programs: <a href="/docs-json">OpenAPI {document.openapi}</a>.
          </p>
          <p class="docs-token" hidden>
            <label for="token">Token for the calls that you try here</label>
            <input
              id="token"
              type="text"
              autoComplete="off"
              spellcheck={false}
              aria-describedby="token-hint"
            />
            <span id="token-hint">A session answer fills it in. It is kept on this page only.</span>
          </p>
          <nav aria-label="Calls">
            <ul>
              {operations.map(({ id, method, path }) => (
                <li key={id}>
                  <a href={`#${id}`}>{`${method.toUpperCase()} ${path}`}</a>
                </li>
              ))}
            </ul>
          </nav>
          {operations.map((operation) => (
            <OperationView key={operation.id} operation={operation} />
          ))}
          <h2>What bodies and answers hold</h2>
          {schemas.map(([name, schema]) => (
            <section
              key={name}
              id={`schema-${name}`}
              class="card"
              aria-labelledby={`schema-${name}-name`}
            >
              <h3 id={`schema-${name}-name`}>{name}</h3>
              <SchemaView schema={schema} />
            </section>
          ))}
        </main>
      </body>
    </html>,
  )}`;
}
