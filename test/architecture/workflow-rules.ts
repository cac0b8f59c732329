// What every workflow of ours must hold to (security.md §8); each breach is one sentence for whoever made it.
import { parse } from 'yaml';
import { z } from 'zod';

const step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const job = z.looseObject({
  permissions: z.record(z.string(), z.string()).optional(),
  'timeout-minutes': z.number().optional(),
  steps: z.array(step).optional(),
  uses: z.string().optional(),
});
const workflow = z.looseObject({
  on: z.union([z.string(), z.array(z.string()), z.record(z.string(), z.unknown())]),
  permissions: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
  jobs: z.record(z.string(), job),
});

const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;
const DANGEROUS_EVENTS = ['pull_request_target', 'issue_comment'];
/** Outside of the work tree, which commands run in. */
const OUTSIDE = /^\$\{\{ runner\.temp \}\}\//;

/** `text` is the content of a workflow file; empty when nothing is wrong with it. */
export function breachesOf(text: string): readonly string[] {
  const parsed = workflow.parse(parse(text));
  const events =
    typeof parsed.on === 'string'
      ? [parsed.on]
      : Array.isArray(parsed.on)
        ? parsed.on
        : Object.keys(parsed.on);
  return [
    ...events
      .filter((event) => DANGEROUS_EVENTS.includes(event))
      .map((event) => `${event} hands secrets to strangers`),
    ...breachesOfTopPermissions(parsed.permissions),
    ...Object.entries(parsed.jobs).flatMap(([name, content]) => breachesOfJob(name, content)),
    ...(events.includes('workflow_run') ? Object.entries(parsed.jobs).flatMap(breachesAfterStrangers) : []),
    ...unexplainedPins(text),
  ];
}

/** A `workflow_run` holds the base's token and a stranger's artifact (security section 1.3): code is the default branch's, files stay apart. */
function breachesAfterStrangers([name, { steps = [] }]: [string, z.infer<typeof job>]): readonly string[] {
  return steps.flatMap(({ uses = '', with: inputs = {} }) => {
    if (uses.startsWith('actions/checkout@') && (inputs.ref ?? inputs.repository) !== undefined) {
      return [`${name}: checks out something else than the default branch beside a token that may write`];
    }
    const apart = typeof inputs.path === 'string' && OUTSIDE.test(inputs.path);
    return uses.startsWith('actions/download-artifact@') && !apart
      ? [`${name}: unpacks what a stranger chose where commands run`]
      : [];
  });
}

function breachesOfTopPermissions(permissions: z.infer<typeof workflow>['permissions']): readonly string[] {
  if (permissions === undefined) return ['the workflow leaves its permissions to the repository settings'];
  if (typeof permissions === 'string') return [`permissions: ${permissions} is more than any job needs`];
  return Object.entries(permissions)
    .filter(([name, level]) => level !== 'none' && (name !== 'contents' || level !== 'read'))
    .map(([name, level]) => `${name}: ${level} belongs to the one job that needs it`);
}

function breachesOfJob(name: string, content: z.infer<typeof job>): readonly string[] {
  const steps = content.steps ?? [];
  const used = [content.uses, ...steps.map(({ uses }) => uses)].filter((uses) => uses !== undefined);
  return [
    ...used
      .filter((uses) => !uses.startsWith('./') && !PINNED.test(uses))
      .map((uses) => `${name}: ${uses} is not pinned by a full SHA`),
    ...steps
      .filter(({ run }) => run?.includes('${{'))
      .map(({ run }) => `${name}: an expression inside run is pasted into the shell: ${run?.split('\n')[0]}`),
    ...(content['timeout-minutes'] === undefined ? [`${name}: has no timeout-minutes`] : []),
  ];
}

/** A SHA says nothing to a reader: the version stands beside it. */
function unexplainedPins(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => /uses:.*@[0-9a-f]{40}/.test(line) && !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))
    .map((line) => `no version comment: ${line.trim()}`);
}
