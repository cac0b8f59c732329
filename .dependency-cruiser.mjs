// The import guard: who may import what (ARCHITECTURE.md has the table). Each comment speaks to the person who broke the rule.
const stages =
  'ingest|findings|scope|evidence|knowledge|triage|patch|gate|publish|measure|advisories|dependencies|reachability|upgrade|licences';
const groundFloor = 'code|manifests|packages|prompt|versions';
const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

export default {
  forbidden: [
    rule(
      'no-circular',
      'Two files need each other: split the shared part into domain/.',
      {},
      { circular: true },
    ),
    rule(
      'stage-is-an-island',
      'Stages meet only in app/run.ts; share a type through domain/.',
      { path: `^src/(${stages})/` },
      { path: '^src/', pathNot: `^src/($1|domain|ports|support|${groundFloor})/` },
    ),
    rule(
      'ground-floor',
      'The ground floor knows no stage.',
      { path: `^src/(${groundFloor})/` },
      { path: '^src/', pathNot: '^src/($1|domain|ports|support|packages|versions)/' },
    ),
    rule(
      'adapter-is-an-island',
      'An adapter knows ports, the ground floor and itself.',
      { path: '^src/adapters/([^/]+)/' },
      { path: '^src/', pathNot: `^src/(adapters/$1|domain|ports|support|${groundFloor})/` },
    ),
    rule(
      'ports-know-only-domain',
      'A port speaks the domain language.',
      { path: '^src/ports/' },
      { path: '^src/', pathNot: '^src/(ports|domain)/' },
    ),
    rule(
      'domain-is-the-floor',
      'domain/ imports nothing of ours.',
      { path: '^src/domain/' },
      { path: '^src/', pathNot: '^src/domain/' },
    ),
    rule(
      'support-is-wordless',
      'No domain words here.',
      { path: '^src/support/' },
      { path: '^src/', pathNot: '^src/support/' },
    ),
    rule(
      'entry-to-app-only',
      'Entry points translate; app/ composes.',
      { path: '^src/entry/' },
      { path: '^src/', pathNot: '^src/(entry|app)/' },
    ),
    rule(
      'nobody-imports-entry',
      'A door is not a room.',
      { path: '^src/', pathNot: '^src/entry/' },
      { path: '^src/entry/' },
    ),
    rule(
      'io-only-at-the-edges',
      'Read the world through a port.',
      { path: '^src/', pathNot: '^src/(adapters|entry)/' },
      {
        dependencyTypes: ['core'],
        pathNot: '^(node:)?(path|path/posix|path/win32|url|crypto|buffer|util|zlib)$',
      },
    ),
    rule(
      'vendor-clients-in-adapters',
      'Wrap it in an adapter.',
      { path: '^src/', pathNot: '^src/adapters/' },
      { path: 'node_modules/(@octokit|@gitbeaker|ai|@ai-sdk)/' },
    ),
    rule(
      'actions-toolkit-at-the-edges',
      'Only the action door and the GitHub adapter know the runner.',
      { path: '^src/', pathNot: '^src/(entry/action\\.ts|adapters/github/)' },
      { path: 'node_modules/@actions/' },
    ),
    rule(
      'src-never-sees-tests',
      'Move it, or duplicate it.',
      { path: '^src/' },
      { path: '^(test|fixtures|bench|scripts)/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node'] },
  },
};
