import { z } from 'zod';
import { clip, TEXT_LIMITS, type TextKind } from '../limits/text-limits.js';

/**
 * A string of a schema that reads what others send. What is longer than its kind may be is cut to
 * one code unit more: it stays too long, so that the rule behind refuses it with its own sentence
 * beside all other errors, and nobody computes from the rest.
 */
export const bounded = (kind: TextKind, params?: Parameters<typeof z.string>[0]) =>
  z
    .string(params)
    .overwrite((text) => clip(text, kind))
    .meta({ maxLength: TEXT_LIMITS[kind] });
