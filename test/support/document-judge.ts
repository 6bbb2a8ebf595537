import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { ApiDocument } from './strict-api.js';

/** Holds answers against an OpenAPI 3.1 document: status, content type, body and headers. */
export class DocumentJudge {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });

  constructor(private readonly document: ApiDocument) {
    addFormats.default(this.ajv);
    this.ajv.addSchema({ ...document, $id: 'document' });
  }

  /** What of an answer is not as the document says; nothing of an address that it does not name. */
  faults(method: string, path: string, answer: Response, text: string): string[] {
    const told = this.document.paths[path]?.[method.toLowerCase()]?.responses[answer.status];
    if (!told) return [`${answer.status} is not documented: ${text}`];
    const headers = Object.keys(told.headers ?? {}).map((name) => name.toLowerCase());
    const faults = [
      'retry-after',
      'ratelimit',
      'ratelimit-policy',
      'www-authenticate',
      'x-request-id',
    ]
      .filter((name) => answer.headers.has(name) && !headers.includes(name))
      .map((name) => `${name} is not documented at ${answer.status}`);
    const [[type, content] = []] = Object.entries(told.content ?? {});
    if (type === undefined || content === undefined)
      return [...faults, ...(text === '' ? [] : [`a body at ${answer.status}`])];
    const given = answer.headers.get('content-type')?.split(';')[0];
    if (given !== type) faults.push(`${given} is not ${type}`);
    const body = JSON.parse(text) as { code?: string };
    const validate = this.ajv.getSchema(content.schema.$ref.replace('#', 'document#'));
    if (!validate) throw new Error(`${content.schema.$ref} leads nowhere.`);
    void validate(body);
    faults.push(
      ...(validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`),
    );
    const isTold = answer.status < 400 || told.description.split(', ').includes(String(body.code));
    if (!isTold) faults.push(`${body.code} is not documented`);
    return faults;
  }
}
