// Models are reached through one door: one folder knows the libraries, and none of them is ever given a model's bare name.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import type { EmbeddingObject, ModelObject } from '#adapters/models/providers/provider-door.ts';
import { MODEL_PROVIDERS } from '#domain/model.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const DOOR = 'src/adapters/models/';
const LIBRARY = /^(?:ai|@ai-sdk)(?:$|\/)/;

interface SourceFile {
  readonly name: string;
  readonly tree: ts.SourceFile;
}

const files: readonly SourceFile[] = globSync('{src,scripts}/**/*.ts', { cwd: ROOT }).map((found) => {
  const name = found.replaceAll(path.sep, '/');
  return { name, tree: parse(name, readFileSync(path.join(ROOT, found), 'utf8')) };
});

function parse(name: string, text: string): ts.SourceFile {
  return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
}

function nodesOf(tree: ts.Node): readonly ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    found.push(node);
    node.forEachChild(visit);
  };
  visit(tree);
  return found;
}

/** Of imports of every kind: of values and of types, static and at run time. */
function importedBy(tree: ts.SourceFile): readonly string[] {
  return nodesOf(tree).flatMap((node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      return node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)
        ? [node.moduleSpecifier.text]
        : [];
    }
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      return [node.argument.literal.getText().slice(1, -1)];
    if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return [];
    const [name] = node.arguments;
    return name !== undefined && ts.isStringLiteralLike(name) ? [name.text] : [];
  });
}

/** Every property `model` that is handed over, where it is anything but a name of the program's own. */
function bareModels(tree: ts.SourceFile): readonly string[] {
  return nodesOf(tree)
    .filter((node) => ts.isPropertyAssignment(node))
    .filter(({ name }) => name.getText() === 'model')
    .filter(
      ({ initializer }) =>
        nodesOf(initializer).some(ts.isStringLiteralLike) || ts.isTemplateExpression(initializer),
    )
    .map((node) => node.getText());
}

test('only the models’ own folder knows the libraries for models', () => {
  const known = files
    .filter(({ tree }) => importedBy(tree).some((name) => LIBRARY.test(name)))
    .map(({ name }) => name);
  expect(known.length).toBeGreaterThan(6);
  expect(known.filter((name) => !name.startsWith(DOOR))).toEqual([]);
});

test('the rest of the program reaches that folder at run time alone, so that a run without a model loads nothing of it', () => {
  const outside = files.filter(({ name }) => name.startsWith('src/') && !name.startsWith(DOOR));
  const loads = outside.filter(({ tree }) =>
    tree.statements.some(
      (statement) =>
        ts.isImportDeclaration(statement) &&
        statement.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword &&
        statement.moduleSpecifier.getText().includes('adapters/models/'),
    ),
  );
  expect(loads.map(({ name }) => name)).toEqual([]);
});

test('each provider’s library is loaded by its own file, and that file by nobody before its provider is chosen', () => {
  const values = files.flatMap(({ name, tree }) =>
    tree.statements
      .filter((statement) => ts.isImportDeclaration(statement))
      .filter(({ importClause }) => importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword)
      .map(({ moduleSpecifier }) => ({ name, imports: moduleSpecifier.getText().slice(1, -1) })),
  );
  const doors = values
    .filter(({ imports }) => imports.startsWith('@ai-sdk/'))
    .map(({ name }) => path.posix.basename(name));
  expect(doors.toSorted()).toEqual(MODEL_PROVIDERS.map((provider) => `${provider}.ts`).toSorted());
  const early = values.filter(({ imports }) => doors.includes(path.posix.basename(imports)));
  expect(early).toEqual([]);
});

test('no library is given the bare name of a model, which would go to a gateway', () => {
  const inDoor = files.filter(({ name }) => name.startsWith(DOOR));
  expect(inDoor.flatMap(({ name, tree }) => bareModels(tree).map((text) => `${name}: ${text}`))).toEqual([]);
});

test('the search finds such a name, and such an import', () => {
  const tree = parse(
    'x.ts',
    "import type { Tool } from 'ai'; const m = await import('@ai-sdk/openai'); generateText({ model: 'openai/gpt', prompt: '' });",
  );
  expect(importedBy(tree)).toEqual(['ai', '@ai-sdk/openai']);
  expect(bareModels(tree)).toEqual(["model: 'openai/gpt'"]);
  expect(
    bareModels(parse('x.ts', 'f({ model: `openai/gpt` }); f({ model: "openai/" + name })')),
  ).toHaveLength(2);
  expect(bareModels(parse('x.ts', 'f({ model, other: 1 }); f({ model: door.chat(fetch) })'))).toEqual([]);
});

test('the compiler refuses names where models are wanted', () => {
  // @ts-expect-error A name is no model.
  const model: ModelObject = 'openai/gpt';
  // @ts-expect-error A name is no model.
  const embedding: EmbeddingObject = 'openai/text-embedding';
  expect([model, embedding]).toHaveLength(2);
});
