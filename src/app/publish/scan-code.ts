// GitHub code scanning, where the policy asks for it: the judged findings as alerts, and alerts that a checked false positive stands for.

import type { PublishingPolicy } from '#domain/policy.ts';
import type { ChangeRequest, DeskProblem } from '#domain/publication.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import type { CodeScanning, Dismissal, OpenAlert } from '#ports/code-scanning.ts';
import { isDismissed } from '../../publish/finding-order.ts';
import type { PublicationRecord } from '../../publish/publication-schema.ts';
import { splitSarif } from '../../publish/split-sarif.ts';
import { shorten } from '../../support/shorten.ts';

/** GitHub takes 280 characters of a dismissal's comment (platforms A6). */
const LONGEST_COMMENT = 280;

interface ScanContext {
  readonly scanning: CodeScanning | null;
  readonly policy: PublishingPolicy;
  /** A result that the change's own side made neither makes nor dismisses alerts. */
  readonly trusted: boolean;
  readonly change: Pick<ChangeRequest, 'head' | 'name' | 'blobUrl'>;
}

export interface ScannedCode {
  readonly record: PublicationRecord['codeScanning'];
  readonly problems: readonly DeskProblem[];
}

export async function scanCode(document: ResultDocument, context: ScanContext): Promise<ScannedCode> {
  const { scanning, policy, trusted, change } = context;
  const { upload, dismiss } = policy.codeScanning;
  if (scanning === null || !trusted || (!upload && !dismiss)) return { record: null, problems: [] };
  const ref = `refs/pull/${change.name.split('#')[1] ?? ''}/head`;
  const parts = upload ? splitSarif(withoutSettled(document), { repositoryUri: repositoryOf(change) }) : [];
  const uploads = parts.map(({ sarif }) => ({ sarif, commit: change.head, ref }));
  const uploaded = upload ? await scanning.upload(uploads) : ({ kind: 'done', count: 0 } as const);
  const dismissed = dismiss
    ? await dismissAlerts(document.findings, scanning, ref)
    : ({ kind: 'done', count: 0 } as const);
  return {
    record: {
      parts: parts.length,
      uploaded: uploaded.kind === 'done' ? uploaded.count : 0,
      dismissed: dismissed.kind === 'done' ? dismissed.count : 0,
    },
    problems: [uploaded, dismissed].flatMap((one) => (one.kind === 'refused' ? [one.problem] : [])),
  };
}

/** GitHub opens an alert for every result, whatever its suppressions say: what is settled is not uploaded. */
function withoutSettled(document: ResultDocument): ResultDocument {
  const isOpen = (finding: FindingRecord) =>
    !isDismissed(finding) && finding.gate.effect !== 'waived' && finding.gate.effect !== 'suppressed';
  return { ...document, findings: document.findings.filter(isOpen) };
}

function repositoryOf({ blobUrl }: Pick<ChangeRequest, 'blobUrl'>): string {
  return blobUrl.replace(/\/blob\/[^/]*$/, '');
}

async function dismissAlerts(findings: readonly FindingRecord[], scanning: CodeScanning, ref: string) {
  const alerts = await scanning.openAlerts(ref);
  if ('problem' in alerts) return { kind: 'refused', problem: alerts.problem } as const;
  const dismissals = findings.flatMap((finding) => dismissalsOf(finding, alerts));
  return dismissals.length === 0 ? ({ kind: 'done', count: 0 } as const) : await scanning.dismiss(dismissals);
}

/** Only for a dismissal that the code itself shows: the policy's own paths are the team's to decide, a model's word is for a person to confirm. */
function dismissalsOf(finding: FindingRecord, alerts: readonly OpenAlert[]): readonly Dismissal[] {
  const { verdict, location, tools } = finding;
  const [reason] = verdict?.reasons ?? [];
  if (verdict?.label !== 'false_positive' || reason === undefined || reason.code === 'FP.policy') return [];
  if (verdict.by === 'model') return [];
  const comment = shorten(`Assay: ${reason.text}`, LONGEST_COMMENT);
  return alerts
    .filter(
      ({ tool, ruleId, path, startLine }) =>
        path === location.path &&
        startLine === location.startLine &&
        tools.some((report) => report.name === tool && report.ruleId === ruleId),
    )
    .map(({ number }) => ({ alert: number, reason: 'false positive', comment }));
}
