// Whether a call has the form that a catalogue entry describes: surely, surely not, or unknown.

import { allConstants, isFixed, someConstant, type Value } from '../code/evaluate/value.ts';
import type { CallExpression, Constant } from '../code/ir.ts';
import type { Condition } from './catalog-schema.ts';
import type { Seen } from './place.ts';
import { indexOfArgument } from './sink.ts';

/** True when all conditions surely hold, false when one surely does not, else null. */
export function holds(conditions: readonly Condition[], seen: Seen): boolean | null {
  const results = conditions.map((condition) => holdsOne(condition, seen));
  if (results.includes(false)) return false;
  return results.includes(null) ? null : true;
}

function holdsOne(condition: Condition, seen: Seen): boolean | null {
  const { node, values } = seen.observation;
  if (node.kind !== 'call') {
    const [value] = values;
    return value === undefined ? null : testValue(condition, value, false);
  }
  const hasSpread = node.arguments.some(({ value }) => value.kind === 'spread');
  if (condition.count !== undefined) {
    const given = node.arguments.filter(({ name }) => name === null).length;
    return hasSpread ? null : given >= condition.count;
  }
  if (condition.argument === undefined) return null;
  const found = findValue(condition, node, values);
  if (found === 'unknown' || (found === null && hasSpread)) return null;
  if (condition.is === 'absent') return found === null;
  if (condition.is === 'present') return found !== null;
  // A switch that is left out is off.
  if (condition.is === 'not-true' && found === null) return true;
  return found === null ? false : testValue(condition, found.value, found.isList);
}

interface Found {
  readonly value: Value;
  readonly isList: boolean;
}

function findValue(
  condition: Condition,
  node: CallExpression,
  values: readonly Value[],
): Found | 'unknown' | null {
  const wanted = Array.isArray(condition.argument) ? condition.argument : [condition.argument ?? 0];
  const index = wanted.map((which) => indexOfArgument(node.arguments, which)).find((at) => at >= 0);
  const argument = index === undefined ? undefined : node.arguments[index];
  const value = index === undefined ? undefined : values[index];
  if (argument === undefined || value === undefined) return null;
  if (condition.setting !== undefined) return findSetting(condition.setting, value);
  if (condition.property === undefined)
    return { value, isList: argument.value.kind === 'list' || value.elements !== null };
  return findProperty(condition.property, argument.value);
}

/** What was set on a new object that nobody else holds. */
function findSetting(name: string, value: Value): Found | 'unknown' | null {
  const isOpen = value.isOpen ?? value.doubts.some(({ kind }) => kind === 'shared' || kind === 'captured');
  if (!value.isContainer || isOpen) return 'unknown';
  const constant = value.settings.get(name);
  if (constant === undefined) return null;
  return constant === null
    ? 'unknown'
    : { value: { ...someConstant(), constants: [constant] }, isList: false };
}

function findProperty(
  name: string,
  literal: CallExpression['arguments'][number]['value'],
): Found | 'unknown' | null {
  if (literal.kind !== 'map') return 'unknown';
  for (const { key, value } of literal.entries) {
    const text = key.kind === 'constant' ? key.constant.value : key.kind === 'name' ? key.name : null;
    if (text === null || value.kind === 'spread') return 'unknown';
    if (text !== name) continue;
    if (value.kind !== 'constant')
      return value.kind === 'list' ? { value: someConstant(), isList: true } : 'unknown';
    return {
      value: { ...someConstant(value.constant.kind === 'string'), constants: [value.constant] },
      isList: false,
    };
  }
  return null;
}

function testValue(condition: Condition, value: Value, isList: boolean): boolean | null {
  const constants = allConstants(value);
  if (condition.path !== undefined)
    return value.paths.length === 1 && value.paths[0] === condition.path ? true : null;
  if (condition.matches !== undefined) {
    const pattern = new RegExp(condition.matches, 'i');
    return every(constants, (constant) => pattern.test(String(constant.value)));
  }
  switch (condition.is) {
    case 'constant':
      return isFixed(value) ? true : null;
    case 'list':
      return isList ? true : constants !== null || value.isText ? false : null;
    case 'constant-head':
      return value.elements?.[0] === undefined ? null : isFixed(value.elements[0]) ? true : null;
    case 'text':
      return value.isText && !isList ? true : null;
    case 'not-text':
      return isList ? true : value.isText ? false : null;
    case 'true':
    case 'false':
      return every(constants, (constant) => constant.value === (condition.is === 'true'));
    case 'not-true':
      return every(constants, (constant) => constant.value !== true);
    case 'null':
      return every(constants, ({ kind }) => kind === 'null');
    case 'secret':
      return every(constants, (constant) => constant.kind === 'string' && isSecretText(constant.value));
    default:
      return null;
  }
}

/** True when all pass, false when none does, null when they differ or are not known. */
function every(constants: readonly Constant[] | null, test: (constant: Constant) => boolean): boolean | null {
  if (constants === null || constants.length === 0) return null;
  const passed = constants.filter(test).length;
  if (passed === constants.length) return true;
  return passed === 0 ? false : null;
}

const PLACEHOLDER =
  /^(.{0,5}|x+|\*+|\.+|-+|change[-_ ]?(me|it|this)?|placeholder|example|dummy|todo|none|null|undefined|password|passwd|secret|your[-_ ].*|<.*>|\$\{.*\}|\{\{.*\}\}|%.*%|redacted)$/i;

/** Words of texts that somebody is to replace, and of texts that say themselves that they are no secret. */
const PLACEHOLDER_WORD =
  /^(x{3,}|change(me|it)?|placeholder|examples?|samples?|dummy|fake|mock|todo|fixme|redacted|insert|replace(me)?|not|test(s|ing)?\d{0,3})$/i;
/** What a word of a sentence looks like; the texts of real keys do not. */
const PLAIN_WORD = /^([a-z]{1,15}|[A-Z]{1,15}|[A-Z][a-z]{0,14})\d{0,3}$/;

/** Whether a constant may be a real secret: not empty, not a placeholder, no plain words that say it is one. */
export function isSecretText(text: string): boolean {
  const trimmed = text.trim();
  if (PLACEHOLDER.test(trimmed) || /EXAMPLE(KEY)?$/.test(trimmed)) return false;
  const words = trimmed.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const isPlain = words.every((word) => PLAIN_WORD.test(word));
  return !(isPlain && words.some((word) => PLACEHOLDER_WORD.test(word)));
}
