import { z } from 'zod';
import {
  GATEWAY_REFUSALS,
  GATEWAY_STATUSES,
  type GatewayRefusal,
  type GatewayStatus,
  type HttpGateway,
  type HttpGatewayEnvironment,
} from './http-gateway.js';
import { readJson } from '../gateway-answer.js';
import { problemsOfTemplates } from './http-gateway.templates.js';
import { isJsonPointer } from '../../../common/errors/json-pointer.js';
import { contextOf } from './request-template.js';

/** A part of the settings as it was read, or why it could not be, as the end of a sentence. */
interface Part<T> {
  value?: T;
  problem?: string;
}

/** As for SECRET_KEY: 128 random bits in hexadecimal digits. */
const LEAST_SECRET = 32;

/**
 * Reads the settings of a gateway:
 * - `HTTP_SMS_HEADERS` is a JSON object of texts;
 * - `HTTP_SMS_SUCCESS` is `POINTER` or `POINTER=VALUE`, the value a JSON one where it can be;
 * - `HTTP_SMS_REASONS` is `POINTER;WORD=REASON;WORD=REASON`, and `HTTP_SMS_STATUSES` is
 * `WORD=STATUS;WORD=STATUS`.
 *
 * Problems are sentences that name their setting and tell no secret; with any of them the gateway
 * is of no use.
 */
export function readHttpGateway(env: HttpGatewayEnvironment): {
  gateway: HttpGateway;
  problems: readonly string[];
} {
  const parts = {
    HTTP_SMS_HEADERS: readHeaders(env.HTTP_SMS_HEADERS ?? '{}'),
    HTTP_SMS_SUCCESS: readSuccess(env.HTTP_SMS_SUCCESS),
    HTTP_SMS_ID: readPointer(env.HTTP_SMS_ID),
    HTTP_SMS_REASONS: readReasons(env.HTTP_SMS_REASONS),
    HTTP_SMS_RECEIPT_SECRET: readSecret(env.HTTP_SMS_RECEIPT_SECRET),
    HTTP_SMS_STATUSES: readWords(env.HTTP_SMS_STATUSES, GATEWAY_STATUSES),
  };
  const secret = parts.HTTP_SMS_RECEIPT_SECRET.value;
  const gateway: HttpGateway = {
    url: env.HTTP_SMS_URL ?? '',
    method: env.HTTP_SMS_METHOD,
    ...withType(parts.HTTP_SMS_HEADERS.value ?? {}, env.HTTP_SMS_BODY),
    success: parts.HTTP_SMS_SUCCESS.value,
    id: parts.HTTP_SMS_ID.value,
    reasons: parts.HTTP_SMS_REASONS.value,
    receipts:
      secret === undefined
        ? undefined
        : { secret, statuses: parts.HTTP_SMS_STATUSES.value ?? new Map() },
  };
  const unread = Object.entries(parts).flatMap(([name, { problem }]) =>
    problem === undefined ? [] : [`${name}: ${problem}`],
  );
  return { gateway, problems: [...unread, ...problemsOfTemplates(gateway)] };
}

const Headers = z.record(z.string(), z.string());

function readHeaders(text: string): Part<Record<string, string>> {
  const headers = Headers.safeParse(readJson(text)).data;
  return headers
    ? { value: headers }
    : { problem: 'must be a JSON object of texts, e.g. {"Authorization": "Bearer KEY"}' };
}

/** A body has a type: the one that is given, else JSON for what begins like it, else a form. */
function withType(
  headers: Record<string, string>,
  template: string | undefined,
): Pick<HttpGateway, 'headers' | 'body'> {
  if (template === undefined) return { headers };
  const given = Object.entries(headers).find(
    ([name]) => name.toLowerCase() === 'content-type',
  )?.[1];
  const type =
    given ?? (/^\s*[[{]/.test(template) ? 'application/json' : 'application/x-www-form-urlencoded');
  const body = { template, context: contextOf(type) };
  return { headers: given === undefined ? { ...headers, 'Content-Type': type } : headers, body };
}

function readSuccess(text: string | undefined): Part<NonNullable<HttpGateway['success']>> {
  if (text === undefined) return {};
  const [at = '', ...rest] = text.split('=');
  const { problem } = readPointer(at);
  if (problem !== undefined) return { problem };
  if (rest.length === 0) return { value: { at } };
  const wanted = rest.join('=');
  const json = readJson(wanted);
  if (typeof json === 'object' && json !== null)
    return { problem: 'must have a text, a number, true, false or null after =' };
  return { value: { at, is: json === undefined ? wanted : json } };
}

function readPointer(text: string | undefined): Part<string> {
  if (text === undefined) return {};
  if (text === '' || !isJsonPointer(text))
    return { problem: 'must begin with a JSON pointer, e.g. /messages/0/status' };
  return { value: text };
}

function readReasons(text: string | undefined): Part<NonNullable<HttpGateway['reasons']>> {
  if (text === undefined) return {};
  const [pointer = '', ...pairs] = text.split(';');
  const { value: at, problem } = readPointer(pointer.trim());
  if (at === undefined) return { problem };
  const { value: means, problem: problemOfWords } = readWords(pairs.join(';'), GATEWAY_REFUSALS);
  if (means === undefined) return { problem: problemOfWords };
  if (means.size === 0)
    return { problem: 'must say what a word means, e.g. /error/code;21=invalid_number' };
  return { value: { at, means } };
}

function readSecret(text: string | undefined): Part<string> {
  if (text === undefined) return {};
  return text.length >= LEAST_SECRET
    ? { value: text }
    : { problem: `must have at least ${LEAST_SECRET} characters` };
}

function readWords<Word extends GatewayRefusal | GatewayStatus>(
  text: string | undefined,
  words: readonly Word[],
): Part<ReadonlyMap<string, Word>> {
  const pairs = (text ?? '').split(';').filter((pair) => pair.trim() !== '');
  const read = pairs.flatMap((pair) => {
    const [, theirs, given] = /^\s*(.*\S)\s*=\s*(\w+)\s*$/.exec(pair) ?? [];
    const ours = words.find((word) => word === given);
    return theirs === undefined || ours === undefined ? [] : [[theirs, ours] as const];
  });
  if (read.length === pairs.length) return { value: new Map(read) };
  return {
    problem: `must be WORD=OURS, separated by semicolons, ours being one of ${words.join(', ')}`,
  };
}
