// What dependency scanners write natively, and how each is made to write SARIF.
import { type ReportKind, writes } from './report-kind.ts';

export const DEPENDENCY_SCANNERS: readonly ReportKind[] = [
  {
    id: 'trivy-json',
    name: 'Trivy report (JSON)',
    advice: writes('Trivy writes it with --format sarif.'),
    json: [
      ['SchemaVersion', 'ArtifactType'],
      ['SchemaVersion', 'Results[].Target'],
      ['[].Target', '[].Type'],
      ['[].Target', '[].Vulnerabilities'],
      ['ClusterName', 'Vulnerabilities'],
      ['ClusterName', 'Resources'],
    ],
  },
  {
    id: 'grype-json',
    name: 'Grype report (JSON)',
    advice: writes('Grype writes it with -o sarif.'),
    json: [['matches[].vulnerability'], ['descriptor.name=grype'], ['descriptor.db.built']],
  },
  {
    id: 'osv-scanner-json',
    name: 'OSV-Scanner report (JSON)',
    advice: writes('OSV-Scanner writes it with --format sarif.'),
    json: [
      ['results[].packages'],
      ['results[].source.type'],
      ['[].package.ecosystem'],
      ['[].groups[].experimentalAnalysis'],
      ['experimental_config', 'results'],
    ],
  },
  {
    id: 'govulncheck-json',
    name: 'govulncheck report (JSON)',
    advice: writes('govulncheck writes it with -format sarif.'),
    json: [
      ['config.scanner_name=govulncheck'],
      ['config.protocol_version'],
      ['[].config.protocol_version'],
      ['Calls.Functions'],
      ['*[].osv', '*[].trace'],
    ],
  },
  {
    id: 'osv-records',
    name: 'OSV records (JSON)',
    advice: 'They are advisories, not a report: give the SARIF of a scanner.',
    json: [
      ['schema_version', 'affected'],
      ['*.schema_version', '*.id'],
      ['[].schema_version', '[].affected'],
    ],
  },
  {
    id: 'yarn-audit-json',
    name: 'yarn audit report (JSON lines)',
    advice: null,
    json: [['type=auditAdvisory'], ['type=auditSummary'], ['value', 'children.ID']],
  },
  {
    id: 'composer-audit-json',
    name: 'composer audit report (JSON)',
    advice: null,
    json: [['advisories.*[].advisoryId']],
  },
  {
    id: 'npm-audit-json',
    name: 'npm audit report (JSON)',
    advice: null,
    json: [
      ['auditReportVersion'],
      ['actions', 'advisories'],
      ['actions[].module'],
      ['error.code', 'error.summary'],
      ['message', 'method', 'uri'],
    ],
  },
  {
    id: 'pnpm-audit-json',
    name: 'pnpm audit report (JSON)',
    advice: null,
    json: [['advisories.*.findings']],
  },
  {
    id: 'cargo-audit-json',
    name: 'cargo audit report (JSON)',
    advice: null,
    json: [['database.advisory-count']],
  },
  {
    id: 'pip-audit-json',
    name: 'pip-audit report (JSON)',
    advice: null,
    json: [['dependencies[].vulns'], ['[].name', '[].version', '[].vulns']],
  },
  {
    id: 'retirejs-json',
    name: 'retire.js report (JSON)',
    advice: null,
    json: [['data[].results[].component'], ['version', 'start', 'data']],
  },
  { id: 'auditjs-json', name: 'AuditJS report (JSON)', advice: null, json: [['[].coordinates']] },
  {
    id: 'dependabot-alerts',
    name: 'Dependabot alerts (GitHub GraphQL)',
    advice: null,
    json: [['data.repository.vulnerabilityAlerts'], ['[].security_advisory']],
  },
  {
    id: 'snyk-json',
    name: 'Snyk Open Source report (JSON)',
    advice: writes('Snyk writes it with --sarif.'),
    json: [
      ['vulnerabilities[].semver'],
      ['[].vulnerabilities[].semver'],
      ['vulnerabilities[].alternativeIds'],
      ['[].vulnerabilities[].alternativeIds'],
      ['vulnerabilities', 'packageManager'],
    ],
  },
  {
    id: 'dependency-check-xml',
    name: 'OWASP Dependency-Check report (XML)',
    advice: writes('Dependency-Check writes it with --format SARIF.'),
    text: /<analysis\s[^>]{0,1000}dependency-check/,
  },
  {
    id: 'dependency-check-json',
    name: 'OWASP Dependency-Check report (JSON)',
    advice: writes('Dependency-Check writes it with --format SARIF.'),
    json: [['reportSchema', 'scanInfo']],
  },
];
