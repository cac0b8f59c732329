// What dependency scanners write natively, and how each is made to write SARIF.
import { phrase } from '#domain/phrase.ts';
import { type ReportKind, reportOf, writes } from './report-kind.ts';

export const DEPENDENCY_SCANNERS: readonly ReportKind[] = [
  {
    id: 'trivy-json',
    name: reportOf('Trivy', 'JSON'),
    advice: writes('Trivy', '--format sarif'),
    json: [
      ['SchemaVersion', 'ArtifactType'],
      ['SchemaVersion', 'Results[].Target'],
      ['[].Target', '[].Type'],
      ['[].Target', '[].Vulnerabilities'],
      ['ClusterName', 'Vulnerabilities'],
      ['ClusterName', 'Misconfigurations'],
      ['ClusterName', 'Resources'],
    ],
  },
  {
    id: 'grype-json',
    name: reportOf('Grype', 'JSON'),
    advice: writes('Grype', '-o sarif'),
    json: [['matches[].vulnerability'], ['descriptor.name=grype'], ['descriptor.db.built']],
  },
  {
    id: 'osv-scanner-json',
    name: reportOf('OSV-Scanner', 'JSON'),
    advice: writes('OSV-Scanner', '--format sarif'),
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
    name: reportOf('govulncheck', 'JSON'),
    advice: writes('govulncheck', '-format sarif'),
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
    name: phrase`OSV records (JSON)`,
    advice: phrase`They are advisories, not a report: give them with ${'`--osv`'}, beside a bill of materials.`,
    json: [
      ['schema_version', 'affected'],
      ['*.schema_version', '*.id'],
      ['[].schema_version', '[].affected'],
    ],
  },
  {
    id: 'yarn-audit-json',
    name: reportOf('yarn audit', 'JSON lines'),
    advice: null,
    json: [
      ['type=auditAdvisory'],
      ['type=auditSummary'],
      ['type=auditAction'],
      ['value', 'children.ID'],
      ['type=info', 'data'],
      ['type=warning', 'data'],
      ['type=error', 'data'],
    ],
  },
  {
    id: 'composer-audit-json',
    name: reportOf('composer audit', 'JSON'),
    advice: null,
    json: [
      ['advisories.*[].advisoryId'],
      ['advisories[].advisoryId'],
      ['advisories', 'abandoned'],
      ['advisories[]', 'abandoned'],
    ],
  },
  {
    id: 'npm-audit-json',
    name: reportOf('npm audit', 'JSON'),
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
    name: reportOf('pnpm audit', 'JSON'),
    advice: null,
    json: [['advisories.*.findings'], ['advisories', 'metadata.vulnerabilities'], ['error.code~ERR_PNPM']],
  },
  {
    id: 'cargo-audit-json',
    name: reportOf('cargo audit', 'JSON'),
    advice: null,
    json: [['database.advisory-count']],
  },
  {
    id: 'pip-audit-json',
    name: reportOf('pip-audit', 'JSON'),
    advice: null,
    json: [['dependencies[].vulns'], ['[].name', '[].version', '[].vulns']],
  },
  {
    id: 'retirejs-json',
    name: reportOf('retire.js', 'JSON'),
    advice: null,
    json: [
      ['data[].results[].component'],
      ['version', 'start', 'data'],
      ['[].file', '[].results[].component'],
    ],
  },
  {
    id: 'gitlab-dependency-json',
    name: phrase`GitLab dependency or container scanning report (JSON)`,
    advice: null,
    json: [
      ['vulnerabilities[].location.dependency.version', 'version'],
      ['vulnerabilities', 'scan.type=dependency_scanning'],
      ['vulnerabilities', 'scan.type=container_scanning'],
      ['vulnerabilities', 'scan.type=cluster_image_scanning'],
      ['vulnerabilities[].location.dependency', 'dependency_files', 'version'],
    ],
  },
  {
    id: 'auditjs-json',
    name: reportOf('AuditJS', 'JSON'),
    advice: phrase`Scan the lock file with npm audit, Trivy, Grype or OSV-Scanner: Assay reads their reports.`,
    json: [['[].coordinates']],
  },
  {
    id: 'dependabot-alerts',
    name: phrase`Dependabot alerts (GitHub API)`,
    advice: null,
    json: [['data.repository.vulnerabilityAlerts'], ['[].security_advisory']],
  },
  {
    id: 'dependency-review-json',
    name: phrase`GitHub dependency review (API)`,
    advice: null,
    json: [['[].change_type', '[].manifest']],
  },
  {
    id: 'snyk-json',
    name: reportOf('Snyk Open Source', 'JSON'),
    advice: writes('Snyk', '--sarif'),
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
    name: reportOf('OWASP Dependency-Check', 'XML'),
    advice: writes('Dependency-Check', '--format SARIF'),
    text: /<analysis\s[^>]{0,1000}dependency-check/,
  },
  {
    id: 'dependency-check-json',
    name: reportOf('OWASP Dependency-Check', 'JSON'),
    advice: writes('Dependency-Check', '--format SARIF'),
    json: [['reportSchema', 'scanInfo']],
  },
];
