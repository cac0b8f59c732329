// What is wrong with a prompt file where its schema refuses it, in our own words: what was expected, what stands there.
import type { z } from 'zod';
import { markOutside } from '#support/mark-outside.ts';

type Issue = Exclude<z.core.$ZodIssue, { code: 'unrecognized_keys' }>;

/** Words that end a sentence about the place: "is missing: expected text", "expected a list, found `7`". */
export function sayIssue(issue: Issue, value: unknown): string {
  const found = at(value, issue.path);
  const expected = expectedBy(issue);
  return found === undefined
    ? `is missing: expected ${expected}`
    : `expected ${expected}, found ${show(found)}`;
}

function expectedBy(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return nameOf(issue.expected);
    case 'invalid_value':
      return issue.values.map(String).join(' or ');
    case 'too_big':
      return `at most ${issue.maximum}${unitOf(issue.origin)}`;
    case 'too_small':
      return `at least ${issue.minimum}${unitOf(issue.origin)}`;
    default:
      return issue.message.startsWith('expected ')
        ? issue.message.slice('expected '.length)
        : 'something else';
  }
}

function nameOf(type: string): string {
  const names: Readonly<Record<string, string>> = {
    array: 'a list',
    object: 'keys and values',
    string: 'text',
    int: 'a whole number',
    number: 'a number',
  };
  return names[type] ?? type;
}

function unitOf(origin: string): string {
  if (origin === 'array') return ' entries';
  return origin === 'string' ? ' characters' : '';
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let here = value;
  for (const part of path) {
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, part)) return undefined;
    here = Reflect.get(here, part);
  }
  return here;
}

function show(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'keys and values';
  return markOutside(String(value), 40);
}
