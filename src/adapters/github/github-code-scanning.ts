// GitHub's code scanning: SARIF in, alerts out, and alerts dismissed that a checked false positive stands for.
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { DeskProblem } from '../../domain/publication.ts';
import type {
  CodeScanning,
  CodeScanningOutcome,
  Dismissal,
  OpenAlert,
  SarifUpload,
} from '../../ports/code-scanning.ts';
import { markOutside } from '../../support/mark-outside.ts';
import { shorten } from '../../support/shorten.ts';
import { type Attempt, explainFailure } from './explain-failure.ts';
import type { GitHubClient } from './github-client.ts';
import type { HostFailure } from './host-failure.ts';
import { splitRepository } from './split-repository.ts';
import { readAnswer, type Tried, tryHost, writeOnce } from './try-host.ts';

const NEEDS = 'security-events: write';
/** After gzip (platforms A6). */
const UPLOAD_LIMIT = 10 * 1024 * 1024;
const COMMENT_LIMIT = 280;
/** Pauses between the questions whether a file was read: a minute and a half together. */
const POLL_PAUSES_MS = [1000, 2000, 3000, 5000, 8000, 13_000, 21_000, 34_000];

const receiptShape = z.object({ id: z.string().regex(/^[\w-]{1,100}$/) });
const progressShape = z.object({
  processing_status: z.enum(['pending', 'complete', 'failed']),
  errors: z.array(z.string()).nullish(),
});
const alertShape = z.object({
  number: z.number().int().positive(),
  state: z.string().nullish(),
  dismissed_reason: z.string().nullish(),
  rule: z.object({ id: z.string().nullish() }),
  tool: z.object({ name: z.string().nullish() }),
  most_recent_instance: z
    .object({
      location: z.object({ path: z.string().nullish(), start_line: z.number().int().nullish() }).nullish(),
    })
    .nullish(),
});

interface Repository {
  readonly owner: string;
  readonly repo: string;
}

export function createGitHubCodeScanning(
  client: GitHubClient,
  options: { readonly repository: string },
): CodeScanning {
  const repository = splitRepository(options.repository);
  return {
    upload: async (uploads) => {
      for (const upload of uploads) {
        const problem = await uploadOne(client, repository, upload);
        if (problem !== null) return { kind: 'refused', problem };
      }
      return { kind: 'done', count: uploads.length };
    },
    openAlerts: async (ref) => {
      const listed = await tryHost(client, () => listAlerts(client, repository, ref));
      if (listed.kind === 'done') return listed.value;
      return { problem: explain(listed.failure, 'list the alerts of code scanning') };
    },
    dismiss: (dismissals) => dismissAll(client, repository, dismissals),
  };
}

async function uploadOne(
  client: GitHubClient,
  repository: Repository,
  upload: SarifUpload,
): Promise<DeskProblem | null> {
  const packed = gzipSync(upload.sarif);
  if (packed.byteLength > UPLOAD_LIMIT) return tooLarge();
  // Sent once and never again: a second upload of the same tool, category and commit would replace the first anyway, at the next run.
  const sent = await tryHost(client, async () => {
    const answer = await client.write('POST /repos/{owner}/{repo}/code-scanning/sarifs', {
      ...repository,
      commit_sha: upload.commit,
      ref: upload.ref,
      sarif: packed.toString('base64'),
    });
    return readAnswer(receiptShape, answer.data, 'the upload').id;
  });
  if (sent.kind === 'failed') {
    return sent.failure.status === 413 ? tooLarge() : explain(sent.failure, 'upload to code scanning');
  }
  const waited = await tryHost(client, () => waitUntilRead(client, repository, sent.value));
  return waited.kind === 'done'
    ? waited.value
    : explain(waited.failure, 'see whether code scanning read the upload');
}

async function waitUntilRead(
  client: GitHubClient,
  repository: Repository,
  sarif_id: string,
): Promise<DeskProblem | null> {
  for (const pause of POLL_PAUSES_MS) {
    await client.sleep(pause);
    // It may take a moment until the upload is known at all.
    const asked = await tryHost(client, () =>
      client.read('GET /repos/{owner}/{repo}/code-scanning/sarifs/{sarif_id}', { ...repository, sarif_id }),
    );
    if (asked.kind === 'failed' && asked.failure.status === 404) continue;
    if (asked.kind === 'failed') return explain(asked.failure, 'see whether code scanning read the upload');
    const progress = readAnswer(progressShape, asked.value.data, 'the upload');
    if (progress.processing_status === 'complete') return null;
    if (progress.processing_status === 'failed') return unread(progress.errors ?? []);
  }
  const text = 'Code scanning has taken the upload and not read it within a minute and a half.';
  return { code: 'unreachable', text, hint: 'It may still appear; see the Security tab of the repository.' };
}

async function listAlerts(
  client: GitHubClient,
  repository: Repository,
  ref: string,
): Promise<readonly OpenAlert[]> {
  const alerts: OpenAlert[] = [];
  const route = 'GET /repos/{owner}/{repo}/code-scanning/alerts';
  for await (const page of client.pages(route, { ...repository, ref, state: 'open' })) {
    for (const alert of readAnswer(z.array(alertShape), page, 'the alerts')) {
      const place = alert.most_recent_instance?.location;
      const [tool, ruleId, path, startLine] = [
        alert.tool.name,
        alert.rule.id,
        place?.path,
        place?.start_line,
      ];
      if (!tool || !ruleId || !path || !startLine || /^assay$/i.test(tool)) continue;
      alerts.push({ number: alert.number, tool, ruleId, path, startLine });
    }
  }
  return alerts;
}

async function dismissAll(
  client: GitHubClient,
  repository: Repository,
  dismissals: readonly Dismissal[],
): Promise<CodeScanningOutcome> {
  for (const dismissal of dismissals) {
    const dismissed = await dismissOne(client, repository, dismissal);
    if (dismissed.kind === 'failed') {
      return { kind: 'refused', problem: explain(dismissed.failure, 'dismiss an alert of code scanning') };
    }
  }
  return { kind: 'done', count: dismissals.length };
}

function dismissOne(
  client: GitHubClient,
  repository: Repository,
  dismissal: Dismissal,
): Promise<Tried<unknown>> {
  const route = '/repos/{owner}/{repo}/code-scanning/alerts/{alert_number}';
  const where = { ...repository, alert_number: dismissal.alert };
  return writeOnce<unknown>(
    client,
    () =>
      client.write(`PATCH ${route}`, {
        ...where,
        state: 'dismissed',
        dismissed_reason: dismissal.reason,
        dismissed_comment: shorten(dismissal.comment, COMMENT_LIMIT),
      }),
    async () => {
      const alert = readAnswer(alertShape, (await client.read(`GET ${route}`, where)).data, 'the alert');
      return alert.state === 'dismissed' ? alert : null;
    },
  );
}

/** 403 and 404 also mean that code scanning is off (platforms D28, D29), which is no fault of the token. */
function explain(failure: HostFailure, what: string): DeskProblem {
  const attempt: Attempt = { what, needs: NEEDS };
  const problem = explainFailure(failure, attempt);
  if (problem.code !== 'permission' || failure.status === 401) return problem;
  const also =
    'Code scanning must be enabled for the repository (a private one needs GitHub Advanced Security).';
  return { ...problem, hint: `${also} ${problem.hint}` };
}

function tooLarge(): DeskProblem {
  const text = 'The SARIF file is larger than the 10 MB, compressed, that code scanning takes.';
  return { code: 'too_long', text, hint: 'Scan less at once, or upload per category.' };
}

function unread(errors: readonly string[]): DeskProblem {
  const said = errors.length === 0 ? '' : `: ${markOutside(errors.join('; '), 200)}`;
  const text = `Code scanning could not read the upload${said}.`;
  return {
    code: 'rejected',
    text,
    hint: 'Report it with this message: the file follows the limits that GitHub publishes.',
  };
}
