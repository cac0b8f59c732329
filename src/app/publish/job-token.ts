// What the token of a GitHub job is known not to be allowed before anything is written: from the workflow's own file, and from who started it.
import { z } from 'zod';
import type { ChangeRequest, DeskProblem, DeskWrite, WithheldWrites } from '#domain/publication.ts';
import type { ChangeSource } from '#ports/change-source.ts';
import {
  accessOf,
  type DeclaredPermissions,
  declaredPermissions,
  type UndeclaredPermissions,
} from '../ci/declared-permissions.ts';
import { isCommit } from '../ci/reviewed-change.ts';
import type { Variables } from '../environment.ts';

/** The account behind every `GITHUB_TOKEN`, on Enterprise Servers too. What a workflow declares binds no other token. */
const JOB_ACCOUNT = /^github-actions(?:\[bot\])?$/;
/** `owner/repo/.github/workflows/x.yml@ref`; a name of other characters is not looked for. */
const WORKFLOW = /^([\w.-]+\/[\w.-]+)\/(\.github\/workflows\/[\w. -]+\.ya?ml)@/;
/** Under these events a token reads only, where Dependabot started the run and the workflow declares nothing (docs.github.com: Dependabot on Actions). */
const READING_EVENTS = new Set([
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'push',
]);

const eventShape = z.object({ repository: z.object({ private: z.boolean() }) });

/** One of the permissions is enough. The last is the one to ask for. */
const NEEDS: Readonly<Record<DeskWrite, readonly string[]>> = {
  comments: ['pull-requests'],
  summary: ['issues', 'pull-requests'],
  check: ['checks'],
  status: ['statuses'],
  alerts: ['security-events'],
};
const TEXTS: Readonly<Record<DeskWrite, string>> = {
  comments: 'The token of the job may not comment on the pull request.',
  summary: 'The token of the job may not write the summary comment.',
  check: 'The token of the job may not make a check run.',
  status: 'The token of the job may not set a commit status.',
  alerts: 'The token of the job may not write to code scanning.',
};
const WRITES = Object.keys(NEEDS) as readonly DeskWrite[];

export interface JobToken {
  /** The workflow's file, where its permissions are known. */
  readonly workflow: string | null;
  /** Only ever what is missing: that something is allowed, the host alone knows. Nothing for a token that is not the job's own. */
  withheld(self: string, change: Pick<ChangeRequest, 'fork'>): WithheldWrites;
}

/**
 * Reads the workflow as of the commit that it ran from (`GITHUB_WORKFLOW_SHA`), out of the clone: the work tree may be at another one. What
 * is not there, is no YAML, or is of another repository (a reusable workflow) says nothing.
 *
 * @param event content of `GITHUB_EVENT_PATH`
 */
export async function readJobToken(
  variables: Variables,
  event: unknown,
  clone: Pick<ChangeSource, 'at'> | null,
): Promise<JobToken> {
  const [, repository, file = ''] = WORKFLOW.exec(variables.GITHUB_WORKFLOW_REF ?? '') ?? [];
  const sha = variables.GITHUB_WORKFLOW_SHA || variables.GITHUB_SHA;
  const isHere = repository !== undefined && sameName(repository, variables.GITHUB_REPOSITORY ?? '');
  const text = isHere && clone !== null && isCommit(sha) ? await readAt(clone, sha, file) : null;
  const declared = text === null ? null : declaredPermissions(text, variables.GITHUB_JOB ?? '');
  const name = variables.GITHUB_EVENT_NAME ?? '';
  const byDependabot = variables.GITHUB_ACTOR === 'dependabot[bot]' && READING_EVENTS.has(name);
  const parsed = eventShape.safeParse(event);
  const isPrivate = parsed.success && parsed.data.repository.private;
  const readsOnly = name === 'pull_request' && !isPrivate;
  return {
    workflow: declared === null || 'jobLine' in declared ? null : file,
    withheld: (self, { fork }) => {
      if (!JOB_ACCOUNT.test(self)) return {};
      if (fork && readsOnly) return withheldWith(() => ({ hint: FORK_HINT }));
      if (declared === null) return {};
      if ('jobLine' in declared) return byDependabot ? undeclared(declared, file) : {};
      return withheldWith((write) => hintOf(write, declared, file));
    },
  };
}

async function readAt(clone: Pick<ChangeSource, 'at'>, commit: string, file: string): Promise<string | null> {
  try {
    const read = await clone.at(commit).read(file);
    return read.kind === 'text' ? read.text : null;
  } catch {
    // A clone without that commit: then the host says what is refused.
    return null;
  }
}

const FORK_HINT =
  'The runs of a fork get a token that only reads, whatever their workflow declares: the second workflow posts the result, ' +
  '.github/workflows/assay-publish.yml, which `assay init --host github` writes (docs/install-github.md).';

function withheldWith(missing: (write: DeskWrite) => Pick<DeskProblem, 'hint'> | null): WithheldWrites {
  const problems: Partial<Record<DeskWrite, DeskProblem>> = {};
  for (const write of WRITES) {
    const found = missing(write);
    if (found !== null) problems[write] = { code: 'permission', text: TEXTS[write], hint: found.hint };
  }
  return problems;
}

/** Null when a permission that is enough is declared. */
function hintOf(write: DeskWrite, declared: DeclaredPermissions, file: string): { hint: string } | null {
  const needs = NEEDS[write];
  if (needs.some((permission) => accessOf(declared, permission) === 'write')) return null;
  const permission = needs.at(-1) ?? '';
  const line = declared.lines.get(permission);
  const there = line === undefined ? '' : ', in the place of what stands there';
  const word = declared.word === null ? '' : `, a line for each in the place of \`${declared.word}\``;
  const place = `\`${file}:${line ?? declared.newLine}\``;
  return { hint: `Add \`${permission}: write\` under \`permissions:\` in ${place}${there}${word}.` };
}

function undeclared({ jobLine }: UndeclaredPermissions, file: string): WithheldWrites {
  return withheldWith((write) => ({
    hint:
      `Add \`permissions:\` with \`contents: read\` and \`${NEEDS[write].at(-1)}: write\` to the job in \`${file}:${jobLine}\`: ` +
      'a run that Dependabot starts only reads where nothing is declared.',
  }));
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
