// What code scanners write natively, and how each is made to write SARIF.
import { type ReportKind, writes } from './report-kind.ts';

const CONVERT =
  'sarif-multitool converts it: npx @microsoft/sarif-multitool convert FILE -t TOOL -o report.sarif';
const GITLAB =
  'Assay reads SARIF today; give the SARIF of the analyzer that GitLab runs (Semgrep: --sarif, Trivy: --format sarif).';

export const CODE_SCANNERS: readonly ReportKind[] = [
  {
    id: 'checkmarx-one-json',
    name: 'Checkmarx One report (JSON)',
    advice: writes('the Checkmarx One CLI writes it with --report-format sarif.'),
    json: [['scan.analyzer.id~CxOne'], ['results[].similarityId']],
  },
  {
    id: 'bandit-json',
    name: 'Bandit report (JSON)',
    advice: writes('Bandit writes it with -f sarif (pip install bandit[sarif]).'),
    json: [['metrics._totals'], ['results[].test_id']],
  },
  {
    id: 'gosec-json',
    name: 'gosec report (JSON)',
    advice: writes('gosec writes it with -fmt sarif.'),
    json: [['Issues', 'Stats'], ['Golang errors']],
  },
  {
    id: 'brakeman-json',
    name: 'Brakeman report (JSON)',
    advice: writes('Brakeman writes it with -f sarif.'),
    json: [['scan_info.app_path'], ['scan_info.brakeman_version']],
  },
  {
    id: 'checkov-json',
    name: 'Checkov report (JSON)',
    advice: writes('Checkov writes it with -o sarif.'),
    json: [['check_type', 'results'], ['[].check_type']],
  },
  {
    id: 'kics-json',
    name: 'KICS report (JSON)',
    advice: writes('KICS writes it with --report-formats sarif.'),
    json: [['kics_version'], ['queries_total']],
  },
  {
    id: 'infer-json',
    name: 'Infer report (JSON)',
    advice: writes('Infer writes report.sarif with --sarif.'),
    json: [['[].bug_type']],
  },
  {
    id: 'bearer-json',
    name: 'Bearer report (JSON)',
    advice: writes('Bearer writes it with --format sarif.'),
    json: [['*[].cwe_ids']],
  },
  {
    id: 'semgrep-json',
    name: 'Semgrep report (JSON)',
    advice: writes('Semgrep writes it with --sarif.'),
    json: [['results[].check_id'], ['findings[].syntactic_id'], ['findings[].rule_name']],
  },
  {
    id: 'njsscan-json',
    name: 'njsscan report (JSON)',
    advice: writes('njsscan writes it with --sarif.'),
    json: [['njsscan_version'], ['nodejsscan_version']],
  },
  {
    id: 'eslint-json',
    name: 'ESLint report (JSON)',
    advice: writes('ESLint writes it with -f @microsoft/eslint-formatter-sarif.'),
    json: [['[].filePath', '[].messages']],
  },
  {
    id: 'sonarqube-json',
    name: 'SonarQube issues (JSON)',
    advice: null,
    json: [['issues[].component', 'issues[].rule'], ['sonarBaseURL'], ['sonarComponent']],
  },
  {
    id: 'coverity-json',
    name: 'Coverity view (JSON)',
    advice: null,
    json: [['viewContentsV1'], ['issues[].mergeKey']],
  },
  {
    id: 'codechecker-json',
    name: 'CodeChecker report (JSON)',
    advice: writes('clang writes it with -analyzer-output=sarif.'),
    json: [['reports[].analyzer_result_file_path'], ['reports[].report_hash']],
  },
  {
    id: 'github-alerts',
    name: 'GitHub code scanning alerts (API)',
    advice: writes('the API gives the SARIF of an analysis with Accept: application/sarif+json.'),
    json: [['[].most_recent_instance'], ['[].rule', '[].html_url']],
  },
  {
    id: 'gitleaks-json',
    name: 'Gitleaks report (JSON)',
    advice: writes('Gitleaks writes it with --report-format sarif.'),
    json: [
      ['[].Secret', '[].Match'],
      ['[].secret', '[].rule', '[].commit'],
    ],
  },
  {
    id: 'progpilot-json',
    name: 'progpilot report (JSON)',
    advice: null,
    json: [
      ['[].source_name', '[].tainted_flow'],
      ['[].source_name', '[].sink_name'],
    ],
  },
  {
    id: 'horusec-json',
    name: 'Horusec report (JSON)',
    advice: writes('Horusec writes it with -o sarif.'),
    json: [
      ['repositoryID', 'analysisVulnerabilities'],
      ['repositoryID', 'version'],
    ],
  },
  {
    id: 'gitlab-json',
    name: 'GitLab security report (JSON)',
    advice: GITLAB,
    json: [
      ['vulnerabilities[].category', 'version'],
      ['vulnerabilities[].identifiers', 'version'],
      ['vulnerabilities', 'scan.scanner'],
      ['vulnerabilities', 'scan.analyzer'],
      ['vulnerabilities[].location', 'version'],
    ],
  },
  {
    id: 'checkmarx-xml',
    name: 'Checkmarx report (XML)',
    advice: writes('the Checkmarx CLI writes it with --report-format sarif.'),
    text: /<CxXMLResults[\s>]/,
  },
  {
    id: 'fortify-xml',
    name: 'Fortify report (XML)',
    advice: CONVERT,
    text: /<ReportDefinition[\s>]|<FVDL[\s>]/,
  },
  {
    id: 'spotbugs-xml',
    name: 'SpotBugs report (XML)',
    advice: writes('SpotBugs writes it with -sarif.'),
    text: /<BugCollection[\s>]/,
  },
  { id: 'veracode-xml', name: 'Veracode report (XML)', advice: null, text: /<detailedreport[\s>]/ },
  {
    id: 'cppcheck-xml',
    name: 'Cppcheck report (XML)',
    advice: writes('Cppcheck writes it with --output-format=sarif.'),
    text: /<results\s[^>]{0,1000}>\s*<cppcheck[\s/]/,
  },
  {
    id: 'checkstyle-xml',
    name: 'Checkstyle report (XML)',
    advice: writes('Checkstyle writes it with -f sarif.'),
    text: /<checkstyle[\s>]/,
  },
  {
    id: 'pmd-xml',
    name: 'PMD report (XML)',
    advice: writes('PMD writes it with -f sarif.'),
    text: /<pmd[\s>]/,
  },
  { id: 'junit-xml', name: 'JUnit report (XML)', advice: null, text: /<testsuites?[\s>]/ },
  { id: 'nessus-xml', name: 'Nessus report (XML)', advice: CONVERT, text: /<NessusClientData/ },
  {
    id: 'zap-xml',
    name: 'ZAP report (XML)',
    advice: writes('ZAP writes it with its report template sarif-json.'),
    text: /<OWASPZAPReport[\s>]/,
  },
];
