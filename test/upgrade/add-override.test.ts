// The line that holds what others bring in: where it goes, and that nothing around it moves.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '#domain/apply-edits.ts';
import { addOverride } from '#upgrade/add-override.ts';
import type { BuildTool } from '#upgrade/build-tool.ts';
import { lineEdits } from '#upgrade/line-edits.ts';

interface AddCase {
  readonly what: string;
  readonly tool: BuildTool;
  readonly name: string;
  readonly to: string;
  /** `package.json` for pnpm when left out; of the other tools the file does not matter. */
  readonly path?: string;
  readonly before: string;
  readonly after: string | null;
}

const x = { name: 'x', to: '1.2.6' };
const jackson = { tool: 'maven', name: 'org.yaml:snakeyaml', to: '2.0' } as const;

const workspace = { tool: 'pnpm', path: 'pnpm-workspace.yaml', ...x } as const;
const MEMBERS = 'packages:\n  - "a"\n';

const CASES: readonly AddCase[] = [
  {
    what: 'npm: a new section',
    tool: 'npm',
    ...x,
    before: '{\n  "name": "shop",\n  "private": true\n}\n',
    after: '{\n  "name": "shop",\n  "private": true,\n  "overrides": {\n    "x": "^1.2.6"\n  }\n}\n',
  },
  {
    what: 'npm: tabs and no last line end',
    tool: 'npm',
    ...x,
    before: '{\n\t"name": "shop"\n}',
    after: '{\n\t"name": "shop",\n\t"overrides": {\n\t\t"x": "^1.2.6"\n\t}\n}',
  },
  {
    what: 'npm: a section that is there',
    tool: 'npm',
    ...x,
    before: '{\n    "overrides": {\n        "y": "1.0.0"\n    },\n    "name": "shop"\n}\n',
    after:
      '{\n    "overrides": {\n        "y": "1.0.0",\n        "x": "^1.2.6"\n    },\n    "name": "shop"\n}\n',
  },
  {
    what: 'npm: an empty section',
    tool: 'npm',
    ...x,
    before: '{\n  "overrides": {}\n}\n',
    after: '{\n  "overrides": {\n    "x": "^1.2.6"\n  }\n}\n',
  },
  {
    what: 'npm: on one line',
    tool: 'npm',
    ...x,
    before: '{"name":"shop","overrides":{"y":"1"}}',
    after: '{"name":"shop","overrides":{"y":"1", "x": "^1.2.6"}}',
  },
  {
    what: 'npm: all on one line',
    tool: 'npm',
    ...x,
    before: '{"name":"shop"}',
    after: '{"name":"shop", "overrides": { "x": "^1.2.6" }}',
  },
  {
    what: 'npm: a scoped name',
    tool: 'npm',
    name: '@a/b',
    to: '1.0.1',
    before: '{\n  "name": "shop"\n}\n',
    after: '{\n  "name": "shop",\n  "overrides": {\n    "@a/b": "^1.0.1"\n  }\n}\n',
  },
  {
    what: 'npm: the name is there with more below it',
    tool: 'npm',
    ...x,
    before: '{\n  "overrides": { "x": { "y": "1" } }\n}\n',
    after: null,
  },
  { what: 'npm: the section is no object', tool: 'npm', ...x, before: '{ "overrides": "1" }', after: null },
  { what: 'npm: no JSON', tool: 'npm', ...x, before: '[]', after: null },
  {
    what: 'yarn',
    tool: 'yarn',
    ...x,
    before: '{\r\n  "name": "shop"\r\n}\r\n',
    after: '{\r\n  "name": "shop",\r\n  "resolutions": {\r\n    "x": "^1.2.6"\r\n  }\r\n}\r\n',
  },
  {
    what: 'pnpm',
    tool: 'pnpm',
    ...x,
    before: '{\n  "pnpm": {\n    "neverBuiltDependencies": []\n  }\n}\n',
    after:
      '{\n  "pnpm": {\n    "neverBuiltDependencies": [],\n    "overrides": {\n      "x": "^1.2.6"\n    }\n  }\n}\n',
  },
  {
    what: 'pnpm-workspace.yaml: a new section',
    ...workspace,
    before: `${MEMBERS}# held\n`,
    after: `${MEMBERS}# held\noverrides:\n  x: ^1.2.6\n`,
  },
  {
    what: 'pnpm-workspace.yaml: a new section in a file of empty lines between, with CRLF',
    ...workspace,
    before: 'packages:\r\n    - a\r\n\r\nnodeLinker: hoisted\r\n',
    after: 'packages:\r\n    - a\r\n\r\nnodeLinker: hoisted\r\noverrides:\r\n  x: ^1.2.6\r\n',
  },
  {
    what: 'pnpm-workspace.yaml: no last line end',
    ...workspace,
    before: 'packages: [a]',
    after: 'packages: [a]\noverrides:\n  x: ^1.2.6\n',
  },
  {
    what: 'pnpm-workspace.yaml: comments alone',
    ...workspace,
    before: '# of the shop\n',
    after: '# of the shop\noverrides:\n  x: ^1.2.6\n',
  },
  {
    what: 'pnpm-workspace.yaml: a section that is there',
    ...workspace,
    before: `overrides: # see the wiki\n    # for the old proxy\n    y: 1.0.0\n${MEMBERS}`,
    after: `overrides: # see the wiki\n    x: ^1.2.6\n    # for the old proxy\n    y: 1.0.0\n${MEMBERS}`,
  },
  {
    what: 'pnpm-workspace.yaml: a name with a scope, in the quotes that are in use',
    ...workspace,
    name: '@kit/x',
    before: 'overrides:\n  "@kit/a": 1.0.0\n',
    after: 'overrides:\n  "@kit/x": ^1.2.6\n  "@kit/a": 1.0.0\n',
  },
  {
    what: 'pnpm-workspace.yaml: a name that YAML takes for something else',
    ...workspace,
    name: 'true',
    before: 'overrides:\n  y: 1.0.0\n',
    after: "overrides:\n  'true': ^1.2.6\n  y: 1.0.0\n",
  },
  {
    what: 'pnpm-workspace.yaml: an empty section',
    ...workspace,
    before: `overrides:\n${MEMBERS}`,
    after: `overrides:\n  x: ^1.2.6\n${MEMBERS}`,
  },
  {
    what: 'pnpm-workspace.yaml: on one line',
    ...workspace,
    before: 'overrides: { y: 1.0.0 }\n',
    after: 'overrides: { x: ^1.2.6, y: 1.0.0 }\n',
  },
  {
    what: 'pnpm-workspace.yaml: an empty section on one line',
    ...workspace,
    before: 'overrides: {}\n',
    after: 'overrides: { x: ^1.2.6 }\n',
  },
  ...[
    ['it is held already', 'overrides:\n  x: 1.0.0\n'],
    ['the section is a list', 'overrides:\n  - x\n'],
    ['the section is a text', 'overrides: none\n'],
    ['the section is a reference', 'a: &a\n  y: 1\noverrides: *a\n'],
    ['the whole is on one line', '{ packages: [a] }\n'],
    ['the whole is a list', '- a\n'],
    ['an end that is marked', `${MEMBERS}...\n`],
    ['two documents', `${MEMBERS}---\n${MEMBERS}`],
    ['a key twice', `${MEMBERS}${MEMBERS}`],
    ['no YAML', 'packages: [\n'],
  ].map(([what, before = '']) => ({
    ...{ what: `pnpm-workspace.yaml: ${what}`, ...workspace, before, after: null },
  })),
  ...['x: evil', 'x\n  y', "x'", '@/x', 'x y', '../x', ''].map((name) => ({
    ...{ what: `pnpm-workspace.yaml: no name: ${JSON.stringify(name)}`, ...workspace },
    ...{ name, before: MEMBERS, after: null },
  })),
  {
    what: 'uv: a new table',
    tool: 'uv',
    ...x,
    before: '[project]\nname = "shop"\n',
    after: '[project]\nname = "shop"\n\n[tool.uv]\nconstraint-dependencies = ["x>=1.2.6"]\n',
  },
  {
    what: 'uv: a table that is there',
    tool: 'uv',
    ...x,
    before: '[tool.uv] # uv\npackage = false\n\n[tool.ruff]\nline-length = 90\n',
    after:
      '[tool.uv] # uv\nconstraint-dependencies = ["x>=1.2.6"]\npackage = false\n\n[tool.ruff]\nline-length = 90\n',
  },
  {
    what: 'uv: a list that is there',
    tool: 'uv',
    ...x,
    before: '[tool.uv]\nconstraint-dependencies = [\n    "y<2", # old\n]\n',
    after: '[tool.uv]\nconstraint-dependencies = [\n    "x>=1.2.6",\n    "y<2", # old\n]\n',
  },
  {
    what: 'uv: a list on one line',
    tool: 'uv',
    ...x,
    before: '[tool.uv]\r\nconstraint-dependencies = ["y<2"]\r\n',
    after: '[tool.uv]\r\nconstraint-dependencies = ["x>=1.2.6", "y<2"]\r\n',
  },
  {
    what: 'uv: an empty list',
    tool: 'uv',
    ...x,
    before: '[tool.uv]\nconstraint-dependencies = []\n',
    after: '[tool.uv]\nconstraint-dependencies = ["x>=1.2.6"]\n',
  },
  {
    what: 'uv: the list of another table is none',
    tool: 'uv',
    ...x,
    before: '[tool.uv]\n[tool.other]\nconstraint-dependencies = ["y"]\n',
    after:
      '[tool.uv]\nconstraint-dependencies = ["x>=1.2.6"]\n[tool.other]\nconstraint-dependencies = ["y"]\n',
  },
  { what: 'pip', tool: 'pip', ...x, before: 'y<2', after: 'y<2\nx>=1.2.6\n' },
  {
    what: 'Maven: a new section',
    ...jackson,
    before: '<project>\n  <artifactId>a</artifactId>\n  <dependencies>\n  </dependencies>\n</project>\n',
    after:
      '<project>\n  <artifactId>a</artifactId>\n  <dependencyManagement>\n    <dependencies>\n      <dependency>\n        <groupId>org.yaml</groupId>\n        <artifactId>snakeyaml</artifactId>\n        <version>2.0</version>\n      </dependency>\n    </dependencies>\n  </dependencyManagement>\n  <dependencies>\n  </dependencies>\n</project>\n',
  },
  {
    what: 'Maven: a section that is there',
    ...jackson,
    before:
      '<project>\n\t<dependencyManagement>\n\t\t<dependencies>\n\t\t\t<!-- held -->\n\t\t</dependencies>\n\t</dependencyManagement>\n</project>\n',
    after:
      '<project>\n\t<dependencyManagement>\n\t\t<dependencies>\n\t\t\t<dependency>\n\t\t\t\t<groupId>org.yaml</groupId>\n\t\t\t\t<artifactId>snakeyaml</artifactId>\n\t\t\t\t<version>2.0</version>\n\t\t\t</dependency>\n\t\t\t<!-- held -->\n\t\t</dependencies>\n\t</dependencyManagement>\n</project>\n',
  },
  {
    what: 'Maven: a document type',
    ...jackson,
    before: '<!DOCTYPE project>\n<project>\n</project>\n',
    after: null,
  },
  {
    what: 'NuGet: pinned',
    tool: 'nuget',
    name: 'A.B',
    to: '2.0.0',
    before:
      '<Project>\n  <PropertyGroup>\n    <CentralPackageTransitivePinningEnabled>true</CentralPackageTransitivePinningEnabled>\n  </PropertyGroup>\n  <ItemGroup>\n    <PackageVersion Include="C" Version="1.0.0" />\n  </ItemGroup>\n</Project>\n',
    after:
      '<Project>\n  <PropertyGroup>\n    <CentralPackageTransitivePinningEnabled>true</CentralPackageTransitivePinningEnabled>\n  </PropertyGroup>\n  <ItemGroup>\n    <PackageVersion Include="A.B" Version="2.0.0" />\n    <PackageVersion Include="C" Version="1.0.0" />\n  </ItemGroup>\n</Project>\n',
  },
  {
    what: 'NuGet: a central version is not heard',
    tool: 'nuget',
    name: 'A.B',
    to: '2.0.0',
    before:
      '<Project>\n  <ItemGroup>\n    <PackageVersion Include="C" Version="1.0.0" />\n  </ItemGroup>\n</Project>\n',
    after: null,
  },
  { what: 'tools without such a line', tool: 'poetry', ...x, before: '', after: null },
];

describe('a version of what others bring in', () => {
  test.each(CASES.map((one) => [one.what, one] as const))('%s', (_, one) => {
    const { tool, path = 'package.json', name, to, before, after } = one;
    expect(addOverride({ tool, path }, before, name, to)).toBe(after);
  });

  test('is an edit of whole lines that leads there, and leaves every other byte', () => {
    for (const { before, after } of CASES)
      if (after !== null) {
        expect(applyEdits(before, lineEdits(before, after))).toBe(after);
        // What was added stands in one piece but for a comma: the text before is what is left without it.
        let at = 0;
        for (const character of after) if (character === before[at]) at += 1;
        expect(at).toBe(before.length);
      }
  });
});

describe('edits of lines', () => {
  test('lead from any text to any other', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c\r', ''), { maxLength: 8 })
      .chain((lines) => fc.boolean().map((ends) => lines.join('\n') + (ends ? '\n' : '')))
      .filter((made) => !/\r(?!\n)/.test(made));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const edits = lineEdits(before, after);
        expect(before === after ? before : applyEdits(before, edits)).toBe(after);
      }),
    );
  });
});
