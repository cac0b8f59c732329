// Code scanning: SARIF is taken first and read later; alerts are made of it and dismissed with a reason (platforms A6, D28, D29).
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { HostAnswer } from '../emulated-host.ts';
import { type Alert, presentAlert, REASONS } from './alert.ts';
import { answerPage } from './pages.ts';
import { DOCS, notFound, refuse } from './refusals.ts';
import { type Call, type Route, route } from './routes.ts';
import { faultsOf, readResults } from './sarif-reading.ts';

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

interface StoredSarif {
  readonly id: string;
  readonly sarif: unknown;
  readonly ref: string;
  readonly commit: string;
  readonly errors: readonly string[];
  pollsLeft: number;
}

const MOST_BYTES = 10 * 1024 * 1024;
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
  addAlert(
    alert: Pick<Alert, 'tool' | 'ruleId' | 'path' | 'startLine'> &
      Partial<Pick<Alert, 'ref' | 'category' | 'commit'>>,
  ): Alert;
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
  for (const { tool, category, results } of readResults(sarif)) {
    for (const alert of scanning.alerts) {
      const same = alert.tool === tool && alert.category === category && alert.ref === ref;
      if (same && alert.state === 'open') alert.state = 'fixed';
    }
    for (const result of results) scanning.addAlert({ tool, ...result, ref, category, commit });
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
