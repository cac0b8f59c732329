// What a strict schema says about a body, as sentences for a test's output.
import type { z } from 'zod';

export function problemsOf(schema: z.ZodType, body: unknown): readonly string[] {
  const { error } = schema.safeParse(body);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
}

export function wrongHeader(
  headers: Readonly<Record<string, unknown>>,
  name: string,
  expected: RegExp,
): readonly string[] {
  const value = headers[name];
  return typeof value === 'string' && expected.test(value) ? [] : [`header ${name} is missing or wrong`];
}
