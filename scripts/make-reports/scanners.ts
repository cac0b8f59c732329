// The scanners that make the demo's reports: for each, how it tells its version and which commands it runs.
import { fileURLToPath } from 'node:url';

export interface Command {
  /** Looked up among the npm scanners first, then on the PATH. */
  readonly program: string;
  /** `{scanners}` stands for the folder of the npm scanners, `{work}` for a scratch folder, `{code}` for the code under scan. */
  readonly words: readonly string[];
  /** Folder below the code where it runs. */
  readonly folder?: string;
  /** Scratch file that takes what it writes to stdout or stderr; it is then the tool that writes no file. */
  readonly stdout?: string;
  readonly stderr?: string;
}

export interface Scanner {
  readonly name: string;
  readonly version: Command;
  readonly commands: readonly Command[];
  /** Scratch file → file below `fixtures/`. */
  readonly reports: Readonly<Record<string, string>>;
  /** Takes out what differs between two runs (a time of day). */
  readonly tidy?: (report: string) => string;
}

const NPM_AUDIT = fileURLToPath(new URL('npm-audit.ts', import.meta.url));

/** npm names the project's folder, a new serial number and the time of day. */
function tidyBill(bill: string): string {
  return bill
    .replace('"name": "assay-fixture"', '"name": "demo"')
    .replace(/("serialNumber": "urn:uuid:)[^"]*"/, '$15d7f0c1e-2b64-4a3f-9c58-0e1a6b7d4f20"')
    .replace(/("timestamp": )"[^"]*"/, '$1"2026-03-05T14:30:00.000Z"');
}

const C_CHECKERS = 'core,unix,security,deadcode';

function analyzeC(name: string): Command {
  const words = [
    '--analyze',
    '-Xclang',
    '-analyzer-output=sarif',
    '-Xclang',
    `-analyzer-checker=${C_CHECKERS}`,
    '-o',
    `{work}/clang-${name}.sarif`,
    `{code}/receipt/${name}.c`,
  ];
  return { program: 'clang-19', words };
}

export const SCANNERS: readonly Scanner[] = [
  {
    name: 'flawfinder',
    version: { program: 'flawfinder', words: ['--version'] },
    commands: [{ program: 'flawfinder', words: ['--sarif', '.'], stdout: 'flawfinder.sarif' }],
    reports: { 'flawfinder.sarif': 'demo/reports/flawfinder.sarif' },
  },
  {
    name: 'clang analyzer',
    version: { program: 'clang-19', words: ['--version'] },
    commands: [analyzeC('label'), analyzeC('footer')],
    reports: {
      'clang-label.sarif': 'demo/reports/clang-label.sarif',
      'clang-footer.sarif': 'demo/reports/clang-footer.sarif',
    },
  },
  {
    name: 'cppcheck, converted by sarif-multitool',
    version: { program: 'cppcheck', words: ['--version'] },
    commands: [
      {
        program: 'cppcheck',
        words: ['--xml', '--quiet', '--inconclusive', '--enable=warning,portability', 'receipt'],
        stderr: 'cppcheck.xml',
      },
      {
        program: 'sarif-multitool',
        words: ['convert', '{work}/cppcheck.xml', '--tool', 'CppCheck', '--output', '{work}/cppcheck.sarif'],
      },
    ],
    reports: { 'cppcheck.sarif': 'demo/reports/cppcheck.sarif' },
  },
  {
    name: 'eslint with security, sonarjs and no-unsanitized',
    version: { program: 'eslint', words: ['--version'] },
    commands: [
      {
        program: 'eslint',
        words: [
          '--no-config-lookup',
          '--config={scanners}/eslint.config.mjs',
          '--format={scanners}/node_modules/@microsoft/eslint-formatter-sarif/sarif.js',
          '--output-file={work}/eslint.sarif',
          '.',
        ],
      },
    ],
    reports: { 'eslint.sarif': 'demo/reports/eslint.sarif' },
  },
  {
    name: 'oxlint',
    version: { program: 'oxlint', words: ['--version'] },
    commands: [
      { program: 'oxlint', words: ['--format=sarif', '-D', 'no-eval', '.'], stdout: 'oxlint.sarif' },
    ],
    reports: { 'oxlint.sarif': 'demo/reports/oxlint.sarif' },
  },
  {
    name: 'ast-grep',
    version: { program: 'ast-grep', words: ['--version'] },
    commands: [
      {
        program: 'ast-grep',
        // One thread: with more, the order of the results changes from run to run.
        words: ['scan', '--config={scanners}/ast-grep/sgconfig.yml', '--format=sarif', '--threads=1', '.'],
        stdout: 'ast-grep.sarif',
      },
    ],
    reports: { 'ast-grep.sarif': 'demo/reports/ast-grep.sarif' },
  },
  {
    name: 'biome',
    version: { program: 'biome', words: ['--version'] },
    commands: [
      {
        program: 'biome',
        words: ['lint', '--reporter=sarif', '--only=security', '.'],
        stdout: 'biome.sarif',
      },
    ],
    reports: { 'biome.sarif': 'demo/reports/biome.sarif' },
  },
  {
    name: 'secretlint',
    version: { program: 'secretlint', words: ['--version'] },
    commands: [
      {
        program: 'secretlint',
        words: [
          '--secretlintrc={scanners}/secretlintrc.json',
          '--format=@secretlint/secretlint-formatter-sarif',
          '**/*',
        ],
        stdout: 'secretlint.sarif',
      },
    ],
    reports: { 'secretlint.sarif': 'demo/reports/secretlint.sarif' },
  },
  {
    name: 'spectral',
    version: { program: 'spectral', words: ['--version'] },
    commands: [
      {
        program: 'spectral',
        words: ['lint', 'openapi.yaml', '--quiet', '--format=sarif', '--output={work}/spectral.sarif'],
      },
    ],
    reports: { 'spectral.sarif': 'demo/reports/spectral.sarif' },
  },
  {
    name: 'ansible-lint',
    version: { program: 'ansible-lint', words: ['--version', '--nocolor'] },
    commands: [
      {
        program: 'ansible-lint',
        words: ['--offline', '-q', '-x', 'fqcn,name,no-changed-when', '-f', 'sarif', 'playbook.yml'],
        folder: 'deploy',
        stdout: 'ansible-lint.sarif',
      },
    ],
    reports: { 'ansible-lint.sarif': 'demo/reports/ansible-lint.sarif' },
  },
  {
    name: 'npm sbom',
    version: { program: 'npm', words: ['--version'] },
    commands: [
      {
        program: 'npm',
        words: ['sbom', '--package-lock-only', '--sbom-format=cyclonedx'],
        stdout: 'bom.cdx.json',
      },
    ],
    reports: { 'bom.cdx.json': 'demo/reports/bom.cdx.json' },
    tidy: tidyBill,
  },
  {
    name: 'npm audit, with the demo’s own advisories',
    version: { program: 'npm', words: ['--version'] },
    commands: [{ program: 'node', words: [NPM_AUDIT, '{work}'], stdout: 'npm-audit.json' }],
    reports: { 'npm-audit.json': 'demo/reports/npm-audit.json' },
  },
  {
    name: 'bandit (its own JSON)',
    version: { program: 'bandit', words: ['--version'] },
    commands: [{ program: 'bandit', words: ['-q', '-f', 'json', 'reports/daily.py'], stdout: 'bandit.json' }],
    reports: { 'bandit.json': 'quirks/not-sarif/bandit.json' },
    tidy: (report) => report.replace(/("generated_at": )"[^"]*"/, '$1"2026-03-05T14:30:00Z"'),
  },
  {
    name: 'shellcheck (its own JSON)',
    version: { program: 'shellcheck', words: ['--version'] },
    commands: [
      { program: 'shellcheck', words: ['-f', 'json1', 'scripts/backup.sh'], stdout: 'shellcheck.json' },
    ],
    reports: { 'shellcheck.json': 'quirks/not-sarif/shellcheck.json' },
  },
];
