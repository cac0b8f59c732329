// The formats that Assay reads beside SARIF. Each is loaded only when a report of its kind comes.
import type { ReportFormat } from './report-format.ts';

export interface FormatEntry {
  /** Ids of `ReportKind`s; the same as those of the format that is loaded. */
  readonly kinds: readonly string[];
  load(): Promise<ReportFormat>;
}

/** A new format adds a line. */
export const REPORT_FORMATS: readonly FormatEntry[] = [
  { kinds: ['cyclonedx-json'], load: async () => (await import('../sbom/cyclonedx-json.ts')).CYCLONEDX_JSON },
  { kinds: ['cyclonedx-xml'], load: async () => (await import('../sbom/cyclonedx-xml.ts')).CYCLONEDX_XML },
  { kinds: ['spdx-json'], load: async () => (await import('../sbom/spdx-json.ts')).SPDX_JSON },
  { kinds: ['spdx-tag-value'], load: async () => (await import('../sbom/spdx-tag-value.ts')).SPDX_TAG_VALUE },
  { kinds: ['spdx-3-json'], load: async () => (await import('../sbom/spdx-3-json.ts')).SPDX_3_JSON },
  { kinds: ['openvex'], load: async () => (await import('../vex/openvex.ts')).OPENVEX },
  { kinds: ['csaf'], load: async () => (await import('../vex/csaf.ts')).CSAF },
  { kinds: ['trivy-json'], load: async () => (await import('../sca/trivy-json.ts')).TRIVY_JSON },
  { kinds: ['json-null'], load: async () => (await import('../sca/trivy-null.ts')).TRIVY_NULL },
  { kinds: ['grype-json'], load: async () => (await import('../sca/grype-json.ts')).GRYPE_JSON },
  {
    kinds: ['osv-scanner-json'],
    load: async () => (await import('../sca/osv-scanner-json.ts')).OSV_SCANNER_JSON,
  },
  {
    kinds: ['govulncheck-json'],
    load: async () => (await import('../sca/govulncheck-json.ts')).GOVULNCHECK_JSON,
  },
  { kinds: ['npm-audit-json'], load: async () => (await import('../sca/npm-audit-json.ts')).NPM_AUDIT_JSON },
  {
    kinds: ['yarn-audit-json'],
    load: async () => (await import('../sca/yarn-audit-json.ts')).YARN_AUDIT_JSON,
  },
  {
    kinds: ['pnpm-audit-json'],
    load: async () => (await import('../sca/pnpm-audit-json.ts')).PNPM_AUDIT_JSON,
  },
  {
    kinds: ['gitlab-dependency-json'],
    load: async () => (await import('../sca/gitlab-dependency-json.ts')).GITLAB_DEPENDENCY_JSON,
  },
  { kinds: ['pip-audit-json'], load: async () => (await import('../sca/pip-audit-json.ts')).PIP_AUDIT_JSON },
  {
    kinds: ['cargo-audit-json'],
    load: async () => (await import('../sca/cargo-audit-json.ts')).CARGO_AUDIT_JSON,
  },
  {
    kinds: ['composer-audit-json'],
    load: async () => (await import('../sca/composer-audit-json.ts')).COMPOSER_AUDIT_JSON,
  },
  { kinds: ['retirejs-json'], load: async () => (await import('../sca/retirejs-json.ts')).RETIREJS_JSON },
  { kinds: ['snyk-json'], load: async () => (await import('../sca/snyk-json.ts')).SNYK_JSON },
  {
    kinds: ['dependency-check-xml'],
    load: async () => (await import('../sca/dependency-check-xml.ts')).DEPENDENCY_CHECK_XML,
  },
  {
    kinds: ['dependency-check-json'],
    load: async () => (await import('../sca/dependency-check-json.ts')).DEPENDENCY_CHECK_JSON,
  },
  {
    kinds: ['dependabot-alerts'],
    load: async () => (await import('../sca/dependabot-alerts.ts')).DEPENDABOT_ALERTS,
  },
  {
    kinds: ['dependency-review-json'],
    load: async () => (await import('../sca/dependency-review-json.ts')).DEPENDENCY_REVIEW_JSON,
  },
  { kinds: ['bandit-json'], load: async () => (await import('../native/bandit-json.ts')).BANDIT_JSON },
  { kinds: ['gosec-json'], load: async () => (await import('../native/gosec-json.ts')).GOSEC_JSON },
  { kinds: ['brakeman-json'], load: async () => (await import('../native/brakeman-json.ts')).BRAKEMAN_JSON },
  {
    kinds: ['sonarqube-json'],
    load: async () => (await import('../native/sonarqube-json.ts')).SONARQUBE_JSON,
  },
  {
    kinds: ['shellcheck-json'],
    load: async () => (await import('../native/shellcheck-json.ts')).SHELLCHECK_JSON,
  },
  { kinds: ['gitlab-json'], load: async () => (await import('../native/gitlab-json.ts')).GITLAB_JSON },
  { kinds: ['semgrep-json'], load: async () => (await import('../native/semgrep-json.ts')).SEMGREP_JSON },
  { kinds: ['gitleaks-json'], load: async () => (await import('../native/gitleaks-json.ts')).GITLEAKS_JSON },
];

/** What reads a kind; null when nothing does. */
export function formatOf(kind: string): FormatEntry | null {
  return REPORT_FORMATS.find((entry) => entry.kinds.includes(kind)) ?? null;
}
