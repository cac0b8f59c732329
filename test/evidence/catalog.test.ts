import { describe, expect, it } from 'vitest';
import { createCodeIndex } from '#code/code-index.ts';
import { UnitEvaluator } from '#code/evaluate/evaluate-function.ts';
import { type Context, doubtful, isFixed, type Value } from '#code/evaluate/value.ts';
import type { Language } from '#code/languages.ts';
import type { SourceUnit } from '#code/source-unit.ts';
import { loadCatalog } from '#evidence/catalog.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { assets, EXTENSIONS, evidenceOf, lineOf, outcomeOf } from './evidence-of.ts';

const catalog = await loadCatalog(assets);

async function valuesAt(language: string, text: string): Promise<readonly Value[]> {
  const path = `sample.${EXTENSIONS[language]}`;
  const unit = (await createCodeIndex(createMemoryWorkspace({ [path]: text }), assets).unit(
    path,
  )) as SourceUnit;
  const evaluator = new UnitEvaluator(unit, catalog.language(language as Language).knowledge);
  const line = lineOf(text);
  const definition = unit.functionAt(line) ?? unit.topLevel;
  const run = evaluator.evaluate(definition);
  // What was not evaluated to its end keeps nothing.
  if (run.incomplete !== null) return [doubtful(run.incomplete)];
  return [...run.stored].flatMap(([key, value]) => {
    const offset = Number(key.slice(key.lastIndexOf('@') + 1));
    return text.slice(0, offset).split('\n').length === line ? [value] : [];
  });
}

const sinkTextAt = async (language: string, text: string, cwe: number): Promise<boolean> => {
  const { facts } = await evidenceOf(language, text, { cwe: [cwe] });
  return facts.some(({ kind }) => kind === 'sink_call');
};
const hasFact = async (
  language: string,
  text: string,
  cwe: number,
  kind: string,
  words: string,
): Promise<boolean> => {
  const { facts } = await evidenceOf(language, text, { cwe: [cwe] });
  return facts.some((fact) => fact.kind === kind && fact.text.includes(words));
};

/** A weakness whose sinks a sanitizer for that place in a text has to be seen at. */
const WEAKNESS_OF: Readonly<Record<Context, number>> = {
  ...{
    html: 79,
    'html-text': 79,
    'sql-literal': 89,
    script: 79,
    url: 601,
    sql: 89,
    shell: 78,
    ldap: 90,
    xpath: 643,
    path: 22,
  },
  ...{ log: 117, header: 113, regex: 624, word: 89, number: 89 },
};

describe.each(catalog.files.map((file) => [file.language, file] as const))(
  'the catalogue of %s keeps its examples',
  (language, file) => {
    it.each(file.sources.map((entry) => [entry.id, entry] as const))(
      'source %s is remote input in the one and not in the other',
      async (_id, { examples }) => {
        expect((await valuesAt(language, examples.positive)).some((value) => value.taints.length > 0)).toBe(
          true,
        );
        expect((await valuesAt(language, examples.negative)).some((value) => value.taints.length > 0)).toBe(
          false,
        );
      },
    );

    it.each([...file.parameters, ...file.callbacks].map((entry) => [entry.id, entry] as const))(
      'parameters of %s are remote input',
      async (_id, { examples }) => {
        expect((await valuesAt(language, examples.positive)).some((value) => value.taints.length > 0)).toBe(
          true,
        );
        expect((await valuesAt(language, examples.negative)).some((value) => value.taints.length > 0)).toBe(
          false,
        );
      },
    );

    it.each(file.sinks.map((entry) => [entry.id, entry] as const))(
      'sink %s is found in the one and not in the other',
      async (_id, { examples, cwe }) => {
        expect(await sinkTextAt(language, examples.positive, cwe[0]!)).toBe(true);
        expect(await sinkTextAt(language, examples.negative, cwe[0]!)).toBe(false);
      },
    );

    it.each(file.safe.map((entry) => [entry.id, entry] as const))(
      'safe form %s is believed in the one and not in the other',
      async (_id, { examples, cwe, text }) => {
        expect(await hasFact(language, examples.positive, cwe[0]!, 'safe_call', text)).toBe(true);
        expect(await hasFact(language, examples.negative, cwe[0]!, 'safe_call', text)).toBe(false);
      },
    );

    it.each(file.misuse.map((entry) => [entry.id, entry] as const))(
      'misuse %s is proved in the one and not in the other',
      async (_id, { examples, cwe, text }) => {
        expect(await hasFact(language, examples.positive, cwe[0]!, 'misuse', text)).toBe(true);
        expect(await hasFact(language, examples.negative, cwe[0]!, 'misuse', text)).toBe(false);
      },
    );

    it.each(file.sanitizers.map((entry) => [entry.id, entry] as const))(
      'sanitizer %s is enough in the one and not in the other',
      async (_id, { examples, for: contexts }) => {
        const cwe = WEAKNESS_OF[contexts[0]!];
        expect(await hasFact(language, examples.positive, cwe, 'sanitized_arguments', '')).toBe(true);
        expect(await hasFact(language, examples.negative, cwe, 'sanitized_arguments', '')).toBe(false);
      },
    );

    it.each(file.containers.map((entry) => [entry.id, entry] as const))(
      'container %s gives a constant back in the one and something else in the other',
      async (_id, { examples }) => {
        const kept = await valuesAt(language, examples.positive);
        const lost = await valuesAt(language, examples.negative);
        expect([kept.length > 0, kept.every(isFixed)]).toEqual([true, true]);
        expect([lost.length > 0, lost.every(isFixed)]).toEqual([true, false]);
      },
    );

    it.each(file.resources.map((entry) => [entry.id, entry] as const))(
      'resource call %s reads the settings file in the one and not in the other',
      async (_id, { examples }) => {
        const files = { 'src/main/resources/app.properties': 'mode=x\n' };
        const ask = { cwe: [89], files };
        expect(await outcomeOf(language, examples.positive, ask)).toBe('constant_arguments');
        expect(await outcomeOf(language, examples.negative, ask)).not.toBe('constant_arguments');
      },
    );

    it.each(file.platformCalls.map((entry) => [entry.id, entry] as const))(
      'platform call %s gives a constant in the one and something else in the other',
      async (_id, { examples }) => {
        const kept = await valuesAt(language, examples.positive);
        const lost = await valuesAt(language, examples.negative);
        expect([kept.length > 0, kept.every(isFixed)]).toEqual([true, true]);
        expect([lost.length > 0, lost.every(isFixed)]).toEqual([true, false]);
      },
    );

    it.each(file.effects.map((entry) => [entry.id, entry] as const))(
      'effect %s keeps a constant in the one and loses it in the other',
      async (_id, { examples }) => {
        const kept = await valuesAt(language, examples.positive);
        const lost = await valuesAt(language, examples.negative);
        expect([kept.length > 0, kept.every(isFixed)]).toEqual([true, true]);
        expect([lost.length > 0, lost.every(isFixed)]).toEqual([true, false]);
      },
    );
  },
);

describe('a catalogue file that says what the schema does not know', () => {
  it('is refused with its name', async () => {
    const broken = {
      bytes: assets.bytes,
      text: assets.text,
      list: async () => ['rules/catalog/x/y.yaml'],
      data: async () => ({ language: 'java', sinkz: [] }),
    };
    await expect(loadCatalog(broken)).rejects.toThrow(/rules\/catalog\/x\/y\.yaml/);
  });
});
