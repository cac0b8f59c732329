// A right example for each part of `assay.yml`: the hint beside an error.

export const EXAMPLES: ReadonlyMap<string, string> = new Map([
  ['version', 'version: 1'],
  ['language', 'language: en'],
  ['scope', 'scope: new'],
  [
    'gate',
    `gate:
  mode: enforce
  rules:
    - name: default
    - name: no-new-secrets
      cwe: [798]
      scope: [new, changed]`,
  ],
  [
    'waivers',
    `waivers:
  - id: 3f2a9c01d4e5b687
    reason: Only reachable from the build machine
    owner: platform-team
    expires: 2027-03-31
  - rule: java/weak-hash
    path: legacy/etag/**
    reason: Not a security hash
    owner: platform-team
    expires: 2027-03-31`,
  ],
  ['severity', 'severity:\n  - rule: js/log-injection\n    level: low'],
  ['ignore', 'ignore:\n  - docs/**'],
  ['never_dismiss', 'never_dismiss: [78, 89]'],
  [
    'policy_paths',
    'policy_paths:\n  tests: ["test/**"]\n  generated: ["**/*.pb.go"]\n  vendored: ["third_party/**"]',
  ],
  ['suppressions', 'suppressions:\n  accept_external: false'],
  ['dependencies', 'dependencies:\n  dev: judge\n  licences:\n    deny: [AGPL-*]'],
  ['comments', 'comments:\n  limit: 20\n  needs_review: inline'],
  ['code_scanning', 'code_scanning:\n  upload: true'],
  ['status', 'status: auto'],
  [
    'model',
    'model:\n  provider: openai-compatible\n  name: qwen3:8b\n  judge: auto\n  budget: { tokens: 2000000, findings: 300 }',
  ],
  [
    'knowledge',
    'knowledge:\n  paths: [SECURITY.md, docs/security/**]\n  embeddings: { provider: openai-compatible, name: nomic-embed-text }',
  ],
]);
