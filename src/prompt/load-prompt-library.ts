// Loads the prompts that ship with Assay and lays the team's own over them: words are data, checked before anything is asked.
import type { z } from 'zod';
import type { Assets } from '#ports/assets.ts';
import { markOutside } from '#support/mark-outside.ts';
import { parametersFor, parametersIn } from './fill-parameters.ts';
import { FRAME, PROMPT_TASKS, type PromptLibrary, type PromptPart } from './prompt-part.ts';
import {
  type PromptExtensionFile,
  type PromptPartFile,
  promptExtensionSchema,
  promptPartSchema,
} from './prompt-schema.ts';
import { type PlacedPrompt, promptError, readPromptYaml } from './read-prompt-yaml.ts';
import { sayIssue } from './say-issue.ts';

export type { PromptLibrary } from './prompt-part.ts';

const PROMPTS_FOLDER = 'rules/prompts';
/** The record of what each version said (a test compares it); no prompt. */
const VERSIONS_PATH = `${PROMPTS_FOLDER}/versions.yaml`;
const MAX_TEAM_FILES = 64;

/** A file of the team's: `path` stands before every error, for example `.assay/prompts/xss.yaml`. */
export interface PromptOverride {
  readonly path: string;
  readonly text: string;
}

/** A place to complain at: a path inside the file's value → the error. */
type Complain = (path: readonly PropertyKey[], what: string) => Error;

/**
 * The library. Overrides are read in the order of their paths: the same id replaces a part, `extends: id` replaces or adds sections, and
 * a new id with `cwe` is a family of the team's own. Throws AssayError `configuration` as `file:line: …` for a mistake in an override, and
 * an Error for one in the files that ship (our own fault).
 */
export async function loadPromptLibrary(
  assets: Pick<Assets, 'list' | 'data'>,
  overrides: readonly PromptOverride[],
): Promise<PromptLibrary> {
  const parts = new Map<string, PromptPart>();
  for (const path of await assets.list(PROMPTS_FOLDER)) {
    if (!path.endsWith('.yaml') || path === VERSIONS_PATH) continue;
    const complain: Complain = (where, what) => new Error(`${path}: ${where.join('.')}: ${what}`);
    const part = toPart(check(promptPartSchema, await assets.data(path), complain), false);
    if (parts.has(part.id)) throw complain(['id'], 'a second part of this id');
    checkPart(part, complain);
    parts.set(part.id, part);
  }
  layOver(parts, overrides);
  return toLibrary(parts);
}

function layOver(parts: Map<string, PromptPart>, overrides: readonly PromptOverride[]): void {
  const files = [...overrides].sort((a, b) => (a.path < b.path ? -1 : 1));
  const surplus = files[MAX_TEAM_FILES];
  if (surplus !== undefined)
    throw promptError(surplus.path, 1, `is one file too many; the limit is ${MAX_TEAM_FILES}`);
  const replaced = new Map<string, string>();
  for (const { path, text } of files) {
    const placed = readPromptYaml(text, path);
    const complain: Complain = (where, what) => promptError(path, placed.lineOf(where), what);
    const part = isExtension(placed) ? extend(parts, placed, complain) : replace(parts, placed, complain);
    const earlier = isExtension(placed) ? undefined : replaced.get(part.id);
    if (earlier !== undefined)
      throw complain(['id'], `the id is that of ${markOutside(earlier)} too: one file for one part`);
    if (!isExtension(placed)) replaced.set(part.id, path);
    checkPart(part, complain);
    parts.set(part.id, part);
  }
}

function isExtension({ value }: PlacedPrompt): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'extends');
}

function replace(
  parts: ReadonlyMap<string, PromptPart>,
  placed: PlacedPrompt,
  complain: Complain,
): PromptPart {
  const part = toPart(check(promptPartSchema, placed.value, complain), true);
  if (!parts.has(part.id) && part.cwe === null)
    throw complain(
      ['id'],
      `${markOutside(part.id)} is no part of Assay's; a family of your own states \`cwe\``,
    );
  return part;
}

function extend(
  parts: ReadonlyMap<string, PromptPart>,
  placed: PlacedPrompt,
  complain: Complain,
): PromptPart {
  const file: PromptExtensionFile = check(promptExtensionSchema, placed.value, complain);
  const base = parts.get(file.extends);
  if (base === undefined)
    throw complain(['extends'], `there is no part ${markOutside(file.extends)} to extend`);
  const given = new Map(file.sections.map((section) => [section.id, section]));
  const kept = base.sections.map((section) => given.get(section.id) ?? section);
  const added = file.sections.filter(({ id }) => !base.sections.some((section) => section.id === id));
  return {
    ...base,
    purpose: file.purpose ?? base.purpose,
    parameters: [...new Set([...base.parameters, ...(file.parameters ?? [])])],
    sections: [...kept, ...added],
    cwe: file.cwe ?? base.cwe,
    fromTeam: true,
  };
}

function toPart(file: PromptPartFile, fromTeam: boolean): PromptPart {
  const { id, version, purpose, parameters, sections, cwe } = file;
  return { id, version, purpose, parameters, sections, cwe: cwe ?? null, fromTeam };
}

function check<T extends z.ZodType>(schema: T, value: unknown, complain: Complain): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path ?? [];
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    throw complain([...path, key], `unknown key ${markOutside(key)}`);
  }
  const where = path.length === 0 ? '' : `\`${path.map(String).join('.')}\`: `;
  throw complain(path, `${where}${issue === undefined ? 'is no prompt' : sayIssue(issue, value)}`);
}

/** What a schema cannot say: sections apart from each other, parameters declared, used and supplied, `cwe` where it belongs. */
function checkPart(part: PromptPart, complain: Complain): void {
  const isTask = part.id === FRAME || PROMPT_TASKS.some((task) => task === part.id);
  if (isTask && part.cwe !== null) throw complain(['cwe'], 'only families of weaknesses state `cwe`');
  if (!isTask && part.cwe === null)
    throw complain(['id'], 'a family of weaknesses states `cwe` (an empty list matches none)');
  const used = new Set<string>();
  for (const [index, section] of part.sections.entries()) {
    const at = ['sections', index] as const;
    if (part.sections.findIndex(({ id }) => id === section.id) !== index)
      throw complain([...at, 'id'], `a second section ${markOutside(section.id)}`);
    for (const name of parametersIn(section.text)) {
      used.add(name);
      if (!part.parameters.includes(name))
        throw complain([...at, 'text'], `${markOutside(`{{${name}}}`)} is not declared in \`parameters\``);
      if (!parametersFor(section.for).includes(name))
        throw complain(
          [...at, 'text'],
          `${markOutside(`{{${name}}}`)} has no value in a ${section.for} section`,
        );
    }
  }
  const idle = part.parameters.findIndex((name) => !used.has(name));
  if (idle >= 0)
    throw complain(
      ['parameters', idle],
      `the parameter ${markOutside(part.parameters[idle] ?? '')} is used nowhere`,
    );
}

function toLibrary(parts: ReadonlyMap<string, PromptPart>): PromptLibrary {
  const partOf = (id: string): PromptPart => {
    const part = parts.get(id);
    if (part === undefined) throw new Error(`${PROMPTS_FOLDER} has no part \`${id}\`.`);
    return part;
  };
  const families = [...parts.values()].filter((part) => part.cwe !== null);
  return {
    frame: partOf(FRAME),
    tasks: new Map(PROMPT_TASKS.map((task) => [task, partOf(task)])),
    families: families.sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}
