import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

interface Content {
  content?: Record<string, { schema: object }>;
}

interface Operation {
  requestBody?: Content;
  responses: Record<string, Content>;
}

interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: object;
}

/**
 * A suite for which a vendor's own description (a file of SPECS_DIR) is needed; named as skipped
 * where there is none.
 */
export const withDescriptions = process.env['SPECS_DIR'] ? describe : describe.skip;

/** Formats that a vendor names and no validator knows: words about a string, no rules. */
const VENDOR_FORMATS = ['phone-number', 'date-time-rfc-2822', 'currency', 'uri-map'];

/**
 * Judges forms sent and JSON answered by a vendor's OpenAPI 3.0 file. What the file does not name
 * is a fault too.
 */
export class OpenApiJudge {
  private readonly description: Description;

  /** `file` lies in SPECS_DIR. */
  constructor(file: string) {
    this.description = JSON.parse(
      readFileSync(path.join(process.env['SPECS_DIR'] ?? '', file), 'utf8'),
    ) as Description;
  }

  /** Faults of a form, of which all values came as text. */
  faultsOfForm(method: string, template: string, form: Record<string, string>): string[] {
    const { requestBody } = this.operation(method, template);
    return this.judge(
      requestBody?.content?.['application/x-www-form-urlencoded'],
      { ...form },
      true,
    );
  }

  faultsOfAnswer(method: string, template: string, status: number, body: unknown): string[] {
    const response = this.operation(method, template).responses[status];
    return this.judge(response?.content?.['application/json'], body, false);
  }

  private operation(method: string, template: string): Operation {
    const operation = this.description.paths[template]?.[method];
    if (!operation) throw new Error(`No ${method} ${template} is described.`);
    return operation;
  }

  private judge(
    described: { schema: object } | undefined,
    value: unknown,
    coerceTypes: boolean,
  ): string[] {
    if (!described) return ['is not described'];
    const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes });
    addFormats.default(ajv);
    for (const format of VENDOR_FORMATS) ajv.addFormat(format, true);
    const { components } = this.description;
    ajv.validate({ ...this.closed(described.schema), components }, value);
    return (ajv.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  /**
   * The schema itself, of which a reference is only the name, with nothing allowed beside its
   * properties.
   */
  private closed(schema: object): object {
    const reference = '$ref' in schema ? String(schema.$ref) : undefined;
    const names = reference?.replace('#/', '').split('/') ?? [];
    const root: unknown = reference === undefined ? schema : this.description;
    const found = names.reduce((at, name) => (at as Record<string, unknown>)[name], root);
    return { ...(found as object), additionalProperties: false };
  }
}
