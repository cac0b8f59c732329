// What GitHub refused, in words for the person who runs the pipeline: what it was, and which line mends it.
import type { DeskProblem } from '../../domain/publication.ts';
import { markOutside } from '../../support/mark-outside.ts';
import type { HostFailure } from './host-failure.ts';
import { isAbuse, isLimited } from './host-limits.ts';

/** What was tried: `what` completes "Assay could not …"; `needs` is the line of YAML that a job wants under `permissions:`. */
export interface Attempt {
  readonly what: string;
  readonly needs: string;
}

const SAID_LIMIT = 200;
const TOO_LONG = /too long|characters are allowed/i;
const ANCHOR =
  /could not be resolved|must be part of|must precede|diff hunk can't be blank|pull_request_review_thread|subject_type|is not part of the diff/i;
const FOREIGN_COMMIT = /commit ?oid is not part of the pull request|no commit found for sha/i;
const LOCKED = /\blocked\b|archived|read-only/i;

/** The problem behind a failure. What the host said stands in it between backticks, shortened. */
export function explainFailure(failure: HostFailure, attempt: Attempt): DeskProblem {
  const code = codeOf(failure);
  if (failure.ours !== null)
    return {
      code,
      text: `Assay could not ${attempt.what}: ${failure.ours.message}`,
      hint: failure.ours.hint,
    };
  const answer = failure.status === null ? 'no answer' : `status ${failure.status}`;
  const words = markOutside(failure.said, SAID_LIMIT);
  // Without an answer they are the network's or the runtime's, not the host's.
  const said = failure.said === '' ? '' : failure.status === null ? `: ${words}` : `, GitHub said ${words}`;
  return {
    code,
    text: `Assay could not ${attempt.what} (${answer})${said}.`,
    hint: hintOf(code, failure, attempt),
  };
}

function codeOf(failure: HostFailure): DeskProblem['code'] {
  const { status, said } = failure;
  if (status === null || status >= 500) return 'unreachable';
  if (isAbuse(failure)) return 'spam';
  if (isLimited(failure)) return 'rate_limit';
  if (status === 401) return 'permission';
  // GitHub says 404 for what a token may not see or do, too (platforms D18).
  if (status === 403 || status === 404) return LOCKED.test(said) ? 'locked' : 'permission';
  if (status !== 422) return 'rejected';
  if (TOO_LONG.test(said)) return 'too_long';
  if (FOREIGN_COMMIT.test(said)) return 'moved';
  if (ANCHOR.test(said)) return 'anchor';
  return LOCKED.test(said) ? 'locked' : 'rejected';
}

function hintOf(code: DeskProblem['code'], failure: HostFailure, attempt: Attempt): string {
  switch (code) {
    case 'permission':
      return permissionHint(failure, attempt);
    case 'rate_limit':
      return 'Run the job again later; nothing is posted twice.';
    case 'spam':
      return 'GitHub takes the comments for spam; run the job again later, with fewer inline comments.';
    case 'locked':
      return 'Unlock the conversation or take the repository out of the archive, or read the job summary instead.';
    case 'moved':
      return 'A newer push has replaced this commit; its own run speaks for it.';
    case 'anchor':
      return 'The place is not part of the diff that GitHub shows.';
    case 'too_long':
      return 'GitHub takes at most 65,536 characters in one text.';
    case 'unreachable':
      return 'Run the job again; what was posted already is found again. See githubstatus.com, the base address, the proxy (HTTPS_PROXY), and an own certificate authority (NODE_EXTRA_CA_CERTS).';
    default:
      return 'Run the job again; when it happens again, report it with this message.';
  }
}

function permissionHint(failure: HostFailure, attempt: Attempt): string {
  if (failure.status === 401)
    return 'The token is missing, wrong or expired: pass `GITHUB_TOKEN` to the job.';
  const lines = acceptedPermissions(failure.headers['x-accepted-github-permissions'], attempt.needs);
  return (
    `Add \`${lines.join('` and `')}\` under \`permissions:\` of the job; the token must also belong to this repository. ` +
    'On a pull request from a fork the token only reads, whatever stands there: post from a `workflow_run` job.'
  );
}

/**
 * The lines of YAML out of `issues=write; pull_requests=write` (platforms A7): alternatives are parted by semicolons, what is needed together
 * by commas. The alternative that holds what we know of is taken, else the first; a header that reads otherwise is not believed. A reading
 * that was refused names the right to read: who is to write needs the line that we know.
 */
export function acceptedPermissions(header: string | undefined, known: string): readonly string[] {
  const alternatives = (header ?? '').split(';').map((alternative) => alternative.split(',').map(yamlLine));
  const valid = alternatives.filter((lines): lines is string[] => lines.every((line) => line !== null));
  const readable = known.replace(/: write$/, ': read');
  const named = valid.some((lines) => lines.includes(known) || lines.includes(readable));
  return valid.find((lines) => lines.includes(known)) ?? (named ? [known] : (valid[0] ?? [known]));
}

function yamlLine(permission: string): string | null {
  const [, name, level] = /^\s*([a-z_]{1,40})=(read|write|admin)\s*$/.exec(permission) ?? [];
  return name === undefined || level === undefined ? null : `${name.replaceAll('_', '-')}: ${level}`;
}
