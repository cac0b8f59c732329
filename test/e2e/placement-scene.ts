// A change with a finding in every kind of place, and where a reviewer of each host should meet each of them.
import { createReviewRepository, type ReviewRepository } from '../emulators/review-repository.ts';
import { RULE, sarifWith } from './reviewed-change.ts';

export type Where = 'inline' | 'file' | 'annotation' | 'summary';

export interface Place {
  readonly name: string;
  readonly path: string;
  /** Of the report; left out: it names the file alone. */
  readonly line?: number;
  /** Where a flow begins. */
  readonly source?: { readonly path: string; readonly line: number };
  readonly where: Where;
}

const HEAD = "const { exec } = require('node:child_process');\n\n";
/** The sink is line 5. */
const UNSAFE = `${HEAD}function print(request) {\n  const name = request.query.name;\n  exec('lp ' + name);\n}\nmodule.exports = { print };\n`;
const SAFE = UNSAFE.replace("  exec('lp ' + name);\n", '  return name;\n');
const GUARDED = UNSAFE.replace('request.query.name', 'check(request.query.name)');
const BETWEEN = '  const now = Date.now();\n'.repeat(9);
/** The sink is line 14, nine lines behind the line that the change replaces. */
const far = (text: string) => text.replace("  exec('lp '", `${BETWEEN}  exec('lp '`);

/** The names of files that somebody chose to be difficult. */
const ODD_NAMES = [
  'src/with space.js',
  'src/名前.js',
  `src/it's "quoted".js`,
  'src/(round) [square] {curly}.js',
  'src/a#b?c.js',
  'src/100%25.js',
  'src/x&body=/merge.js',
  'src/`tick`_under_*star*.js',
  '-dash.js',
  'src/<b>.js',
  'src/ünïcode—dash.md',
] as const;

export const PLACES: readonly Place[] = [
  { name: 'an added line', path: 'src/added.js', line: 5, where: 'inline' },
  { name: 'an unchanged line that the diff shows', path: 'src/context.js', line: 5, where: 'inline' },
  { name: 'a line far from the sanitizer that was deleted', path: 'src/far.js', line: 14, where: 'file' },
  { name: 'a renamed file', path: 'lib/renamed.js', line: 5, where: 'inline' },
  { name: 'a binary file', path: 'bin/tool.bin', where: 'file' },
  { name: 'a whole file', path: 'src/whole.js', where: 'file' },
  { name: 'a path of another machine', path: 'elsewhere/none.js', line: 3, where: 'summary' },
  {
    name: 'a file that the change does not touch',
    path: 'src/untouched.js',
    line: 5,
    source: { path: 'src/added.js', line: 5 },
    where: 'annotation',
  },
  { name: 'a file that the change deletes', path: 'src/deleted.js', line: 5, where: 'summary' },
  { name: 'a file with Windows line ends', path: 'src/windows.js', line: 5, where: 'inline' },
  { name: 'a last line without line end', path: 'src/ending.js', line: 4, where: 'inline' },
  ...ODD_NAMES.map((path): Place => ({ name: path, path, line: 5, where: 'inline' })),
];

/** With the policy that lets every place have a comment. */
export function createPlacement(policy = 'version: 1\ncomments:\n  limit: 30\n'): ReviewRepository {
  const ending = `${HEAD}const name = process.argv[2];\nexec('lp ' + name)`;
  return createReviewRepository(
    (git) => {
      git.write('assay.yml', policy);
      git.write('src/added.js', SAFE).write('src/context.js', GUARDED).write('src/far.js', far(GUARDED));
      git
        .write('src/old name.js', SAFE)
        .write('src/untouched.js', UNSAFE)
        .write('src/deleted.js', `${UNSAFE}\n`.repeat(3));
      git.write('src/windows.js', SAFE.replaceAll('\n', '\r\n')).write('src/ending.js', HEAD);
      git.write('bin/tool.bin', new Uint8Array([0, 1, 2, 0, 255]));
      git.write('src/whole.js', SAFE);
    },
    (git) => {
      git.write('src/added.js', UNSAFE).write('src/context.js', UNSAFE).write('src/far.js', far(UNSAFE));
      git.move('src/old name.js', 'lib/renamed.js').write('lib/renamed.js', UNSAFE).remove('src/deleted.js');
      git.write('src/windows.js', UNSAFE.replaceAll('\n', '\r\n')).write('src/ending.js', ending);
      git.write('bin/tool.bin', new Uint8Array([0, 1, 3, 0, 254]));
      git.write('src/whole.js', `${SAFE}// more\n`);
      for (const name of ODD_NAMES) git.write(name, UNSAFE);
    },
  );
}

export function reportOf(places: readonly Place[] = PLACES): string {
  return sarifWith(places.map(resultAt));
}

function resultAt({ path, line, source }: Place): object {
  const at = (file: string, startLine?: number) => ({
    physicalLocation: {
      artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
      ...(startLine === undefined ? {} : { region: { startLine } }),
    },
  });
  const flow =
    source === undefined
      ? {}
      : {
          codeFlows: [
            {
              threadFlows: [
                {
                  locations: [at(source.path, source.line), at(path, line)].map((location) => ({ location })),
                },
              ],
            },
          ],
        };
  return {
    ruleId: RULE,
    level: 'error',
    message: { text: 'A command is built from input.' },
    locations: [at(path, line)],
    ...flow,
  };
}
