// A small repository with a change under review, and reports about it, for runs of the built Action and the GitLab job.
import { createGitRepository, type GitRepository } from '../doubles/git-repository.ts';

const OLD = `const { execSync } = require('node:child_process');

function version() {
  return execSync('git --version').toString();
}
`;
const NEW = `${OLD}
function show(name) {
  return execSync('cat ' + name).toString();
}

module.exports = { version, show };
`;
/** Line of the new, unsafe call in `app.js` at head. */
export const UNSAFE_LINE = 8;
/** Lines that the base got since the change was branched off, above everything else: the merge has them, head does not. */
const LATER_ON_BASE = '// Runs other programs.\n// Used by the command line only.\n';

export interface ReviewedRepository {
  readonly repository: GitRepository;
  readonly base: string;
  readonly head: string;
  /** Merge of head into base, checked out; the unsafe call is two lines further down there. */
  readonly merge: string;
}

export function createReviewedRepository(): ReviewedRepository {
  const repository = createGitRepository();
  repository.write('app.js', OLD).write('.gitignore', 'reports/\nassay-out*/\n').commit('start');
  repository.git('switch', '--quiet', '--create', 'change');
  const head = repository.write('app.js', NEW).commit('show a file');
  repository.git('switch', '--quiet', 'main');
  const base = repository.write('app.js', LATER_ON_BASE + OLD).commit('say what it is');
  repository.git('switch', '--quiet', '--detach');
  repository.git('merge', '--quiet', '--no-edit', head);
  return { repository, base, head, merge: repository.git('rev-parse', 'HEAD') };
}

export interface ReportedResult {
  readonly path?: string;
  readonly line: number;
  readonly message?: string;
  readonly ruleId?: string;
}

/** SARIF 2.1.0 of a made-up scanner that calls everything a high command injection. */
export function sarif(results: readonly ReportedResult[]): string {
  const rule = {
    id: 'js/command-injection',
    properties: { tags: ['external/cwe/cwe-078'], 'security-severity': '8.8' },
  };
  return JSON.stringify({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Finder', version: '1.0.0', rules: [rule] } },
        results: results.map(
          ({ path = 'app.js', line, message = 'A command is built from input.', ruleId = rule.id }) => ({
            ruleId,
            level: 'error',
            message: { text: message },
            locations: [
              {
                physicalLocation: { artifactLocation: { uri: encodeURI(path) }, region: { startLine: line } },
              },
            ],
          }),
        ),
      },
    ],
  });
}
