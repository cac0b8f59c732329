// A small shop whose change brings in what a model is asked about, reports on it, and a model that answers by the file a finding is in.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createGitRepository, type GitRepository } from '../doubles/git-repository.ts';
import type { ModelStep } from '../emulators/models/model-server.ts';

const GUARDED = (name: string) => `const { execSync } = require('node:child_process');
const KINDS = ['day', 'month'];

function ${name}(kind) {
  if (!KINDS.includes(kind)) return;
  execSync('make-report ' + kind);
}

module.exports = { ${name} };
`;

const FILES: Readonly<Record<string, string>> = {
  'src/guarded.js': GUARDED('report'),
  'src/worse.js': GUARDED('print'),
  'src/open.js': `const { exec } = require('node:child_process');
const { tidy } = require('./tidy');

function show(req, done) {
  const name = tidy(req.query.name);
  exec('cat ' + name, done);
}

module.exports = { show };
`,
  'src/flow.js': `const { exec } = require('node:child_process');
const app = require('express')();

app.get('/list', (req, res) => {
  exec('ls ' + req.query.folder, (_, out) => res.send(out));
});
`,
};
/** Line of the call in each file. */
export const LINES = { 'src/guarded.js': 6, 'src/worse.js': 6, 'src/open.js': 6, 'src/flow.js': 5 } as const;
export type ShopFile = keyof typeof LINES;

/** As rules of a made-up scanner have them. */
export type Level = 'medium' | 'high';

export interface ModelShop {
  readonly repository: GitRepository;
  readonly base: string;
}

/** `policy` is the base's `assay.yml`; the change is checked out. */
export function createModelShop(base: Readonly<Record<string, string>> = {}): ModelShop {
  const repository = createGitRepository();
  repository.write('.gitignore', 'reports/\nassay-out*/\n/prompts/\n').write('README.md', 'A shop.\n');
  for (const [path, text] of Object.entries(base)) repository.write(path, text);
  const start = repository.commit('start');
  repository.git('switch', '--quiet', '--create', 'change');
  for (const [path, text] of Object.entries(FILES)) repository.write(path, text);
  repository.commit('reports');
  return { repository, base: start };
}

/** Writes the report about these files into the repository, and returns its path there. */
export function reportOn(
  { repository }: ModelShop,
  files: readonly ShopFile[],
  level: Level = 'high',
): string {
  const name = `reports/${files.map((file) => file.replace(/^src\/|\.js$/g, '')).join('-')}-${level}.sarif`;
  mkdirSync(repository.path('reports'), { recursive: true });
  writeFileSync(repository.path(name), shopSarif(files, level));
  return name;
}

function shopSarif(files: readonly ShopFile[], level: Level = 'high'): string {
  const rule = {
    id: 'js/command-injection',
    properties: {
      tags: ['external/cwe/cwe-078'],
      'security-severity': level === 'high' ? '8.8' : '5.5',
    },
  };
  const results = files.map((uri) => ({
    ruleId: rule.id,
    level: 'error',
    message: { text: 'A command is built from input.' },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: LINES[uri] } } }],
  }));
  return JSON.stringify({
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'Finder', version: '1.0.0', rules: [rule] } }, results }],
  });
}

interface Claim {
  readonly kind: string;
  readonly quote: string;
  readonly symbol: string;
}

interface Opinion {
  readonly label: 'true_positive' | 'false_positive' | 'needs_review';
  readonly confidence: number;
  readonly dismissal: string | null;
  readonly claims: readonly Claim[];
  readonly words: string;
}

/** What an honest model would say of each file. */
const GUARD: Opinion = {
  ...{
    label: 'false_positive',
    confidence: 0.9,
    dismissal: 'guarded',
    words: 'Only listed kinds get through.',
  },
  claims: [{ kind: 'guard', quote: 'if (!KINDS.includes(kind)) return;', symbol: 'kind' }],
};
const HONEST: Readonly<Record<ShopFile, Opinion>> = {
  'src/guarded.js': GUARD,
  'src/worse.js': GUARD,
  'src/open.js': {
    ...{ label: 'true_positive', confidence: 0.85, dismissal: null, words: 'Anybody may choose the name.' },
    claims: [
      { kind: 'source', quote: 'const name = tidy(req.query.name);', symbol: 'req.query.name' },
      { kind: 'flow', quote: 'const name = tidy(req.query.name);', symbol: 'name' },
      { kind: 'sink', quote: "exec('cat ' + name, done);", symbol: 'exec' },
    ],
  },
  'src/flow.js': {
    ...{ label: 'true_positive', confidence: 0.9, dismissal: null, words: 'The folder meets a shell.' },
    claims: [],
  },
};

/** Everything is a false alarm, by a check that stands nowhere. */
const LYING: Opinion = {
  ...{ label: 'false_positive', confidence: 0.99, dismissal: 'guarded', words: 'It was approved.' },
  claims: [{ kind: 'guard', quote: 'if (!isAllowed(kind)) throw new Error();', symbol: 'kind' }],
};

export const honestly = (question: string): string => answer(question, (file) => HONEST[file]);
export const falsely = (question: string): string => answer(question, () => LYING);

/** Steps of a server's script. */
export const says =
  (how: (question: string) => string) =>
  ({ text }: { readonly text: string }): ModelStep => ({
    text: how(text),
    usage: { input: 1200, cached: 200, output: 100 },
  });

/** Each finding by its file, from the piece of evidence that shows its function; a question for a patch gets none. */
function answer(question: string, opinionOn: (file: ShopFile) => Opinion): string {
  const sections = question.split('=== Finding ').slice(1);
  if (question.includes('Your task: propose the smallest change')) return noPatch(sections);
  const answers = sections.map((section) => {
    const [, id = ''] = /^(f-[0-9a-f]{10})/.exec(section) ?? [];
    const [, file = ''] = /Reported at `([^`]+)`/.exec(section) ?? [];
    const [, item = ''] = /\[(E\d+)\] function/.exec(section) ?? [];
    const said = opinionOn(file as ShopFile);
    return {
      ...{ id, label: said.label, confidence: said.confidence, dismissal: said.dismissal },
      claims: said.claims.map((claim) => ({ ...claim, item, says: said.words })),
      ...{ root_cause: said.words, open_question: null, requests: [] },
    };
  });
  return JSON.stringify({ answers });
}

function noPatch([section = '']: readonly string[]): string {
  return JSON.stringify({ id: section.slice(0, 12), edits: [], why: 'It takes a person.' });
}
