// A check run: what may be sent of it, what is kept, and how it is shown (platforms A5).
import { z } from 'zod';
import type { Token } from './actors.ts';
import { nodeId, presentUser } from './present-repository.ts';
import type { Call } from './routes.ts';

const annotation = z.strictObject({
  path: z.string(),
  start_line: z.int(),
  end_line: z.int(),
  start_column: z.int().optional(),
  end_column: z.int().optional(),
  annotation_level: z.enum(['notice', 'warning', 'failure']),
  message: z.string(),
  title: z.string().optional(),
  raw_details: z.string().optional(),
});
const output = {
  title: z.string(),
  summary: z.string(),
  text: z.string().optional(),
  annotations: z.array(annotation).optional(),
};
const CONCLUSIONS = [
  'action_required',
  'cancelled',
  'failure',
  'neutral',
  'success',
  'skipped',
  'stale',
  'timed_out',
] as const;
const shared = {
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  status: z.enum(['queued', 'in_progress', 'completed']).optional(),
  started_at: z.iso.datetime().optional(),
  conclusion: z.enum(CONCLUSIONS).optional(),
  completed_at: z.iso.datetime().optional(),
};
export const newRun = z.strictObject({
  ...shared,
  name: z.string().min(1),
  head_sha: z.string(),
  output: z.strictObject(output).optional(),
});
export const changedRun = z.strictObject({
  ...shared,
  name: z.string().min(1).optional(),
  output: z.strictObject({ ...output, title: z.string().optional() }).optional(),
});
export type ChangedRun = z.infer<typeof changedRun>;

export interface CheckRun {
  readonly id: number;
  readonly app: Token['actor'];
  readonly headSha: string;
  /** An arbitrary suite of the same app, not one of its own (D27). */
  readonly suite: number;
  name: string;
  externalId: string;
  detailsUrl: string | null;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: (typeof CONCLUSIONS)[number] | null;
  startedAt: string;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  readonly annotations: z.infer<typeof annotation>[];
}

export type Annotation = z.infer<typeof annotation>;

export function presentRun(run: CheckRun, call: Call): Record<string, unknown> {
  const { owner, name } = call.state.settings;
  const url = `${call.api}/repos/${owner}/${name}/check-runs/${run.id}`;
  const html = `${call.web}/${owner}/${name}/runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId('CR', run.id),
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: html,
    details_url: run.detailsUrl ?? html,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite },
    app: {
      id: run.app.id,
      slug: run.app.authorLogin,
      node_id: nodeId('A', run.app.id),
      owner: presentUser(run.app, call),
      name: run.app.authorLogin,
      description: null,
      external_url: call.web,
      html_url: `${call.web}/apps/${run.app.authorLogin}`,
      created_at: '2020-01-01T00:00:00Z',
      updated_at: '2020-01-01T00:00:00Z',
      permissions: {},
      events: [],
    },
    // Empty for pushes to a fork, and no way back to the pull request (platforms A5).
    pull_requests: [],
  };
}

export function presentAnnotation(row: Annotation, run: CheckRun, call: Call): Record<string, unknown> {
  const { owner, name } = call.state.settings;
  const missing = { start_column: null, end_column: null, title: null, raw_details: null };
  return {
    ...missing,
    ...row,
    blob_href: `${call.web}/${owner}/${name}/blob/${run.headSha}/${encodeURI(row.path)}`,
  };
}
