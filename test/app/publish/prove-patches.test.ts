// The patches of a result that anybody may have written, proved at head: an upgrade by its own rules, all others by those of code.
import { describe, expect, test } from 'vitest';
import { PackageAssets } from '#adapters/local/package-assets.ts';
import { provePatches } from '#app/publish/prove-patches.ts';
import type { Patch } from '#domain/patch.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import { createMemoryChanges } from '../../doubles/memory-changes.ts';
import { aDocument, aFinding, aLocation } from '../../doubles/result-document.ts';
import { upgraded } from '../../upgrade/upgrade-sample.ts';

const MANIFEST = '{\n  "dependencies": {\n    "lodash": "^4.17.15"\n  }\n}\n';
const FILES = { 'package.json': MANIFEST, 'src/app.ts': 'export {};\n' };

async function aVulnerable(change: Partial<Patch> = {}): Promise<FindingRecord> {
  const sample = { ecosystem: 'npm', name: 'lodash', version: '4.17.15', fixedIn: ['4.17.21'], files: FILES };
  const { plan, patch, dependency } = await upgraded(sample);
  if (patch === null) throw new Error('the sample has no patch');
  return aFinding({
    kind: 'sca',
    location: aLocation({ path: 'package.json', startLine: 3, endLine: 3 }),
    dependency: { ...dependency, upgrade: plan },
    patch: { ...patch, ...change },
  });
}

async function proved(finding: FindingRecord, trusted = true) {
  const changes = createMemoryChanges({}, FILES);
  const { head } = await changes.commits();
  const found = await provePatches(aDocument([finding]), {
    change: { head: head ?? '' },
    sources: [changes],
    diff: null,
    assets: new PackageAssets(),
    trusted,
    log: { warn: () => {} },
  });
  return found.get(finding.id) ?? null;
}

describe('an upgrade in a result', () => {
  test('is proved by its own rules and shown as what it changes', async () => {
    const proven = await proved(await aVulnerable());
    expect(proven?.diff).toContain('-    "lodash": "^4.17.15"\n+    "lodash": "^4.17.21"\n');
    expect(proven?.checks.map(({ check }) => check)).toContain('rejudged');
  });

  test('may stand in another file than its finding', async () => {
    const finding = await aVulnerable();
    expect(await proved({ ...finding, location: aLocation({ path: 'src/app.ts' }) })).not.toBeNull();
  });

  test('says nothing of what is affected where the result is not our own', async () => {
    const proven = await proved(await aVulnerable(), false);
    expect(proven?.checks.map(({ check }) => check)).toEqual([
      'applies',
      'policy',
      'parses',
      'builds',
      'tests',
    ]);
  });

  test('is none when it comes under another name: no patch of code may touch a manifest', async () => {
    expect(await proved(await aVulnerable({ origin: 'scanner' }))).toBeNull();
    expect(await proved(await aVulnerable({ origin: 'model' }))).toBeNull();
  });

  test('is none when code hides behind its name', async () => {
    const edits = [{ startLine: 1, lines: 1, newText: 'eval(x);\n' }];
    expect(await proved(await aVulnerable({ path: 'src/app.ts', edits }))).toBeNull();
  });
});
