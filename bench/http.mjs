import http from 'node:http';

const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity, timeout: 30_000 });

/** One JSON request on a kept-alive connection. Throws when the answer has another status than expected. */
export async function request(url, { method = 'GET', token, body, expect }) {
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
  };
  const { status, answer } = await send(url, { method, headers }, text);
  if (status !== expect) throw new Error(`${method} ${new URL(url).pathname}: ${status} instead of ${expect}: ${answer.slice(0, 300)}`);
  return JSON.parse(answer);
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
