// The text of a workflow → the permissions that it declares for a job, and where a line that is missing belongs (pure).
import { type Path, type PlacedValues, readYaml } from '../config/read-yaml.ts';

type Access = 'none' | 'read' | 'write';

export interface DeclaredPermissions {
  /** By name in YAML, such as `pull-requests`. */
  readonly named: ReadonlyMap<string, Access>;
  /** Of every other permission: none beside a map, more for `read-all` and `write-all`. */
  readonly others: Access;
  /** Lines, from 1: of each name, and where a name that is missing belongs. */
  readonly lines: ReadonlyMap<string, number>;
  readonly newLine: number;
  /** `read-all` or its like, which stands where a map would have to. */
  readonly word: string | null;
}

/** The job has no `permissions:` and its workflow has none either: the settings of the repository decide. */
export interface UndeclaredPermissions {
  /** Of the job's name, from 1. */
  readonly jobLine: number;
}

/** The most of a workflow that is read, in UTF-16 code units: far more than people write. */
const LARGEST_WORKFLOW = 256 * 1024;
const ACCESSES: ReadonlySet<unknown> = new Set(['none', 'read', 'write']);
const WORDS: ReadonlyMap<unknown, Access> = new Map([
  ['read-all', 'read'],
  ['write-all', 'write'],
]);

/**
 * Null where nothing is sure: no YAML that is read here, no such job, a workflow that calls others (their jobs may have the same name),
 * permissions that are written otherwise than docs.github.com/actions "permissions" says. A job's own key replaces that of its workflow.
 *
 * @param text hostile: the change itself may have written it
 * @param job `GITHUB_JOB`
 */
export function declaredPermissions(
  text: string,
  job: string,
): DeclaredPermissions | UndeclaredPermissions | null {
  if (text.length > LARGEST_WORKFLOW) return null;
  const yaml = readYaml(text);
  if (yaml.broken || !isMap(yaml.value)) return null;
  const jobs = own(yaml.value, 'jobs');
  if (!isMap(jobs) || Object.values(jobs).some((one) => !isMap(one) || Object.hasOwn(one, 'uses')))
    return null;
  const wanted = own(jobs, job);
  if (!isMap(wanted)) return null;
  if (Object.hasOwn(wanted, 'permissions')) return permissionsAt(yaml, ['jobs', job, 'permissions'], wanted);
  if (Object.hasOwn(yaml.value, 'permissions')) return permissionsAt(yaml, ['permissions'], yaml.value);
  return { jobLine: lineOfKey(yaml, ['jobs', job]) };
}

function permissionsAt(
  yaml: PlacedValues,
  path: Path,
  holder: Readonly<Record<string, unknown>>,
): DeclaredPermissions | null {
  const value = own(holder, 'permissions');
  const keyLine = lineOfKey(yaml, path);
  const word = WORDS.get(value);
  if (word !== undefined) {
    return { named: new Map(), others: word, lines: new Map(), newLine: keyLine, word: String(value) };
  }
  if (!isMap(value)) return null;
  const entries = Object.entries(value);
  if (!entries.every(([, access]) => ACCESSES.has(access))) return null;
  const lines = new Map(entries.map(([name]) => [name, lineOfKey(yaml, [...path, name])]));
  const last = Math.max(keyLine, ...lines.values());
  return {
    named: new Map(entries as [string, Access][]),
    others: 'none',
    lines,
    // In `{ contents: read }` it belongs on the same line.
    newLine: last === keyLine ? keyLine : last + 1,
    word: null,
  };
}

export function accessOf({ named, others }: DeclaredPermissions, permission: string): Access {
  return named.get(permission) ?? others;
}

function lineOfKey(yaml: PlacedValues, path: Path): number {
  return yaml.positionOf(yaml.offsetOfKey(path)).line;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(map: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
