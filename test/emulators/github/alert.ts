// An alert of code scanning, kept and shown.
import type { Actor } from './actors.ts';
import { presentUser } from './present-repository.ts';
import type { Call } from './routes.ts';

export const REASONS = ['false positive', "won't fix", 'used in tests', 'mitigated'] as const;

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

export function presentAlert(alert: Alert, call: Call): Record<string, unknown> {
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
