import type { Operation } from './operation.js';
import { SchemaView, TypeView } from './schema.view.js';

/** One call: what it takes, what it answers, and a form to try it. */
export function OperationView({ operation }: { operation: Operation }) {
  const { id, method, path, summary, description, needsToken, parameters, body } = operation;
  return (
    <section id={id} class="card" aria-labelledby={`${id}-name`}>
      <h2 id={`${id}-name`}>
        <span class="badge">{method.toUpperCase()}</span> <code>{path}</code>
      </h2>
      <p>{summary}</p>
      {description && <p>{description}</p>}
      {needsToken && (
        <p>
          Needs a token: <code>Authorization: Bearer …</code>
        </p>
      )}
      {parameters.length > 0 && (
        <dl>
          {parameters.map(({ name, in: place, required, description: meaning }) => (
            <div key={name}>
              <dt>
                <code>{name}</code> {`(${place}${required ? '' : ', optional'})`}
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      )}
      {body && (
        <details>
          <summary>Body</summary>
          <SchemaView schema={body} />
        </details>
      )}
      <Answers operation={operation} />
      <TryIt operation={operation} />
    </section>
  );
}

function Answers({ operation: { answers } }: { operation: Operation }) {
  return (
    <details>
      <summary>Answers</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">status</th>
            <th scope="col">when</th>
            <th scope="col">body</th>
          </tr>
        </thead>
        <tbody>
          {answers.map(({ status, description, schema }) => (
            <tr key={status}>
              <th scope="row">{status}</th>
              <td>{description}</td>
              <td>{schema ? <TypeView schema={schema} /> : 'none'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** Shown by the page's script, which sends what stands in it. */
function TryIt({ operation: { id, method, path, example } }: { operation: Operation }) {
  return (
    <form class="docs-try" data-method={method.toUpperCase()} data-path={path} hidden>
      {example !== '' && (
        <p class="field">
          <label for={`${id}-body`}>Body to send</label>
          <textarea
            id={`${id}-body`}
            name="body"
            rows={example.split('\n').length}
            spellcheck={false}
          >
            {example}
          </textarea>
        </p>
      )}
      <button
        type="submit"
        class="button button-secondary"
      >{`Try ${method.toUpperCase()} ${path}`}</button>
      <output aria-live="polite" />
    </form>
  );
}
