// What `assay config check` and `assay doctor` say of prompts and documents that lie beside a policy.
import { expect, test } from 'vitest';
import { checkPrompts } from '../../src/app/check-prompts.ts';
import { DEFAULT_POLICY } from '../../src/app/config.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { assets } from '../evidence/evidence-of.ts';

const knowing = (...paths: string[]) => ({ knowledge: { ...DEFAULT_POLICY.knowledge, paths } });
const FRAME = 'extends: frame\nsections:\n  - id: house\n    for: constant\n    text: Be brief.\n';

test('files that can be used are named, and a pattern that leads nowhere is told', async () => {
  const tree = createMemoryWorkspace({ '.assay/prompts/frame.yaml': FRAME, 'docs/sql.md': '# SQL\n' });
  expect(await checkPrompts(tree, knowing('docs/**', 'wiki/**'), assets)).toEqual([
    'prompts of your own: .assay/prompts/frame.yaml',
    'documents of your own: 1',
    'knowledge.paths: `wiki/**` leads to no document (Markdown or plain text)',
  ]);
  expect(await checkPrompts(tree, knowing('wiki/**'), assets)).toContain(
    'knowledge.paths: `wiki/**` leads to no document (Markdown or plain text)',
  );
  expect(await checkPrompts(createMemoryWorkspace({}), DEFAULT_POLICY, assets)).toEqual([]);
});

test.each([
  ['id: our-orm\nversion: 1\n', ':1: `purpose`: is missing: expected text'],
  [FRAME.replace('constant', 'always'), ':4: `sections.0.for`: expected constant or finding, found `always`'],
  ['extends: frame\nsections: 7\n', ':2: `sections`: expected a list, found `7`'],
  ['extends: frame\nsections: []\n', ':2: `sections`: expected at least 1 entries, found a list of 0'],
  [
    FRAME.replace('house', 'Our House'),
    ':3: `sections.0.id`: expected lower-case letters, digits and hyphens',
  ],
])('a prompt that cannot be used is told with file, line and what was expected: %j', async (text, said) => {
  const tree = createMemoryWorkspace({ '.assay/prompts/x.yaml': text });
  const problem = await checkPrompts(tree, DEFAULT_POLICY, assets).catch((error: Error) => error.message);
  expect(problem).toContain(`.assay/prompts/x.yaml${said}`);
});
