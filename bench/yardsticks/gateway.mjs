// An SMS gateway that takes every text at once, or after DELAY milliseconds as `PUT
// /delay/MILLISECONDS` says; `/code/DIGITS` gives the last code.
import http from 'node:http';

let delay = 0;
const codes = new Map();
const ACCEPTED = JSON.stringify({
  'message-count': '1',
  messages: [{ status: '0', 'message-id': 'bench' }],
});

async function take(request) {
  let body = '';
  for await (const part of request) body += part;
  const form = new URLSearchParams(body);
  codes.set(form.get('to'), /\d{6}/.exec(form.get('text') ?? '')?.[0]);
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
  return ACCEPTED;
}

const server = http.createServer(async (request, response) => {
  const [, name, value] = request.url.split('/');
  if (name === 'delay') delay = Number(value);
  const text = name === 'sms' ? await take(request) : JSON.stringify({ code: codes.get(value) });
  response.writeHead(200, { 'content-type': 'application/json' }).end(text);
});
server.listen(Number(process.env.PORT), '127.0.0.1');
