// The inputs of a CI job, the same for the GitHub Action and the GitLab component: the command line's options, as text.
import { AssayError } from '#domain/errors.ts';
import { defaultRequest, type PathMapping, type PublishRequest, type RunRequest } from '../run-request.ts';

/** Value of one input by its name, trimmed; empty when it was not given. */
export type ReadInput = (name: string) => string;

/** Every input a job has, in the order of the documents. `trust-head-config` is left out: CI never trusts head. */
export const JOB_INPUTS = [
  'reports',
  'repo',
  'base',
  'head',
  'out',
  'config',
  'baseline',
  'fail-on',
  'scope',
  'path-map',
  'format',
  'judge',
  'model',
  'osv',
  'epss',
  'kev',
  'language',
  'category',
  'publish',
  'dry-run',
  'allow-http',
  'quiet',
  'verbose',
] as const;

/** Inputs of the Action alone: GitLab's component gets a token by a variable, and posts in the same job. */
export const ACTION_INPUTS = ['result', 'github-token'] as const;

const FAIL_ON = ['critical', 'high', 'medium', 'low', 'never'] as const;
const SCOPES = ['new', 'changed', 'all'] as const;
const FORMATS = ['table', 'json', 'markdown', 'none'] as const;
const JUDGES = ['builtin', 'model', 'auto'] as const;
const LANGUAGES = ['en', 'zh-CN'] as const;
const PUBLISH = ['github', 'gitlab', 'auto', 'none'] as const;

/**
 * Reads and checks every input into a request that knows no commit but those the inputs name; throws AssayError `usage` that says which
 * input is wrong and what it may be.
 */
export function readJobInputs(read: ReadInput, cwd: string): RunRequest {
  const reports = lines(read('reports'));
  if (reports.length === 0) {
    throw new AssayError('usage', 'The input "reports" names no report.', {
      hint: 'Give file names or globs, one a line, for example reports: results/*.sarif',
    });
  }
  const defaults = defaultRequest(cwd);
  return {
    ...defaults,
    reports,
    repo: read('repo') || defaults.repo,
    base: read('base') || null,
    head: read('head') || null,
    out: read('out') || defaults.out,
    config: read('config') || null,
    baseline: read('baseline') || null,
    failOn: choice(read, 'fail-on', FAIL_ON),
    scope: choice(read, 'scope', SCOPES),
    pathMap: lines(read('path-map')).map(parsePathMapping),
    format: choice(read, 'format', FORMATS) ?? defaults.format,
    judge: choice(read, 'judge', JUDGES),
    model: read('model') || null,
    osv: read('osv') || null,
    epss: read('epss') || null,
    kev: read('kev') || null,
    language: choice(read, 'language', LANGUAGES),
    category: read('category') || null,
    ...readPublishing(read),
  };
}

/** The inputs of a job that only posts what an earlier one found. */
export function readPublishInputs(read: ReadInput, cwd: string): PublishRequest {
  const defaults = defaultRequest(cwd);
  return {
    ...defaults,
    repo: read('repo') || defaults.repo,
    out: read('out') || defaults.out,
    config: read('config') || null,
    ...readPublishing(read),
    result: read('result'),
  };
}

function readPublishing(
  read: ReadInput,
): Pick<RunRequest, 'publish' | 'dryRun' | 'allowHttp' | 'quiet' | 'verbose'> {
  return {
    publish: choice(read, 'publish', PUBLISH) ?? 'auto',
    dryRun: flag(read, 'dry-run'),
    allowHttp: flag(read, 'allow-http'),
    quiet: flag(read, 'quiet'),
    verbose: flag(read, 'verbose'),
  };
}

function choice<const Choice extends string>(
  read: ReadInput,
  name: string,
  choices: readonly Choice[],
): Choice | null {
  const value = read(name);
  if (value === '') return null;
  const found = choices.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw new AssayError('usage', `The input "${name}" is ${JSON.stringify(value.slice(0, 100))}.`, {
    hint: `It may be ${choices.join(', ')}; leave it out for the default.`,
  });
}

/** YAML 1.2 core booleans, as the Actions toolkit reads them. */
function flag(read: ReadInput, name: string): boolean {
  return choice(read, name, ['true', 'True', 'TRUE', 'false', 'False', 'FALSE'])?.toLowerCase() === 'true';
}

function parsePathMapping(text: string): PathMapping {
  const equals = text.indexOf('=');
  if (equals > 0) return { from: text.slice(0, equals), to: text.slice(equals + 1) };
  throw new AssayError(
    'usage',
    `The input "path-map" holds ${JSON.stringify(text.slice(0, 100))}, which has no "=".`,
    { hint: 'Write what the report says, "=", and what it is here, for example /build/src=src; one a line.' },
  );
}

function lines(text: string): readonly string[] {
  return text
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
