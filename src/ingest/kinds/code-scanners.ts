// What code scanners write natively, and how each is made to write SARIF.
import { phrase } from '#domain/phrase.ts';
import { type ReportKind, reportOf, writes } from './report-kind.ts';

const CONVERT = phrase`sarif-multitool converts it: npx @microsoft/sarif-multitool convert FILE -t TOOL -o report.sarif`;
const GITLAB = phrase`Give the SARIF of the analyzer that GitLab runs (Semgrep: --sarif, Trivy: --format sarif).`;

export const CODE_SCANNERS: readonly ReportKind[] = [
  {
    id: 'checkmarx-one-json',
    name: reportOf('Checkmarx One', 'JSON'),
    advice: writes(phrase`the ${'Checkmarx One'} CLI`, '--report-format sarif'),
    json: [['scan.analyzer.id~CxOne'], ['results[].similarityId']],
  },
  {
    id: 'bandit-json',
    name: reportOf('Bandit', 'JSON'),
    advice: writes('Bandit', '-f sarif (pip install bandit[sarif])'),
    json: [['metrics._totals'], ['results[].test_id']],
  },
  {
    id: 'gosec-json',
    name: reportOf('gosec', 'JSON'),
    advice: writes('gosec', '-fmt sarif'),
    json: [['Issues', 'Stats'], ['Golang errors']],
  },
  {
    id: 'brakeman-json',
    name: reportOf('Brakeman', 'JSON'),
    advice: writes('Brakeman', '-f sarif'),
    json: [['scan_info.app_path'], ['scan_info.brakeman_version']],
  },
  {
    id: 'checkov-json',
    name: reportOf('Checkov', 'JSON'),
    advice: writes('Checkov', '-o sarif'),
    json: [['check_type', 'results'], ['[].check_type']],
  },
  {
    id: 'kics-json',
    name: reportOf('KICS', 'JSON'),
    advice: writes('KICS', '--report-formats sarif'),
    json: [['kics_version'], ['queries_total']],
  },
  {
    id: 'infer-json',
    name: reportOf('Infer', 'JSON'),
    advice: phrase`Assay reads its SARIF; Infer writes report.sarif with --sarif.`,
    json: [['[].bug_type']],
  },
  {
    id: 'bearer-json',
    name: reportOf('Bearer', 'JSON'),
    advice: writes('Bearer', '--format sarif'),
    json: [['*[].cwe_ids']],
  },
  {
    id: 'semgrep-json',
    name: reportOf('Semgrep', 'JSON'),
    advice: writes('Semgrep', '--sarif'),
    json: [['results[].check_id'], ['findings[].syntactic_id'], ['findings[].rule_name']],
  },
  {
    id: 'njsscan-json',
    name: reportOf('njsscan', 'JSON'),
    advice: writes('njsscan', '--sarif'),
    json: [['njsscan_version'], ['nodejsscan_version']],
  },
  {
    id: 'eslint-json',
    name: reportOf('ESLint', 'JSON'),
    advice: writes('ESLint', '-f @microsoft/eslint-formatter-sarif'),
    json: [['[].filePath', '[].messages']],
  },
  {
    id: 'sonarqube-json',
    name: phrase`SonarQube issues (JSON)`,
    advice: null,
    json: [
      ['issues[].component', 'issues[].rule'],
      ['hotspots[].component', 'hotspots[].securityCategory'],
      ['sonarBaseURL'],
      ['sonarComponent'],
      ['issues', 'paging', 'components'],
      ['hotspots', 'paging', 'components'],
    ],
  },
  {
    id: 'shellcheck-json',
    name: reportOf('ShellCheck', 'JSON'),
    advice: null,
    json: [
      ['comments[].code', 'comments[].level'],
      ['[].code', '[].level', '[].file'],
    ],
  },
  {
    id: 'coverity-json',
    name: phrase`Coverity view (JSON)`,
    advice: null,
    json: [['viewContentsV1'], ['issues[].mergeKey']],
  },
  {
    id: 'codechecker-json',
    name: reportOf('CodeChecker', 'JSON'),
    advice: writes('clang', '-analyzer-output=sarif'),
    json: [['reports[].analyzer_result_file_path'], ['reports[].report_hash']],
  },
  {
    id: 'github-alerts',
    name: phrase`GitHub code scanning alerts (API)`,
    advice: phrase`Assay reads their SARIF; the API gives that of an analysis with Accept: application/sarif+json.`,
    json: [['[].most_recent_instance'], ['[].rule', '[].html_url']],
  },
  {
    id: 'gitleaks-json',
    name: reportOf('Gitleaks', 'JSON'),
    advice: writes('Gitleaks', '--report-format sarif'),
    json: [
      ['[].Secret', '[].Match'],
      ['[].secret', '[].rule', '[].commit'],
    ],
  },
  {
    id: 'progpilot-json',
    name: reportOf('progpilot', 'JSON'),
    advice: null,
    json: [
      ['[].source_name', '[].tainted_flow'],
      ['[].source_name', '[].sink_name'],
    ],
  },
  {
    id: 'horusec-json',
    name: reportOf('Horusec', 'JSON'),
    advice: writes('Horusec', '-o sarif'),
    json: [
      ['repositoryID', 'analysisVulnerabilities'],
      ['repositoryID', 'version'],
    ],
  },
  {
    id: 'gitlab-json',
    name: phrase`GitLab security report (JSON)`,
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
    name: reportOf('Checkmarx', 'XML'),
    advice: writes(phrase`the ${'Checkmarx'} CLI`, '--report-format sarif'),
    text: /<CxXMLResults[\s>]/,
  },
  {
    id: 'fortify-xml',
    name: reportOf('Fortify', 'XML'),
    advice: CONVERT,
    text: /<ReportDefinition[\s>]|<FVDL[\s>]/,
  },
  {
    id: 'spotbugs-xml',
    name: reportOf('SpotBugs', 'XML'),
    advice: writes('SpotBugs', '-sarif'),
    text: /<BugCollection[\s>]/,
  },
  { id: 'veracode-xml', name: reportOf('Veracode', 'XML'), advice: null, text: /<detailedreport[\s>]/ },
  {
    id: 'cppcheck-xml',
    name: reportOf('Cppcheck', 'XML'),
    advice: writes('Cppcheck', '--output-format=sarif'),
    text: /<results\s[^>]{0,1000}>\s*<cppcheck[\s/]/,
  },
  {
    id: 'checkstyle-xml',
    name: reportOf('Checkstyle', 'XML'),
    advice: writes('Checkstyle', '-f sarif'),
    text: /<checkstyle[\s>]/,
  },
  {
    id: 'pmd-xml',
    name: reportOf('PMD', 'XML'),
    advice: writes('PMD', '-f sarif'),
    text: /<pmd[\s>]/,
  },
  { id: 'junit-xml', name: reportOf('JUnit', 'XML'), advice: null, text: /<testsuites?[\s>]/ },
  { id: 'nessus-xml', name: reportOf('Nessus', 'XML'), advice: CONVERT, text: /<NessusClientData/ },
  {
    id: 'zap-xml',
    name: reportOf('ZAP', 'XML'),
    advice: phrase`Assay reads its SARIF; ZAP writes that with its report template sarif-json.`,
    text: /<OWASPZAPReport[\s>]/,
  },
];
