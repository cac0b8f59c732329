// Prompts are data that a team can change from its base branch: what is right takes effect, what is wrong is named with its line.
import { basename } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { AssayError } from '#domain/errors.ts';
import { PackageAssets } from '../../src/adapters/local/package-assets.ts';
import { composePrompt } from '../../src/prompt/compose-prompt.ts';
import { loadPromptLibrary } from '../../src/prompt/load-prompt-library.ts';
import { promptJsonSchema } from '../../src/prompt/prompt-schema.ts';
import { aDossier, isKindOf, library, redact } from './a-dossier.ts';
import { cpuTimeOf } from './cpu-time.ts';

const assets = new PackageAssets();
const load = (...texts: readonly string[]) =>
  loadPromptLibrary(
    assets,
    texts.map((text, index) => ({ path: `.assay/prompts/${index}.yaml`, text })),
  );

async function render(texts: readonly string[]) {
  return composePrompt(await load(...texts), {
    task: 'verdict',
    subjects: [{ dossier: aDossier() }],
    language: 'en',
    isKindOf,
    switchedOff: new Set(),
    redact,
  });
}

const part = (id: string, text: string, more = '') =>
  `id: ${id}\nversion: 7\npurpose: Ours.\nparameters: []\n${more}sections:\n  - id: one\n    for: constant\n    text: ${text}\n`;
const extension = (id: string, section: string, text: string) =>
  `extends: ${id}\nsections:\n  - id: ${section}\n    for: constant\n    text: ${text}\n`;

describe('the prompts that ship', () => {
  it('have a frame, every task and twenty-five families, each in the file of its name', async () => {
    expect([...library.tasks.keys()]).toEqual(['verdict', 'explanation', 'patch', 'question']);
    expect(library.families).toHaveLength(25);
    const files = (await assets.list('rules/prompts')).map((path) => basename(path)).sort();
    const parts = [
      ...['frame.yaml', 'versions.yaml'],
      ...[...library.tasks.keys()].map((task) => `task-${task}.yaml`),
      ...library.families.map(({ id }) => `family-${id}.yaml`),
    ];
    expect(files).toEqual(parts.sort());
  });

  it('say for each family what is real, what is not, and which arguments do not count', () => {
    for (const family of library.families)
      expect(family.sections.map(({ id }) => id)).toEqual(['real', 'not-real', 'no-argument']);
  });

  it('give no weakness to two families', () => {
    const all = library.families.flatMap(({ cwe }) => cwe ?? []);
    expect(all.filter((cwe, index) => all.indexOf(cwe) !== index)).toEqual([]);
  });

  it('are of the published schema, and so are extensions', async () => {
    const validate = new Ajv2020({ strict: false }).compile(promptJsonSchema());
    for (const path of await assets.list('rules/prompts')) {
      if (!path.endsWith('versions.yaml'))
        expect([path, validate(await assets.data(path))]).toEqual([path, true]);
    }
    const sections = [{ id: 'house', for: 'constant', text: 'We use knex.' }];
    expect(validate({ extends: 'sql-injection', sections })).toBe(true);
    expect(validate({ extends: 'sql-injection', sections, endpoint: 'https://exfil.example' })).toBe(false);
  });
});

describe("a team's own file", () => {
  it('replaces the part of the same id, and the verdict says so', async () => {
    const { system, id, hash } = await render([part('sql-injection', 'Only our words.', 'cwe: [89]\n')]);
    expect(system).toContain('Only our words.');
    expect(system).not.toContain('About SQL and query injection');
    expect(id).toBe('verdict@2+sql-injection@7-team');
    expect(hash).not.toBe((await render([])).hash);
  });

  it('adds a section, or replaces the one of the same id', async () => {
    const added = await render([extension('sql-injection', 'house', 'Our `bindAll` binds.')]);
    expect(added.system).toContain('Our `bindAll` binds.');
    expect(added.system).toContain('About SQL and query injection');
    expect(added.id).toBe('verdict@2+sql-injection@1-team');
    const replaced = await render([extension('sql-injection', 'real', 'Our own idea of real.')]);
    expect(replaced.system).toContain('Our own idea of real.');
    expect(replaced.system).not.toContain('About SQL and query injection');
  });

  it('that changes the frame is named in the id, as it is in every prompt', async () => {
    const { id, system } = await render([extension('frame', 'house', 'Be brief.')]);
    expect(system).toContain('Be brief.');
    expect(id).toMatch(/^verdict@2\+frame@\d+-team\+sql-injection@1$/);
  });

  it('is laid over one after the other: a replacement can be extended, in the order of the paths', async () => {
    const { system } = await render([
      part('sql-injection', 'First.', 'cwe: [89]\n'),
      extension('sql-injection', 'two', 'Second.'),
    ]);
    expect(system).toContain('First.\n\nSecond.');
  });

  it('adds a family that Assay does not have', async () => {
    const { id } = await render([part('our-orm', 'Our ORM.', 'cwe: [89]\n')]);
    expect(id).toBe('verdict@2+our-orm@7-team+sql-injection@1');
  });

  it('fills the parameters that it declares', async () => {
    const text = part('generic', 'Answer in {{language}}.', 'cwe: [89]\n').replace('[]', '[language]');
    expect((await render([text])).system).toContain('Answer in English.');
  });

  const BIG = `# ${'x'.repeat(33_000)}\n`;
  const WRONG: readonly (readonly [what: string, text: string, expected: RegExp])[] = [
    ['an unknown key', `${extension('xss', 'a', 'b')}model: x\n`, /0\.yaml:\d+: unknown key `model`/],
    [
      'an unknown key in a section',
      `${extension('xss', 'a', 'b')}    url: x\n`,
      /0\.yaml:\d+: unknown key `url`/,
    ],
    ['a missing field', 'id: xss\nversion: 1\n', /0\.yaml:1: `purpose`/],
    ['a version that is no number', part('xss', 'a').replace('7', 'seven'), /0\.yaml:2: `version`/],
    [
      'an undeclared parameter',
      extension('xss', 'a', 'x {{language}}'),
      /0\.yaml:\d+: `\{\{language\}\}` is not declared/,
    ],
    [
      'a declared one that is used nowhere',
      part('xss', 'a', 'cwe: [79]\n').replace('[]', '[language]'),
      /0\.yaml:4: the parameter `language` is used nowhere/,
    ],
    [
      'a parameter that has no value',
      part('xss', '"{{title}}"', 'cwe: [79]\n').replace('[]', '[title]'),
      /0\.yaml:\d+: `\{\{title\}\}` has no value in a constant section/,
    ],
    [
      "a request's parameter in a constant section",
      part('xss', '"{{nonce}}"', 'cwe: [79]\n').replace('[]', '[nonce]'),
      /0\.yaml:\d+: `\{\{nonce\}\}` has no value in a constant section/,
    ],
    ['an id of nothing', part('sql', 'a'), /0\.yaml:1: `sql` is no part of Assay's/],
    ['an extension of nothing', extension('sql', 'a', 'b'), /0\.yaml:1: there is no part `sql` to extend/],
    ['a task with weaknesses', part('verdict', 'a', 'cwe: [79]\n'), /0\.yaml:5: only families/],
    [
      'a second section of one id',
      `${part('xss', 'a', 'cwe: [79]\n')}  - id: one\n    for: constant\n    text: b\n`,
      /0\.yaml:10: a second section `one`/,
    ],
    ['broken YAML', 'id: [\n', /0\.yaml:\d+: is not valid YAML/],
    ['an alias', 'id: &a xss\nversion: *a\n', /0\.yaml:\d+: (anchors|aliases)/],
    ['a tag', 'id: !!js/function "x"\n', /0\.yaml:\d+: /],
    ['a key twice', 'id: xss\nid: xss\n', /0\.yaml:2: the key `id` is given twice/],
    ['a polluting key', '__proto__: {x: 1}\nextends: xss\nsections: []\n', /0\.yaml:\d+: /],
    ['deep nesting', `id: ${'['.repeat(5_000)}\n`, /0\.yaml:1: is nested more than 8 levels deep/],
    ['deep lists', `${'- '.repeat(5_000)}a\n`, /0\.yaml:1: is nested more than 8 levels deep/],
    ['too large a file', BIG, /0\.yaml:1: is \d+ bytes long; the limit is 32768/],
    [
      'invisible characters',
      extension('xss', 'a', 'safe\u202etext'),
      /0\.yaml:5: holds invisible characters/,
    ],
    ['bytes that are no text', 'id: \ufffd\n', /0\.yaml:1: the file is not UTF-8/],
    ['nothing', '', /0\.yaml:1: /],
  ];

  it.each(WRONG)('is refused with its line: %s', async (_what, text, expected) => {
    const error = await load(text).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(AssayError);
    if (!(error instanceof AssayError)) return;
    expect([error.code, error.message]).toEqual(['configuration', expect.stringMatching(expected)]);
    expect(error.message.startsWith('.assay/prompts/0.yaml:')).toBe(true);
    expect(error.hint).not.toBeNull();
  });

  it('is refused when two replace one part, and when there are too many', async () => {
    const twice = [part('xss', 'a', 'cwe: [79]\n'), part('xss', 'b', 'cwe: [79]\n')];
    await expect(load(...twice)).rejects.toThrow(
      /1\.yaml:1: the id is that of `\.assay\/prompts\/0\.yaml` too/,
    );
    const many = Array.from({ length: 65 }, (_, index) => extension('xss', `s${index}`, 'x'));
    await expect(load(...many)).rejects.toThrow('one file too many');
  });

  it('costs no time, however it is built', async () => {
    const worst = [
      `a: ${'{b: '.repeat(6_000)}`,
      Array.from({ length: 5_000 }, (_, index) => `k${index}: 1`).join('\n'),
      `${'? '.repeat(10_000)}a`,
      `text: |\n  ${'{{'.repeat(10_000)}`,
      '"'.repeat(30_000),
    ];
    for (const text of worst) {
      expect(await cpuTimeOf(() => load(text).catch(() => undefined))).toBeLessThan(1_000);
    }
  });
});
