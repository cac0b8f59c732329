// The manifest line that a proved upgrade writes: the version text changes, every other byte stays.
import { describe, expect, test } from 'vitest';
import { type UpgradeSample, upgraded } from './upgrade-sample.ts';

/** A manifest with one line that asks for the package, and that line after the upgrade. */
interface LineCase {
  readonly what: string;
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  readonly fixedIn: string;
  readonly path: string;
  /** `@@` where the line stands. */
  readonly file: string;
  readonly line: string;
  readonly becomes: string;
  readonly others?: Readonly<Record<string, string>>;
}

const npm = {
  ecosystem: 'npm',
  name: 'lodash',
  version: '4.17.15',
  fixedIn: '4.17.21',
  path: 'package.json',
};
const PACKAGE =
  '{\n  "name": "shop",\n  "scripts": { "test": "x" },\n  "dependencies": {\n    "express": "^4.17.0",\n@@\n  }\n}\n';
const pip = { ecosystem: 'PyPI', name: 'requests', version: '2.25.1', fixedIn: '2.31.0' };
const REQUIREMENTS = '# what runs\nflask==2.0.1\n@@\nurllib3<2  # for the old proxy\n';
const PYPROJECT =
  '[project]\nname = "shop"\nversion = "1.0"\ndependencies = [\n  "flask>=2",  # web\n@@\n]\n';
const POETRY = '[tool.poetry]\nname = "shop"\n\n[tool.poetry.dependencies]\npython = "^3.11"\n@@\n';
const maven = {
  ecosystem: 'Maven',
  name: 'org.apache.commons:commons-text',
  version: '1.9',
  fixedIn: '1.10.0',
  path: 'pom.xml',
};
const pom = (head: string, version: string) =>
  `<?xml version="1.0"?>\n<project>\n  <modelVersion>4.0.0</modelVersion>\n  <artifactId>shop</artifactId>\n${head}  <dependencies>\n    <dependency>\n      <groupId>org.apache.commons</groupId>\n      <artifactId>commons-text</artifactId>\n${version}\n    </dependency>\n  </dependencies>\n</project>\n`;
const go = {
  ecosystem: 'Go',
  name: 'golang.org/x/text',
  version: 'v0.3.5',
  fixedIn: '0.3.8',
  path: 'go.mod',
};
const GOMOD = 'module example.org/shop\n\ngo 1.21\n\nrequire (\n\tgithub.com/a/b v1.0.0\n@@\n)\n';
const rust = {
  ecosystem: 'crates.io',
  name: 'regex',
  version: '1.5.4',
  fixedIn: '1.5.5',
  path: 'Cargo.toml',
};
const CARGO = '[package]\nname = "shop"\nversion = "0.1.0"\n\n[dependencies]\nserde = "1.0"\n@@\n';
const ruby = { ecosystem: 'RubyGems', name: 'rails', version: '5.2.3', fixedIn: '5.2.4.3', path: 'Gemfile' };
const GEMFILE = "source 'https://rubygems.example'\n\ngem 'puma', '~> 5.0'\n@@\n";
const php = {
  ecosystem: 'Packagist',
  name: 'guzzlehttp/guzzle',
  version: '6.5.5',
  fixedIn: '6.5.8',
  path: 'composer.json',
};
const COMPOSER = '{\n    "name": "a/shop",\n    "require": {\n        "php": ">=8.1",\n@@\n    }\n}\n';
const net = {
  ecosystem: 'NuGet',
  name: 'Newtonsoft.Json',
  version: '12.0.1',
  fixedIn: '13.0.1',
  path: 'Shop.csproj',
};
const CSPROJ =
  '<Project Sdk="Microsoft.NET.Sdk">\n  <ItemGroup>\n@@\n    <PackageReference Include="Serilog" Version="2.0.0" />\n  </ItemGroup>\n</Project>\n';

const CASES: readonly LineCase[] = [
  {
    what: 'a caret',
    ...npm,
    file: PACKAGE,
    line: '    "lodash": "^4.17.15"',
    becomes: '    "lodash": "^4.17.21"',
  },
  {
    what: 'a tilde',
    ...npm,
    file: PACKAGE,
    line: '    "lodash" : "~4.17.15"',
    becomes: '    "lodash" : "~4.17.21"',
  },
  {
    what: 'a pin',
    ...npm,
    file: PACKAGE,
    line: '    "lodash": "4.17.15"',
    becomes: '    "lodash": "4.17.21"',
  },
  {
    what: 'a range',
    ...npm,
    file: PACKAGE,
    line: '    "lodash": ">=4.0.0 <5"',
    becomes: '    "lodash": ">=4.17.21 <5"',
  },
  {
    what: 'an x-range',
    ...npm,
    file: PACKAGE,
    line: '    "lodash": "4.x"',
    becomes: '    "lodash": "^4.17.21"',
  },
  {
    what: 'alternatives',
    ...npm,
    file: PACKAGE,
    line: '    "lodash": "^3.10.0 || ^4.17.0"',
    becomes: '    "lodash": "^4.17.21"',
  },
  {
    what: 'an alias',
    ...npm,
    file: PACKAGE,
    line: '    "underscore": "npm:lodash@^4.17.15"',
    becomes: '    "underscore": "npm:lodash@^4.17.21"',
  },
  {
    what: 'tabs',
    ...npm,
    file: '{\n\t"devDependencies": {\n@@\n\t}\n}',
    line: '\t\t"lodash": "^4.17.15"',
    becomes: '\t\t"lodash": "^4.17.21"',
  },
  {
    what: 'one line',
    ...npm,
    file: '@@',
    line: '{"dependencies":{"a":"^4.17.15","lodash":"^4.17.15"}}',
    becomes: '{"dependencies":{"a":"^4.17.15","lodash":"^4.17.21"}}',
  },
  {
    what: 'a catalog of pnpm',
    ...npm,
    path: 'pnpm-workspace.yaml',
    file: 'packages:\n  - "a"\ncatalog:\n  express: ^4.0.0\n@@\n',
    line: "  lodash: '^4.17.15' # shared",
    becomes: "  lodash: '^4.17.21' # shared",
    others: { 'package.json': '{"dependencies":{"lodash":"catalog:"}}\n' },
  },
  {
    what: 'a pin',
    ...pip,
    path: 'requirements.txt',
    file: REQUIREMENTS,
    line: 'requests==2.25.1',
    becomes: 'requests==2.31.0',
  },
  {
    what: 'a pin with extras, a marker and a note',
    ...pip,
    path: 'requirements.txt',
    file: REQUIREMENTS,
    line: 'Requests[socks] == 2.25.1 ; python_version > "3"  # keep',
    becomes: 'Requests[socks] == 2.31.0 ; python_version > "3"  # keep',
  },
  {
    what: 'a floor',
    ...pip,
    path: 'requirements.txt',
    file: REQUIREMENTS,
    line: 'requests>=2.20',
    becomes: 'requests>=2.31.0',
  },
  {
    what: 'a range',
    ...pip,
    path: 'requirements.txt',
    file: REQUIREMENTS,
    line: 'requests>=2.20,<3',
    becomes: 'requests>=2.31.0,<3',
  },
  {
    what: 'a ceiling that is in the way',
    ...pip,
    path: 'requirements.txt',
    file: REQUIREMENTS,
    line: 'requests>=2.20, <2.26',
    becomes: 'requests>=2.31.0, <2.32',
  },
  {
    what: 'a ceiling alone',
    ...pip,
    path: 'requirements.txt',
    file: REQUIREMENTS,
    line: 'requests<3',
    becomes: 'requests>=2.31.0,<3',
  },
  {
    what: 'about',
    ...pip,
    path: 'requirements.txt',
    file: REQUIREMENTS,
    line: 'requests~=2.25',
    becomes: 'requests~=2.31,>=2.31.0',
  },
  {
    what: 'about, to the last number',
    ...pip,
    path: 'requirements.txt',
    file: REQUIREMENTS,
    line: 'requests~=2.25.1',
    becomes: 'requests~=2.31.0',
  },
  {
    what: 'a star',
    ...pip,
    path: 'requirements/base.txt',
    file: REQUIREMENTS,
    line: 'requests==2.*',
    becomes: 'requests==2.*,>=2.31.0',
  },
  {
    what: 'PEP 621',
    ...pip,
    path: 'pyproject.toml',
    file: PYPROJECT,
    line: '  "requests>=2.20,<3",  # http',
    becomes: '  "requests>=2.31.0,<3",  # http',
  },
  {
    what: 'Poetry',
    ...pip,
    path: 'pyproject.toml',
    file: POETRY,
    line: 'requests = "^2.25"',
    becomes: 'requests = "^2.31.0"',
  },
  {
    what: 'a table of Poetry',
    ...pip,
    path: 'pyproject.toml',
    file: POETRY,
    line: "requests = {version = '~2.25', extras = ['socks']}",
    becomes: "requests = {version = '~2.31.0', extras = ['socks']}",
  },
  {
    what: 'a Pipfile',
    ...pip,
    path: 'Pipfile',
    file: '[packages]\n@@\n',
    line: 'requests = "==2.25.1"',
    becomes: 'requests = "==2.31.0"',
  },
  {
    what: 'a version',
    ...maven,
    file: pom('', '@@'),
    line: '      <version>1.9</version> <!-- text -->',
    becomes: '      <version>1.10.0</version> <!-- text -->',
  },
  {
    what: 'an interval',
    ...maven,
    file: pom('', '@@'),
    line: '      <version>[1.8,2.0)</version>',
    becomes: '      <version>[1.10.0,2.0)</version>',
  },
  {
    what: 'a property',
    ...maven,
    file: pom('  <properties>\n@@\n  </properties>\n', `      <version>\${text.version}</version>`),
    line: '    <text.version>1.9</text.version>',
    becomes: '    <text.version>1.10.0</text.version>',
  },
  {
    what: 'a managed version',
    ...maven,
    file: pom(
      '  <dependencyManagement><dependencies><dependency><groupId>org.apache.commons</groupId><artifactId>commons-text</artifactId>\n@@\n</dependency></dependencies></dependencyManagement>\n',
      '',
    ),
    line: '<version>1.9</version>',
    becomes: '<version>1.10.0</version>',
  },
  {
    what: 'a version catalog',
    ...maven,
    path: 'gradle/libs.versions.toml',
    file: '[versions]\n@@\n\n[libraries]\ntext = { module = "org.apache.commons:commons-text", version.ref = "text" }\n',
    line: 'text = "1.9" # all',
    becomes: 'text = "1.10.0" # all',
    others: { 'build.gradle.kts': 'dependencies {\n  implementation(libs.text)\n}\n' },
  },
  {
    what: 'a build of Gradle',
    ...maven,
    path: 'build.gradle',
    file: 'dependencies {\n@@\n}\n',
    line: "  implementation 'org.apache.commons:commons-text:1.9' // text",
    becomes: "  implementation 'org.apache.commons:commons-text:1.10.0' // text",
  },
  {
    what: 'a requirement',
    ...go,
    file: GOMOD,
    line: '\tgolang.org/x/text v0.3.5',
    becomes: '\tgolang.org/x/text v0.3.8',
  },
  {
    what: 'an indirect requirement',
    ...go,
    file: GOMOD,
    line: '\tgolang.org/x/text v0.3.5 // indirect',
    becomes: '\tgolang.org/x/text v0.3.8 // indirect',
  },
  { what: 'a bare requirement', ...rust, file: CARGO, line: 'regex = "1.5.4"', becomes: 'regex = "1.5.5"' },
  {
    what: 'a pin in a table',
    ...rust,
    file: CARGO,
    line: 'regex = { version = "=1.5.4", features = ["std"] } # fast',
    becomes: 'regex = { version = "=1.5.5", features = ["std"] } # fast',
  },
  { what: 'a tilde', ...rust, file: CARGO, line: "regex = '~1.5'", becomes: "regex = '~1.5.5'" },
  {
    what: 'about',
    ...ruby,
    file: GEMFILE,
    line: "gem 'rails', '~> 5.2', require: false",
    becomes: "gem 'rails', '~> 5.2', '>= 5.2.4.3', require: false",
  },
  {
    what: 'several comparators',
    ...ruby,
    file: GEMFILE,
    line: 'gem "rails", "~> 5.2", ">= 5.2.3" # web',
    becomes: 'gem "rails", "~> 5.2", ">= 5.2.4.3" # web',
  },
  { what: 'a pin', ...ruby, file: GEMFILE, line: "gem 'rails', '5.2.3'", becomes: "gem 'rails', '5.2.4.3'" },
  {
    what: 'a caret',
    ...php,
    file: COMPOSER,
    line: '        "guzzlehttp/guzzle": "^6.5"',
    becomes: '        "guzzlehttp/guzzle": "^6.5.8"',
  },
  {
    what: 'a pin with a v',
    ...php,
    file: COMPOSER,
    line: '        "guzzlehttp/guzzle": "v6.5.5"',
    becomes: '        "guzzlehttp/guzzle": "v6.5.8"',
  },
  {
    what: 'a star',
    ...php,
    file: COMPOSER,
    line: '        "guzzlehttp/guzzle": "6.5.*"',
    becomes: '        "guzzlehttp/guzzle": "6.5.*,>=6.5.8"',
  },
  {
    what: 'an attribute',
    ...net,
    file: CSPROJ,
    line: '    <PackageReference Include="Newtonsoft.Json" Version="12.0.1" />',
    becomes: '    <PackageReference Include="Newtonsoft.Json" Version="13.0.1" />',
  },
  {
    what: 'an exact version',
    ...net,
    file: CSPROJ,
    line: "    <PackageReference Include='newtonsoft.json' Version='[12.0.1]' />",
    becomes: "    <PackageReference Include='newtonsoft.json' Version='[13.0.1]' />",
  },
  {
    what: 'an element',
    ...net,
    file: CSPROJ,
    line: '    <PackageReference Include="Newtonsoft.Json"><Version>12.0.1</Version></PackageReference>',
    becomes: '    <PackageReference Include="Newtonsoft.Json"><Version>13.0.1</Version></PackageReference>',
  },
  {
    what: 'a central version',
    ...net,
    path: 'Directory.Packages.props',
    file: '<Project>\n  <ItemGroup>\n@@\n  </ItemGroup>\n</Project>\n',
    line: '    <PackageVersion Include="Newtonsoft.Json" Version="12.0.1" />',
    becomes: '    <PackageVersion Include="Newtonsoft.Json" Version="13.0.1" />',
    others: {
      'Shop.csproj':
        '<Project><ItemGroup><PackageReference Include="Newtonsoft.Json" /></ItemGroup></Project>\n',
    },
  },
];

function sampleOf(
  { file, line, path, others, fixedIn, ...rest }: LineCase,
  lineEnd = '\n',
  mark = '',
): UpgradeSample {
  const text = mark + file.replace('@@', () => line).replaceAll('\n', lineEnd);
  return { ...rest, fixedIn: [fixedIn], files: { ...others, [path]: text } };
}

describe('an upgrade writes over the version alone', () => {
  test.each(CASES.map((one) => [`${one.ecosystem}, ${one.path}: ${one.what}`, one] as const))(
    '%s',
    async (_, one) => {
      const { patch, after, plan } = await upgraded(sampleOf(one));
      expect(plan.kind).toMatch(/direct|override/);
      expect(after).toBe(one.file.replace('@@', () => one.becomes));
      expect(patch).toMatchObject({ origin: 'upgrade', tool: null, path: one.path });
      expect(patch?.edits).toHaveLength(1);
      expect(patch?.edits[0]?.lines).toBe(1);
      expect(patch?.checks.map(({ check, outcome }) => `${check} ${outcome}`)).toEqual([
        'applies passed',
        'policy passed',
        'parses passed',
        'rejudged passed',
        'builds skipped',
        'tests skipped',
      ]);
    },
  );

  test.each(CASES.map((one) => [`${one.ecosystem}, ${one.path}: ${one.what}`, one] as const))(
    'with CRLF and a byte order mark: %s',
    async (_, one) => {
      const { after } = await upgraded(sampleOf(one, '\r\n', '\uFEFF'));
      expect(after).toBe(`\uFEFF${one.file.replace('@@', () => one.becomes).replaceAll('\n', '\r\n')}`);
    },
  );
});
