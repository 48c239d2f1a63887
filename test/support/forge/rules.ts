import { fileURLToPath } from 'node:url';
import { OpenAPIBackend } from 'openapi-backend';

export type ForgeRequest = {
  method: string;
  /** Below the API's base, with its query. */
  path: string;
  headers: Record<string, string>;
  body: unknown;
};

export type Refused = { status: number; body: object };

/** Judges a request: undefined when GitHub would take it. */
export type Rules = (request: ForgeRequest) => Refused | undefined;

const subset = new URL('../../fixtures/github-openapi-subset.json', import.meta.url);

/** GitHub's own description of its API, and the limits that it only states in prose. */
export async function makeRules(): Promise<Rules> {
  const api = new OpenAPIBackend({
    definition: fileURLToPath(subset),
    quick: true,
    ajvOpts: { strict: false },
    customizeAjv: (ajv) =>
      ajv.addFormat('date-time', (text: string) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text))),
  });
  await api.init();
  return ({ method, path, headers, body }) => {
    const [bare = '', query = ''] = path.split('?');
    const request = { method, path: bare, query, headers, body };
    const operation = api.matchOperation(request);
    if (operation === undefined) return { status: 404, body: { message: 'Not Found' } };
    const { valid, errors } = api.validateRequest(request, operation);
    if (!valid) {
      return {
        status: 422,
        body: {
          message: 'Invalid request.',
          errors: errors?.map(({ instancePath, message }) => ({ message: `${instancePath} ${message ?? ''}` })),
        },
      };
    }
    return toTooLong(bare, body);
  };
}

function toTooLong(path: string, body: unknown): Refused | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const text: unknown = Reflect.get(body, 'body');
  if (/\/comments(?:\/\d+)?$/.test(path) && typeof text === 'string' && Array.from(text).length > 65_536) {
    const message = 'Body is too long (maximum is 65536 characters)';
    return {
      status: 422,
      body: {
        message: 'Validation Failed',
        errors: [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message }],
      },
    };
  }
  const output: unknown = Reflect.get(body, 'output');
  const summary: unknown = typeof output === 'object' && output !== null ? Reflect.get(output, 'summary') : undefined;
  // Bytes, whatever the description says.
  if (typeof summary === 'string' && Buffer.byteLength(summary) > 65_535) {
    return {
      status: 422,
      body: { message: 'Invalid request.\n\nOnly 65535 characters are allowed; "summary" exceeds the maximum.' },
    };
  }
  return undefined;
}
