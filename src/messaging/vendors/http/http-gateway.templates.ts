import type { HttpGateway } from './http-gateway.js';
import { readJson } from '../gateway-answer.js';
import { fill, isNamed, PLACEHOLDERS, strangersIn, type Values } from './request-template.js';
import { parsedUrl } from '../../../common/net/parsed-url.js';

/**
 * Values that break what they are not safely written in: quotes, lines, angle brackets, a zero in
 * front.
 */
const SAMPLE: Values = {
  to: '+14155550100',
  to_digits: '14155550100',
  text: '012345 "is" <your> code.\n\n@host #012345',
  code: '012345',
  locale: 'en',
  ttl: '600',
  reference: 'AAECAwQFBgcICQoLDA0ODw',
  callback_url: 'https://accounts.example.com/delivery/http/AAECAwQFBgcICQoLDA0ODw',
  country: 'US',
};

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Headers that are the connection's own. */
const RESERVED = [
  'host',
  'content-length',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'expect',
  'te',
  'trailer',
];

/** What is wrong with the templates of a gateway: sentences that name the setting. */
export function problemsOfTemplates(gateway: HttpGateway): string[] {
  return [
    ...problemsOfUrl(gateway.url).map((problem) => `HTTP_SMS_URL: ${problem}`),
    ...problemsOfHeaders(gateway.headers).map((problem) => `HTTP_SMS_HEADERS: ${problem}`),
    ...problemsOfBody(gateway).map((problem) => `HTTP_SMS_BODY: ${problem}`),
    ...problemsOfAll(gateway),
  ];
}

function problemsOfUrl(url: string): string[] {
  const authority = /^https?:\/\/([^/?#]*)/i.exec(url)?.[1];
  if (authority === undefined || authority === '')
    return ['must be an address that begins with https://'];
  if (authority.includes('{')) return ['must have no placeholder in its host'];
  if (authority.includes('@'))
    return ['must hold no name or password before its host; put them into HTTP_SMS_HEADERS'];
  if (url.includes('#')) return ['must have no #; what follows is never sent'];
  if (/\s/.test(url) || !parsedUrl(fill(url, SAMPLE, 'url'))) return ['is no address'];
  return problemsOfPlaceholders(url);
}

/** Header values are often secret, so none is shown. */
function problemsOfHeaders(headers: HttpGateway['headers']): string[] {
  return Object.entries(headers).flatMap(([name, template]) => {
    if (!TOKEN.test(name)) return ['has a name that is none of a header'];
    if (RESERVED.includes(name.toLowerCase())) return [`${name} is not for a setting to say`];
    if (/[^ -~]/.test(template)) return [`${name} must be one line of plain ASCII`];
    if (problemsOfPlaceholders(template).length > 0)
      return [`${name} has a word in braces that is no placeholder`];
    return isNamed([template], 'text')
      ? [`${name} cannot carry {text}, which has several lines; {code} is one word`]
      : [];
  });
}

function problemsOfBody({ method, headers, body }: HttpGateway): string[] {
  if (body === undefined) return [];
  if (method === 'GET') return ['is nothing that a GET has; use POST or PUT'];
  if (body.context === undefined) {
    const type = Object.keys(headers).find((name) => name.toLowerCase() === 'content-type') ?? '';
    return [`${type} must be JSON, a form, XML or plain text, for values to be written safely`];
  }
  const problems = problemsOfPlaceholders(body.template);
  if (
    problems.length > 0 ||
    body.context !== 'json' ||
    readJson(fill(body.template, SAMPLE, 'json')) !== undefined
  )
    return problems;
  return [
    'is no JSON; placeholders stand inside quotes, only {ttl} and {to_digits} may do without',
  ];
}

function problemsOfAll({ url, headers, body, receipts }: HttpGateway): string[] {
  const templates = [url, ...Object.values(headers), body?.template ?? ''];
  const where = 'in the address, a header or the body';
  return [
    ...(isNamed(templates, 'to', 'to_digits')
      ? []
      : [`HTTP_SMS_URL: {to} or {to_digits} must stand ${where}`]),
    ...(isNamed(templates, 'text', 'code')
      ? []
      : [`HTTP_SMS_URL: {text} or {code} must stand ${where}`]),
    ...(receipts === undefined && isNamed(templates, 'callback_url')
      ? ['HTTP_SMS_RECEIPT_SECRET: is required where {callback_url} asks for receipts']
      : []),
  ];
}

function problemsOfPlaceholders(template: string): string[] {
  const [stranger] = strangersIn(template);
  if (stranger !== undefined) {
    return [
      `{${stranger}} is no placeholder; there are ${PLACEHOLDERS.map((name) => `{${name}}`).join(', ')}`,
    ];
  }
  return /\{\{\s*\w+\s*\}\}/.test(template)
    ? ['placeholders have one brace on each side, e.g. {to}']
    : [];
}
