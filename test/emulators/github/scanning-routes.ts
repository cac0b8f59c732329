// Code scanning: SARIF is taken first and read later; alerts are made of it and dismissed with a reason (platforms A6, D28, D29).
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { HostAnswer } from '../emulated-host.ts';
import type { Actor } from './actors.ts';
import { answerPage } from './pages.ts';
import { presentUser } from './present-repository.ts';
import { DOCS, notFound, refuse } from './refusals.ts';
import { type Call, type Route, route } from './routes.ts';

const REASONS = ['false positive', "won't fix", 'used in tests', 'mitigated'] as const;

const upload = z.strictObject({
  commit_sha: z.string().regex(/^[0-9a-f]{40}$/),
  ref: z.string().regex(/^refs\/(heads|tags|pull)\/.+$/),
  sarif: z.string(),
  checkout_uri: z.string().optional(),
  started_at: z.string().optional(),
  tool_name: z.string().optional(),
  validate: z.boolean().optional(),
});

const changedAlert = z.strictObject({
  state: z.enum(['open', 'dismissed']),
  dismissed_reason: z.unknown().optional(),
  dismissed_comment: z.string().nullish(),
  create_request: z.boolean().optional(),
});

export interface Alert {
  readonly number: number;
  readonly tool: string;
  readonly ruleId: string;
  readonly path: string;
  readonly startLine: number;
  readonly ref: string;
  readonly category: string;
  readonly commit: string;
  state: 'open' | 'dismissed' | 'fixed';
  reason: (typeof REASONS)[number] | null;
  comment: string | null;
  dismissedBy: Actor | null;
}

interface StoredSarif {
  readonly id: string;
  readonly sarif: unknown;
  readonly ref: string;
  readonly commit: string;
  readonly errors: readonly string[];
  pollsLeft: number;
}

const MOST_BYTES = 10 * 1024 * 1024;
const LIMITS = { runs: 20, results: 25_000, rules: 25_000, extensions: 100 };
const COMMENT_CHARACTERS = 280;

const REPOSITORY = '/repos/{owner}/{repo}/code-scanning';
const need = (access: 'read' | 'write') => ({ permissions: ['security-events'], access }) as const;

/** The knobs and lists of code scanning. */
export interface Scanning {
  readonly routes: readonly Route[];
  readonly alerts: Alert[];
  readonly uploads: StoredSarif[];
  /** False: GitHub Advanced Security is off. */
  enabled: boolean;
  /** How often a question about an upload is answered with `pending`. */
  pendingPolls: number;
  addAlert(alert: Pick<Alert, 'tool' | 'ruleId' | 'path' | 'startLine'> & { readonly ref?: string }): Alert;
}

export function createScanning(headRef: () => string): Scanning {
  const scanning: Scanning = {
    routes: [],
    alerts: [],
    uploads: [],
    enabled: true,
    pendingPolls: 1,
    addAlert: (alert) => {
      const stored: Alert = {
        ref: headRef(),
        category: '',
        commit: 'a'.repeat(40),
        ...alert,
        number: scanning.alerts.length + 1,
        state: 'open',
        reason: null,
        comment: null,
        dismissedBy: null,
      };
      scanning.alerts.push(stored);
      return stored;
    },
  };
  return Object.assign(scanning, { routes: scanningRoutes(scanning) });
}

function scanningRoutes(scanning: Scanning): Route[] {
  const guarded = (run: () => HostAnswer): HostAnswer => {
    if (scanning.enabled) return run();
    return refuse(
      403,
      'Advanced Security must be enabled for this repository to use code scanning.',
      undefined,
      DOCS.scanning,
    );
  };
  return [
    route({
      method: 'POST',
      path: `${REPOSITORY}/sarifs`,
      need: need('write'),
      body: upload,
      refuseBody: (_body, reasons) => refuse(400, `Invalid request.\n\n${reasons}`, undefined, DOCS.scanning),
      run: (call, asked) => guarded(() => takeSarif(scanning, call, asked)),
    }),
    route({
      method: 'GET',
      path: `${REPOSITORY}/sarifs/{sarif_id}`,
      need: need('read'),
      run: (call) => guarded(() => readSarif(scanning, call)),
    }),
    route({
      method: 'GET',
      path: `${REPOSITORY}/alerts`,
      need: need('read'),
      run: (call) =>
        guarded(() => {
          const { query } = call.request;
          const [ref, state, tool] = [query.get('ref'), query.get('state'), query.get('tool_name')];
          const rows = scanning.alerts.filter(
            (alert) =>
              (ref === null || alert.ref === ref) &&
              (state === null || alert.state === state) &&
              (tool === null || alert.tool === tool),
          );
          const newestFirst = query.get('direction') === 'asc' ? rows : rows.toReversed();
          return answerPage(newestFirst, { query, address: call.numbered }, (part) =>
            part.map((row) => presentAlert(row, call)),
          );
        }),
    }),
    route({
      method: 'GET',
      path: `${REPOSITORY}/alerts/{alert_number}`,
      need: need('read'),
      run: (call) =>
        guarded(() =>
          withAlert(scanning, call, (alert) => ({ status: 200, body: presentAlert(alert, call) })),
        ),
    }),
    route({
      method: 'PATCH',
      path: `${REPOSITORY}/alerts/{alert_number}`,
      need: need('write'),
      body: changedAlert,
      refuseBody: (_body, reasons) => refuse(400, `Invalid request.\n\n${reasons}`, undefined, DOCS.scanning),
      run: (call, asked) =>
        guarded(() => withAlert(scanning, call, (alert) => changeAlert(call, alert, asked))),
    }),
  ];
}

function takeSarif(scanning: Scanning, call: Call, asked: z.infer<typeof upload>): HostAnswer {
  const packed = Buffer.from(asked.sarif, 'base64');
  if (packed.length > MOST_BYTES) {
    call.violate('SARIF over 10 MB');
    return refuse(413, 'The SARIF upload is too large.', undefined, DOCS.scanning);
  }
  let sarif: unknown;
  try {
    sarif = JSON.parse(gunzipSync(packed).toString('utf8'));
  } catch {
    call.violate('SARIF that is not gzip and JSON');
    return refuse(
      400,
      'Invalid SARIF. The upload must be gzip compressed and Base64 encoded.',
      undefined,
      DOCS.scanning,
    );
  }
  if (!call.state.repository.has(asked.commit_sha))
    return refuse(404, 'Commit not found', undefined, DOCS.scanning);
  const id = `47177e22-5596-11eb-80a1-${String(scanning.uploads.length).padStart(12, '0')}`;
  const stored = {
    id,
    sarif,
    ref: asked.ref,
    commit: asked.commit_sha,
    errors: faultsOf(sarif),
    pollsLeft: scanning.pendingPolls,
  };
  scanning.uploads.push(stored);
  const { owner, name } = call.state.settings;
  return { status: 202, body: { id, url: `${call.api}/repos/${owner}/${name}/code-scanning/sarifs/${id}` } };
}

const sarifShape = z.looseObject({
  version: z.literal('2.1.0'),
  runs: z.array(
    z.looseObject({
      tool: z.looseObject({
        driver: z.looseObject({ name: z.string(), rules: z.array(z.unknown()).optional() }),
        extensions: z.array(z.unknown()).optional(),
      }),
      automationDetails: z.looseObject({ id: z.string().optional() }).optional(),
      results: z
        .array(
          z.looseObject({
            ruleId: z.string().optional(),
            message: z.looseObject({}),
            locations: z
              .array(
                z.looseObject({
                  physicalLocation: z
                    .looseObject({
                      artifactLocation: z.looseObject({ uri: z.string().optional() }).optional(),
                      region: z.looseObject({ startLine: z.int().optional() }).optional(),
                    })
                    .optional(),
                }),
              )
              .optional(),
          }),
        )
        .optional(),
    }),
  ),
});

/** What makes an upload fail after it was taken. */
function faultsOf(sarif: unknown): string[] {
  const read = sarifShape.safeParse(sarif);
  if (!read.success) return [`Unable to upload: ${z.prettifyError(read.error)}`];
  const { runs } = read.data;
  const counts = {
    runs: runs.length,
    results: Math.max(0, ...runs.map((run) => run.results?.length ?? 0)),
    rules: Math.max(0, ...runs.map((run) => run.tool.driver.rules?.length ?? 0)),
    extensions: Math.max(0, ...runs.map((run) => run.tool.extensions?.length ?? 0)),
  };
  return Object.entries(LIMITS)
    .filter(([key, limit]) => counts[key as keyof typeof counts] > limit)
    .map(
      ([key, limit]) =>
        `rejecting SARIF, as there are more ${key} than allowed (${counts[key as keyof typeof counts]} > ${limit})`,
    );
}

function readSarif(scanning: Scanning, call: Call): HostAnswer {
  const stored = scanning.uploads.find(({ id }) => id === call.parameters.sarif_id);
  if (!stored) return notFound();
  if (stored.pollsLeft > 0) {
    stored.pollsLeft -= 1;
    return { status: 200, body: { processing_status: 'pending' } };
  }
  if (stored.errors.length > 0) {
    return { status: 200, body: { processing_status: 'failed', analyses_url: null, errors: stored.errors } };
  }
  if (stored.pollsLeft === 0) makeAlerts(scanning, stored);
  stored.pollsLeft = -1;
  const { owner, name } = call.state.settings;
  const analyses = `${call.api}/repos/${owner}/${name}/code-scanning/analyses?sarif_id=${stored.id}`;
  return { status: 200, body: { processing_status: 'complete', analyses_url: analyses } };
}

/** A second upload of the same tool and category replaces the first. */
function makeAlerts(scanning: Scanning, { sarif, ref, commit }: StoredSarif): void {
  for (const run of sarifShape.parse(sarif).runs) {
    const tool = run.tool.driver.name;
    const category = run.automationDetails?.id ?? '';
    for (const alert of scanning.alerts) {
      if (alert.tool === tool && alert.category === category && alert.ref === ref && alert.state === 'open')
        alert.state = 'fixed';
    }
    for (const result of run.results ?? []) {
      const place = result.locations?.[0]?.physicalLocation;
      const path = place?.artifactLocation?.uri ?? '';
      const alert = scanning.addAlert({
        tool,
        ruleId: result.ruleId ?? '',
        path,
        startLine: place?.region?.startLine ?? 1,
        ref,
      });
      scanning.alerts[scanning.alerts.indexOf(alert)] = { ...alert, category, commit };
    }
  }
}

function withAlert(scanning: Scanning, call: Call, run: (alert: Alert) => HostAnswer): HostAnswer {
  const alert = scanning.alerts.find(({ number }) => number === Number(call.parameters.alert_number));
  return alert ? run(alert) : notFound();
}

function changeAlert(call: Call, alert: Alert, asked: z.infer<typeof changedAlert>): HostAnswer {
  const reject = (text: string): HostAnswer => {
    call.violate(text);
    return refuse(400, text, undefined, DOCS.scanning);
  };
  const reason = REASONS.find((known) => known === asked.dismissed_reason) ?? null;
  if (asked.state === 'dismissed' && reason === null)
    return reject('dismissed_reason is required when an alert is dismissed.');
  const comment = asked.dismissed_comment ?? null;
  if ((comment ?? '').length > COMMENT_CHARACTERS)
    return reject(`dismissed_comment is over ${COMMENT_CHARACTERS} characters.`);
  if (asked.state === alert.state)
    return refuse(400, `Alert is already ${alert.state}.`, undefined, DOCS.scanning);
  const dismissed = asked.state === 'dismissed';
  alert.state = asked.state;
  alert.reason = dismissed ? reason : null;
  alert.comment = dismissed ? comment : null;
  alert.dismissedBy = dismissed ? (call.token?.actor ?? null) : null;
  return { status: 200, body: presentAlert(alert, call) };
}

function presentAlert(alert: Alert, call: Call): Record<string, unknown> {
  const { owner, name } = call.state.settings;
  const url = `${call.api}/repos/${owner}/${name}/code-scanning/alerts/${alert.number}`;
  const time = '2026-01-01T00:00:00Z';
  return {
    number: alert.number,
    created_at: time,
    updated_at: time,
    url,
    html_url: `${call.web}/${owner}/${name}/security/code-scanning/${alert.number}`,
    instances_url: `${url}/instances`,
    state: alert.state,
    fixed_at: alert.state === 'fixed' ? time : null,
    dismissed_by: alert.dismissedBy === null ? null : presentUser(alert.dismissedBy, call),
    dismissed_at: alert.dismissedBy === null ? null : time,
    dismissed_reason: alert.reason,
    dismissed_comment: alert.comment,
    rule: { id: alert.ruleId, name: alert.ruleId, severity: 'warning', description: alert.ruleId, tags: [] },
    tool: { name: alert.tool, guid: null, version: null },
    most_recent_instance: {
      ref: alert.ref,
      analysis_key: 'upload',
      environment: '{}',
      category: alert.category,
      state: alert.state,
      commit_sha: alert.commit,
      message: { text: alert.ruleId },
      location: {
        path: alert.path,
        start_line: alert.startLine,
        end_line: alert.startLine,
        start_column: 1,
        end_column: 2,
      },
      classifications: [],
    },
  };
}
