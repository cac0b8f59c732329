// Findings that one change mends share one file, which names them all, and the result says which it is.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { preparePatches, writePatches } from '#app/write-patches.ts';
import type { Patch } from '#domain/patch.ts';
import { parseResult } from '../../src/publish/result-schema.ts';
import { createGitRepository } from '../doubles/git-repository.ts';
import { createMemoryWorld } from '../doubles/memory-world.ts';
import { richDocument } from '../doubles/rich-document.ts';

const BEFORE = '{\n  "kit": "1.0.0"\n}\n';
const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const raising = (version: string): Patch => {
  const newText = `  "kit": "${version}"\n`;
  return {
    ...{ path: 'package.json', origin: 'upgrade', tool: null, description: null, checks: [] },
    edits: [{ startLine: 2, lines: 1, newText }],
    ...{ before: sha(BEFORE), after: sha(`{\n${newText}}\n`) },
  };
};

async function written(patches: readonly (Patch | null)[], redact = (text: string) => text) {
  const document = richDocument();
  const [sample] = document.findings;
  if (sample === undefined) throw new Error('the document holds no finding');
  const findings = patches.map((patch, at) => ({ ...sample, id: `${at}`.padStart(16, 'a'), patch }));
  const world = createMemoryWorld({}, { 'package.json': BEFORE });
  const prepared = await preparePatches({ ...document, findings }, { ...world, redact });
  const names = await writePatches(prepared, world);
  return { document: prepared.document, names, files: world.written };
}

describe('patch files', () => {
  it('are one for each change: it names its findings, and each of them names it', async () => {
    const same = Array.from({ length: 25 }, () => raising('1.0.1'));
    const { document, names, files } = await written([null, ...same, raising('2.0.0')]);
    expect(names).toEqual(['patches/aaaaaaaaaaaaaaa1.patch', 'patches/aaaaaaaaaaaaaa26.patch']);
    const [first = '', other = ''] = names.map((name) => files.get(name));
    expect(first).toMatch(/^For 25 findings:\n {2}aaaaaaaaaaaaaaa1 aaaaaaaaaaaaaaa2 /);
    expect(first).toContain('aaaaaaaaaaaaaa25\n\ndiff --git a/package.json b/package.json\n');
    expect(other).toMatch(/^diff --git /);
    expect(document.findings.map(({ patch }) => patch?.file)).toEqual([
      ...[undefined, ...Array.from({ length: 25 }, () => names[0]), names[1]],
    ]);
    expect(parseResult(JSON.stringify(document)).findings[3]?.patch?.file).toBe(names[0]);
  });

  it('are what git applies, with the findings named before the change', async () => {
    const { names, files } = await written([raising('1.0.1'), raising('1.0.1')]);
    const repository = createGitRepository();
    repository.write('package.json', BEFORE);
    repository.write('fix.patch', files.get(names[0] ?? '') ?? '');
    repository.git('apply', 'fix.patch');
    expect(readFileSync(path.join(repository.root, 'package.json'), 'utf8')).toContain('"kit": "1.0.1"');
  });

  it('that would show a secret are not written, and nothing points to them', async () => {
    const { document, names } = await written([raising('1.0.1')], (text) => text.replaceAll('kit', '⟦…⟧'));
    expect(names).toEqual([]);
    expect(document.findings[0]?.patch).not.toHaveProperty('file');
  });

  it('are not named by a result in another folder than theirs', () => {
    const document = richDocument();
    const [sample] = document.findings;
    const forged = { ...sample, patch: { ...raising('1.0.1'), file: 'patches/../../x.patch' } };
    expect(() => parseResult(JSON.stringify({ ...document, findings: [forged] }))).toThrow(
      'findings.0.patch.file',
    );
  });
});
