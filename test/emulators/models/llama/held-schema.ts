// JSON Schema → the part of it that the grammar holds a model to, with every length bounded: random weights never come to an end by themselves.
import type { GbnfJsonSchema } from 'node-llama-cpp';

type Json = Readonly<Record<string, unknown>>;

const LONGEST_TEXT = 24;
const MOST_ITEMS = 2;

/** Numbers are of a few values within their bounds, for the grammar has no bounds; every property is written. */
export function heldSchema(schema: unknown): GbnfJsonSchema {
  const { type, properties, items, anyOf, oneOf, ...rest } = schema as Json;
  if (rest.const !== undefined) return { const: rest.const as string };
  if (rest.enum !== undefined) return { enum: rest.enum as string[] };
  const choices =
    anyOf ?? oneOf ?? (Array.isArray(type) ? type.map((one) => ({ ...(schema as Json), type: one })) : null);
  if (Array.isArray(choices)) return { oneOf: choices.map(heldSchema) };
  switch (type) {
    case 'object': {
      const held = Object.entries((properties ?? {}) as Json).map(
        ([name, inner]) => [name, heldSchema(inner)] as const,
      );
      return { type, properties: Object.fromEntries(held) };
    }
    case 'array': {
      const least = Number(rest.minItems ?? 0);
      const most = Math.min(Number(rest.maxItems ?? MOST_ITEMS), Math.max(MOST_ITEMS, least));
      return { type, items: heldSchema(items ?? { type: 'null' }), minItems: least, maxItems: most };
    }
    case 'string': {
      const least = Number(rest.minLength ?? 0);
      const most = Math.max(least, LONGEST_TEXT);
      return { type, minLength: least, maxLength: Math.min(Number(rest.maxLength ?? most), most) };
    }
    case 'number':
    case 'integer':
      return { enum: someNumbers(rest, type) };
    default:
      return { type: type === 'boolean' ? 'boolean' : 'null' };
  }
}

function someNumbers({ minimum = 0, maximum }: Json, type: 'number' | 'integer'): readonly number[] {
  const low = Number(minimum);
  const high = Number(maximum ?? low + 4);
  const numbers = [0, 0.25, 0.5, 0.75, 1].map((share) => low + share * (high - low));
  return [...new Set(type === 'integer' ? numbers.map(Math.round) : numbers)];
}
