// Pull requests that are opened and changed by REST, from a branch of the repository itself (docs.github.com/rest/pulls).
import { z } from 'zod';
import type { HostAnswer } from '../emulated-host.ts';
import type { Token } from './actors.ts';
import { presentPull } from './present-pull.ts';
import { presentRepository, presentUser } from './present-repository.ts';
import { MAXIMUM_BODY, notFound, refuse } from './refusals.ts';
import { type Call, type Route, route } from './routes.ts';
import type { MadePull } from './state.ts';

type Json = Record<string, unknown>;

const DOCS = 'https://docs.github.com/rest/pulls/pulls#create-a-pull-request';
const LONGEST_TITLE = 256;
const PULLS = { permissions: ['pull-requests'], access: 'write' } as const;
const newPull = z.strictObject({
  title: z.string().min(1),
  head: z.string().min(1),
  base: z.string().min(1),
  body: z.string().optional(),
});
const changedPull = z.strictObject({ title: z.string().optional(), body: z.string().optional() });

export const madePullRoutes: readonly Route[] = [
  route({ method: 'POST', path: '/repos/{owner}/{repo}/pulls', need: PULLS, body: newPull, run: openPull }),
  route({
    method: 'PATCH',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}',
    need: PULLS,
    body: changedPull,
    run: (call, { title, body }) => {
      const pull = madePullOf(call);
      if (!pull) return notFound();
      const refused = tooLong(call, title ?? '', body ?? '');
      if (refused) return refused;
      if (title !== undefined) pull.title = title.trim();
      if (body !== undefined) pull.body = body;
      return { status: 200, body: presentMadePull(pull, call) };
    },
  }),
];

function openPull(call: Call, { title, head, base, body = '' }: z.infer<typeof newPull>): HostAnswer {
  const { state } = call;
  const { actor, kind } = call.token as Token;
  if (kind === 'actions' && !state.actionsMayOpenPulls)
    return refuse(
      403,
      'GitHub Actions is not permitted to create or approve pull requests.',
      undefined,
      DOCS,
    );
  const [tip, target] = [state.objects.tip(head), state.objects.tip(base)];
  if (tip === null) return invalid([{ field: 'head', code: 'invalid' }]);
  if (target === null) return invalid([{ field: 'base', code: 'invalid' }]);
  const refused = tooLong(call, title, body);
  if (refused) return refused;
  if (state.objects.isAncestor(tip, target))
    return invalid([{ code: 'custom', message: `No commits between ${base} and ${head}` }]);
  if (state.pulls.some((pull) => pull.head === head && pull.base === base && pull.state === 'open'))
    return invalid([
      { code: 'custom', message: `A pull request already exists for ${state.settings.owner}:${head}.` },
    ]);
  const number = state.settings.number + state.pulls.length + 1;
  const pull: MadePull = {
    ...{ number, actor, head, base, title: title.trim(), body, state: 'open', createdAt: state.now() },
    headSha: tip,
  };
  state.pulls.push(pull);
  return { status: 201, body: presentMadePull(pull, call) };
}

function invalid(errors: readonly Json[]): HostAnswer {
  const told = errors.map((error) => ({ resource: 'PullRequest', ...error }));
  return refuse(422, 'Validation Failed', told, DOCS);
}

function tooLong(call: Call, title: string, body: string): HostAnswer | null {
  if (title.length <= LONGEST_TITLE && body.length <= MAXIMUM_BODY) return null;
  call.violate('a text that is too long');
  const field = title.length > LONGEST_TITLE ? 'title' : 'body';
  return invalid([{ field, code: 'custom', message: `${field} is too long` }]);
}

export function madePullOf({ state, parameters }: Call): MadePull | undefined {
  return state.pulls.find(({ number }) => String(number) === parameters.pull_number);
}

/** Those that fit the query, the newest first. */
export function listMadePulls(call: Call): readonly Json[] {
  const { query } = call.request;
  const wanted = query.get('state') ?? 'open';
  const head = query.get('head');
  const base = query.get('base');
  const { owner } = call.state.settings;
  return call.state.pulls
    .filter((pull) => wanted === 'all' || (wanted === 'open') === (pull.state === 'open'))
    .filter((pull) => head === null || !head.includes(':') || head === `${owner}:${pull.head}`)
    .filter((pull) => base === null || base === pull.base)
    .toReversed()
    .map((pull) => presentMadePull(pull, call));
}

export function presentMadePull(pull: MadePull, call: Call): Json {
  const { state, api, web } = call;
  const { owner, name, number: other } = state.settings;
  const shape = JSON.stringify(presentPull(call)).replaceAll(
    new RegExp(`(/(?:pulls|pull|issues))/${other}(?=["/.])`, 'g'),
    `$1/${pull.number}`,
  );
  const user = presentUser(pull.actor, call);
  const side = (ref: string, sha: string) => ({
    ...{ label: `${owner}:${ref}`, ref, sha, user, repo: presentRepository(call) },
  });
  // After a push by plain git, too.
  if (pull.state === 'open') pull.headSha = state.objects.tip(pull.head) ?? pull.headSha;
  const closed = pull.state === 'open' ? null : pull.createdAt;
  return {
    ...(JSON.parse(shape) as Json),
    ...{ id: 9_000 + pull.number, number: pull.number, title: pull.title, user },
    url: `${api}/repos/${owner}/${name}/pulls/${pull.number}`,
    html_url: `${web}/${owner}/${name}/pull/${pull.number}`,
    body: pull.body === '' ? null : state.givesBack(pull.body),
    state: pull.state === 'open' ? 'open' : 'closed',
    closed_at: closed,
    merged_at: pull.state === 'merged' ? closed : null,
    merged: pull.state === 'merged',
    author_association: pull.actor.association,
    head: side(pull.head, pull.headSha),
    base: side(pull.base, state.objects.tip(pull.base) ?? ''),
  };
}
