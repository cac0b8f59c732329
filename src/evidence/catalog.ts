// What Assay knows of APIs: sources, sinks, safe forms, misuses and effects per language, loaded from `rules/catalog/`.
import { z } from 'zod';
import { AssayError } from '#domain/errors.ts';
import type { Assets } from '#ports/assets.ts';
import type {
  ApiKnowledge,
  CallEffect,
  ContainerMade,
  ContainerOperation,
  PlatformCall,
  ResourceCall,
} from '../code/evaluate/api-knowledge.ts';
import type { Context } from '../code/evaluate/value.ts';
import { type Language, TRAITS } from '../code/languages.ts';
import {
  type CatalogFile,
  catalogFileSchema,
  type FormEntry,
  familiesSchema,
  type SinkEntry,
  type WeaknessFamily,
} from './catalog-schema.ts';
import { PathTable } from './path-table.ts';

/** One language's part of the catalogue, ready to be asked. */
export interface LanguageCatalog {
  readonly knowledge: ApiKnowledge;
  readonly sinks: PathTable<SinkEntry>;
  readonly safe: PathTable<FormEntry>;
  readonly misuse: PathTable<FormEntry>;
}

export interface Catalog {
  readonly files: readonly CatalogFile[];
  readonly families: readonly WeaknessFamily[];
  language(language: Language): LanguageCatalog;
}

/** Throws AssayError `internal` when a file of the catalogue breaks its schema: our own fault. */
export async function loadCatalog(assets: Assets): Promise<Catalog> {
  const paths = await assets.list('rules/catalog');
  const files: CatalogFile[] = [];
  let families: readonly WeaknessFamily[] = [];
  for (const path of paths) {
    if (!path.endsWith('.yaml')) continue;
    const content = await assets.data(path);
    if (path.endsWith('/weakness-families.yaml')) families = check(familiesSchema, content, path).families;
    else files.push(check(catalogFileSchema, content, path));
  }
  const byLanguage = new Map<string, LanguageCatalog>();
  return {
    files,
    families,
    language(language) {
      const name = TRAITS[language].catalog;
      let known = byLanguage.get(name);
      if (known === undefined) {
        known = buildLanguage(files.filter((file) => file.language === name));
        byLanguage.set(name, known);
      }
      return known;
    },
  };
}

function check<Schema extends z.ZodType>(schema: Schema, content: unknown, path: string): z.output<Schema> {
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new AssayError(
    'internal',
    `The catalogue file ${path} is not well-formed: ${z.prettifyError(parsed.error)}`,
  );
}

function buildLanguage(files: readonly CatalogFile[]): LanguageCatalog {
  const sinks = new PathTable<SinkEntry>();
  const safe = new PathTable<FormEntry>();
  const misuse = new PathTable<FormEntry>();
  for (const file of files) {
    for (const entry of file.sinks) sinks.add(entry.match, entry);
    for (const entry of file.safe) safe.add(entry.match, entry);
    for (const entry of file.misuse) misuse.add(entry.match, entry);
  }
  return { knowledge: buildKnowledge(files), sinks, safe, misuse };
}

function buildKnowledge(files: readonly CatalogFile[]): ApiKnowledge {
  const sources = new PathTable<string>();
  const effects = new PathTable<CallEffect>();
  const returns = new PathTable<string>();
  const sanitizers = new PathTable<readonly Context[]>();
  const made = new PathTable<ContainerMade>();
  const operations = new Map<string, ContainerOperation>();
  const literals = new Map<'list' | 'map', string>();
  const callbacks = new PathTable<readonly string[]>();
  const platform = new PathTable<true>();
  const resourceCalls = new PathTable<ResourceCall>();
  const platformCalls = new PathTable<PlatformCall>();
  const textMethods = new Set(files.flatMap((file) => file.textMethods));
  const numberMethods = new Set(files.flatMap((file) => file.numberMethods));
  const cleaningMethods = new Set(files.flatMap((file) => file.cleaningMethods));
  const byAnnotation = new Map<string, string>();
  const byDecorator = new Map<string, string>();
  for (const file of files) {
    platform.add(file.platformConstants, true);
    for (const entry of file.resources) resourceCalls.add(entry.match, entry.reads);
    for (const entry of file.platformCalls)
      platformCalls.add(entry.match, {
        keys: entry.keys === undefined ? null : new Set(entry.keys),
        unlessText: entry.unlessText === undefined ? null : new RegExp(entry.unlessText),
      });
    for (const entry of file.sources) sources.add(entry.match, entry.label);
    for (const entry of file.effects) effects.add(entry.match, entry.effect);
    for (const entry of file.sanitizers) sanitizers.add(entry.match, entry.for);
    for (const { id, shape, unordered, makers, gatherers, literal, methods } of file.containers) {
      made.add(makers, { model: id, shape, unordered, from: 'content' });
      made.add(gatherers, { model: id, shape, unordered, from: 'arguments' });
      for (const [operation, names] of Object.entries(methods))
        for (const name of names) operations.set(`${id} ${name}`, operation as ContainerOperation);
      if (literal && shape !== 'text') literals.set(shape, id);
    }
    for (const entry of file.returns) returns.add(entry.match, entry.type);
    for (const entry of file.callbacks) callbacks.add(entry.match, entry.parameters);
    for (const entry of file.parameters) {
      for (const name of entry.annotations) byAnnotation.set(name, entry.label);
      for (const name of entry.decorators) byDecorator.set(name, entry.label);
    }
  }
  const lastNames = (names: readonly string[]): string[] =>
    names.map((name) => name.slice(name.lastIndexOf('.') + 1));
  const firstOf = (names: readonly string[], table: ReadonlyMap<string, string>): string | null =>
    lastNames(names).flatMap((name) => table.get(name) ?? [])[0] ?? null;
  return {
    sourceOf: (paths) => sources.find(paths)[0] ?? null,
    isPlatformConstant: (paths) => platform.has(paths),
    resourceCall: (paths) => resourceCalls.find(paths)[0] ?? null,
    platformCall: (paths) => platformCalls.find(paths)[0] ?? null,
    effectOf: (paths) => effects.find(paths)[0] ?? null,
    isTextMethod: (name) => textMethods.has(name),
    isNumberMethod: (name) => numberMethods.has(name),
    isCleaningMethod: (name) => cleaningMethods.has(name),
    cleansFor: (paths, count) =>
      sanitizers.find([...paths, ...paths.map((path) => `${path}/${count}`)])[0] ?? null,
    containerMade: (paths) => made.find(paths)[0] ?? null,
    literalModel: (shape) => literals.get(shape) ?? null,
    containerOperation: (model, method, count) =>
      operations.get(`${model} ${method}/${count}`) ?? operations.get(`${model} ${method}`) ?? null,
    returnedType: (paths) => returns.find(paths)[0] ?? null,
    callbackParameters: (paths) => callbacks.find(paths)[0] ?? null,
    parameterSource: (definition, _position, annotations) =>
      firstOf(annotations, byAnnotation) ?? firstOf(definition.annotations, byDecorator),
  };
}
