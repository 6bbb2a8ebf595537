import http from 'node:http';

const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity, timeout: 30_000 });

/**
 * One JSON request on a kept-alive connection. Throws when the answer has another status than
 * expected.
 */
export async function request(url, options) {
  return (await timedRequest(url, options)).body;
}

/**
 * The same; gives the milliseconds until the answer was there beside its body. Any status is right
 * where none is expected.
 */
export async function timedRequest(url, { method = 'GET', token, body, headers: further, expect }) {
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    ...further,
  };
  const since = performance.now();
  const { status, answer } = await send(url, { method, headers }, text);
  const ms = performance.now() - since;
  if (expect !== undefined && status !== expect) {
    throw new Error(
      `${method} ${new URL(url).pathname}: ${status} instead of ${expect}: ${answer.slice(0, 300)}`,
    );
  }
  return { ms, body: JSON.parse(answer) };
}

function send(url, options, text) {
  return new Promise((resolve, reject) => {
    const call = http.request(url, { agent, ...options }, (response) => {
      let answer = '';
      response.setEncoding('utf8').on('data', (part) => (answer += part));
      response.on('end', () => resolve({ status: response.statusCode, answer }));
    });
    call.on('error', reject).end(text);
  });
}
