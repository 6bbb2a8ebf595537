import type { TestApp } from '../start-app.js';
import type { Field } from './work.js';

/** What the panel's page is told of its resources. */
interface Resource {
  id: string;
  filterProperties: { propertyPath: string }[];
  editProperties: { propertyPath: string }[];
  resourceActions: { name: string }[];
}

const BOUNDARY = 'x-boundary-x';

/** A request of the panel's page by somebody who holds this session. */
const ask = ({ app }: TestApp, token: string) => ({
  get: (url: string) =>
    app.inject({ url, headers: { cookie: `session=${token}`, 'sec-fetch-site': 'same-origin' } }),
  post: (url: string, name: string, text: string) =>
    app.inject({
      method: 'POST',
      url,
      headers: {
        cookie: `session=${token}`,
        'sec-fetch-site': 'same-origin',
        'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      },
      payload: `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n--${BOUNDARY}--\r\n`,
    }),
});

/**
 * Every filter of every resource, and every field of the forms for new and changed records, as the
 * panel's page has them.
 */
export async function panelFields(
  app: TestApp,
  token: string,
  recordId: number,
): Promise<{ filters: Field[]; forms: Field[] }> {
  const { get, post } = ask(app, token);
  const resources = resourcesIn((await get('/admin')).body);
  return {
    filters: resources.flatMap(({ id, filterProperties }) =>
      filterProperties.map(({ propertyPath }) => ({
        name: `filter ${id} ${propertyPath}`,
        send: (text: string) =>
          get(`/admin/api/resources/${id}/actions/list?filters.${propertyPath}=${inAddress(text)}`),
      })),
    ),
    forms: resources.flatMap(({ id, editProperties }) =>
      editProperties.flatMap(({ propertyPath }) =>
        [`actions/new`, `records/${recordId}/edit`].map((action) => ({
          name: `panel ${id} ${action} ${propertyPath}`,
          send: (text: string) => post(`/admin/api/resources/${id}/${action}`, propertyPath, text),
        })),
      ),
    ),
  };
}

/** The same bytes in a form of no resource. */
export const unreadForm = (app: TestApp, token: string) => (text: string) =>
  ask(app, token).post('/admin/api/resources/users/actions/new', 'unread', text);

export const unreadFilter = (app: TestApp, token: string) => (text: string) =>
  ask(app, token).get(`/admin/api/resources/users/actions/list?unread=${inAddress(text)}`);

const inAddress = (text: string): string =>
  encodeURIComponent(Buffer.from(text).toString()).slice(0, 12_000);

function resourcesIn(html: string): Resource[] {
  const state =
    /REDUX_STATE\s*=\s*(\{.*?\})\s*;?\s*(?:<\/script>|\n\s*window)/s.exec(html)?.[1] ?? '{}';
  return (JSON.parse(state) as { resources?: Resource[] }).resources ?? [];
}
