// Undoes what some exporters do to SARIF on its way through another language: keys in snake_case.
import { asObject } from '../json/shape.ts';

/** Keys that only a re-serialised log has. */
const TELLTALE = [
  'rule_id',
  'rule_index',
  'physical_location',
  'artifact_location',
  'uri_base_id',
  'start_line',
  'partial_fingerprints',
  'code_flows',
  'related_locations',
  'short_description',
  'default_configuration',
  'semantic_version',
  'execution_successful',
  'revision_id',
];
const LOOKED_INTO = ['locations', 'location', 'driver', 'extensions', 'rules'];

/** Whether a value of the log has keys in snake_case where SARIF's are in camel case; looks a few levels deep. */
export function hasSnakeKeys(value: unknown, depth = 0): boolean {
  if (Array.isArray(value))
    return depth < 5 && value.slice(0, 3).some((item) => hasSnakeKeys(item, depth + 1));
  const object = asObject(value);
  if (object === null) return false;
  if (TELLTALE.some((key) => Object.hasOwn(object, key))) return true;
  return depth < 5 && LOOKED_INTO.some((key) => hasSnakeKeys(object[key], depth + 1));
}

/** Objects whose keys are names of the tool's own: they stay as they are, and so do whole property bags (§3.8). */
const OWN_NAMES: ReadonlySet<string> = new Set([
  'originalUriBaseIds',
  'messageStrings',
  'globalMessageStrings',
]);
const BAGS: ReadonlySet<string> = new Set(['properties', 'fingerprints', 'partialFingerprints']);

/** The value with its keys in camel case; `keepKeys` spares those of the value itself. */
export function withCamelKeys(value: unknown, keepKeys = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withCamelKeys(item));
  const object = asObject(value);
  if (object === null) return value;
  return Object.fromEntries(
    Object.entries(object).map(([key, member]) => {
      const name = keepKeys ? key : camelKey(key);
      return [name, BAGS.has(name) ? member : withCamelKeys(member, OWN_NAMES.has(name))];
    }),
  );
}

/** `code_flows` → `codeFlows`. */
export function camelKey(key: string): string {
  return key.replace(/(?<=[a-z0-9])_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
