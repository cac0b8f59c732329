// What is known of the worlds of Java, Go, Rust, PHP, Ruby and .NET.
import { describe, expect, test } from 'vitest';
import type { Requirement } from '#domain/project.ts';
import { pathsTo } from '#manifests/paths-to.ts';
import { asked, locked, readOne, readSample } from './read-sample.ts';

/** Where another text would have to be written for another version. */
const standing = ({ name, constraint, versionPlace, place }: Requirement) => {
  const at = versionPlace ?? place;
  return `${name} ${constraint} ${at.path}:${at.startLine}`;
};

describe('Maven', () => {
  const files = {
    'pom.xml': `<?xml version="1.0"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <groupId>org.sample</groupId><artifactId>root</artifactId><version>1.0</version>
  <packaging>pom</packaging>
  <modules><module>web</module></modules>
  <properties>
    <jackson.version>2.15.0</jackson.version>
    <log.version>\${log.base}</log.version>
    <log.base>2.20.0</log.base>
  </properties>
  <dependencyManagement><dependencies>
    <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-core</artifactId>
      <version>\${log.version}</version></dependency>
    <dependency><groupId>org.yaml</groupId><artifactId>snakeyaml</artifactId><version>2.0</version></dependency>
  </dependencies></dependencyManagement>
  <dependencies>
    <dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.13</version><scope>test</scope></dependency>
  </dependencies>
</project>`,
    'web/pom.xml': `<project>
  <parent><groupId>org.sample</groupId><artifactId>root</artifactId><version>1.0</version></parent>
  <artifactId>web</artifactId>
  <dependencies>
    <!-- <dependency><groupId>no</groupId><artifactId>no</artifactId></dependency> -->
    <dependency>
      <groupId>com.fasterxml.jackson.core</groupId>
      <artifactId>jackson-databind</artifactId>
      <version>\${jackson.version}</version>
    </dependency>
    <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-core</artifactId></dependency>
    <dependency><groupId>a</groupId><artifactId>b</artifactId><version> [1.0,2.0) </version><optional>true</optional></dependency>
    <dependency><groupId>\${project.groupId}</groupId><artifactId>root</artifactId><version>\${project.version}</version></dependency>
    <dependency><groupId>un</groupId><artifactId>known</artifactId><version>\${nobody.says}</version></dependency>
  </dependencies>
  <profiles><profile><id>it</id><dependencies>
    <dependency><groupId>c</groupId><artifactId>d</artifactId><version>3</version></dependency>
  </dependencies></profile></profiles>
</project>`,
  };

  test('versions stand where they are written: a property, a managed version, a parent', async () => {
    const web = await readOne(files, 'Maven', 'web');
    expect(web.name).toBe('org.sample:web');
    expect(web.requirements.map(standing)).toEqual([
      'com.fasterxml.jackson.core:jackson-databind 2.15.0 pom.xml:7',
      'org.apache.logging.log4j:log4j-core 2.20.0 pom.xml:9',
      'a:b [1.0,2.0) web/pom.xml:12',
      'org.sample:root 1.0 web/pom.xml:2',
      `un:known \${nobody.says} web/pom.xml:14`,
      'c:d 3 web/pom.xml:17',
      'junit:junit 4.13 pom.xml:17',
    ]);
    expect(asked(web).map((line) => line.replace(/^\S+ /, ''))).toEqual([
      '2.15.0 runtime web/pom.xml:9',
      '2.20.0 runtime web/pom.xml:11',
      '[1.0,2.0) optional web/pom.xml:12',
      '1.0 runtime web/pom.xml:13',
      `\${nobody.says} runtime web/pom.xml:14`,
      '3 runtime [it] web/pom.xml:17',
      '4.13 test pom.xml:17',
    ]);
  });

  test('what is managed and not asked for is an override', async () => {
    const root = await readOne(files, 'Maven');
    expect(root.overrides?.map(standing)).toEqual([
      'org.apache.logging.log4j:log4j-core 2.20.0 pom.xml:9',
      'org.yaml:snakeyaml 2.0 pom.xml:14',
    ]);
  });

  test('parents in a circle, properties in a circle', async () => {
    const pom = (parent: string, name: string) =>
      `<project><parent><groupId>g</groupId><artifactId>${parent}</artifactId><version>1</version><relativePath>../${parent}/pom.xml</relativePath></parent><artifactId>${name}</artifactId><properties><a>\${b}</a><b>\${a}\${a}</b></properties><dependencies><dependency><groupId>x</groupId><artifactId>${name}</artifactId><version>\${a}</version></dependency></dependencies></project>`;
    const [a] = await readSample({ 'a/pom.xml': pom('b', 'a'), 'b/pom.xml': pom('a', 'b') });
    expect(a?.requirements.map(({ name, constraint }) => [name, constraint])).toEqual([
      ['x:a', `\${a}`],
      ['x:b', `\${a}`],
    ]);
  });
});

describe('Gradle', () => {
  test('literal coordinates, variables, the version catalog, and a lock file', async () => {
    const files = {
      'gradle/libs.versions.toml': `[versions]
guava = "33.0.0-jre"
junit = { strictly = "5.10.0" }
[libraries]
guava = { module = "com.google.guava:guava", version.ref = "guava" }
junit-api = { group = "org.junit.jupiter", name = "junit-jupiter-api", version = { ref = "junit" } }
commons-io = "commons-io:commons-io:2.11.0"
[bundles]
all = ["guava", "commons-io"]
`,
      'gradle.properties': 'slf4jVersion=2.0.9\n',
      'app/build.gradle': `buildscript { dependencies { classpath 'com.android.tools.build:gradle:8.0.0' } }
ext.okVersion = '4.12.0'
dependencies {
  // implementation 'no:no:1'
  implementation "org.slf4j:slf4j-api:$slf4jVersion"
  implementation("com.squareup.okhttp3:okhttp:\${okVersion}") { exclude group: 'x', module: 'y' }
  api group: 'org.a', name: 'b', version: '1.5'
  implementation libs.bundles.all
  testImplementation(libs.junit.api)
  annotationProcessor 'org.projectlombok:lombok:1.18.30'
  implementation project(':core')
  implementation platform('org.springframework.boot:spring-boot-dependencies:3.2.0')
  constraints { implementation 'org.yaml:snakeyaml:2.2' }
}
`,
      'app/gradle.lockfile': `# This is a Gradle generated file for dependency locking.
com.google.guava:guava:33.0.0-jre=compileClasspath,runtimeClasspath,testRuntimeClasspath
com.google.guava:failureaccess:1.0.2=runtimeClasspath
org.junit.jupiter:junit-jupiter-api:5.10.0=testCompileClasspath
org.projectlombok:lombok:1.18.30=annotationProcessor
empty=
`,
    };
    const app = await readOne(files, 'Maven', 'app');
    expect(app.gaps).toEqual([]);
    expect(app.requirements.map((each) => `${standing(each)} ${each.scope}`)).toEqual([
      'com.android.tools.build:gradle 8.0.0 app/build.gradle:1 dev',
      'org.slf4j:slf4j-api 2.0.9 gradle.properties:1 runtime',
      'com.squareup.okhttp3:okhttp 4.12.0 app/build.gradle:2 runtime',
      'org.a:b 1.5 app/build.gradle:7 runtime',
      'com.google.guava:guava 33.0.0-jre gradle/libs.versions.toml:2 runtime',
      'commons-io:commons-io 2.11.0 gradle/libs.versions.toml:7 runtime',
      'org.junit.jupiter:junit-jupiter-api 5.10.0 gradle/libs.versions.toml:3 test',
      'org.projectlombok:lombok 1.18.30 app/build.gradle:10 dev',
    ]);
    expect(app.overrides?.map(({ name, group }) => `${name} ${group}`)).toEqual([
      'org.springframework.boot:spring-boot-dependencies platform',
      'org.yaml:snakeyaml constraints',
    ]);
    expect(locked(app)).toEqual([
      'com.google.guava:guava@33.0.0-jre runtime direct',
      'com.google.guava:failureaccess@1.0.2 runtime',
      'org.junit.jupiter:junit-jupiter-api@5.10.0 test direct',
      'org.projectlombok:lombok@1.18.30 dev direct',
    ]);
  });
});

describe('Go', () => {
  const GO_MOD = `module "example.org/app"

go 1.22

require github.com/a/one v1.2.3
require (
	github.com/b/two v0.0.0-20240101120000-abcdefabcdef // indirect
	github.com/c/three/v2 v2.1.0+incompatible
	github.com/d/local v1.0.0
)
replace github.com/c/three/v2 => github.com/fork/three/v2 v2.1.1
replace (
	github.com/d/local => ./local
	github.com/a/one v9.9.9 => github.com/a/one v1.0.0
)
exclude github.com/a/one v1.2.2
retract [v1.0.0, v1.0.5]
tool golang.org/x/tools/cmd/stringer
`;

  test('what is required, directly or not, and what stands for it', async () => {
    const project = await readOne({ 'go.mod': GO_MOD }, 'Go');
    expect(project.gaps).toEqual([]);
    expect(project.name).toBe('example.org/app');
    expect(project.requirements.map((each) => `${standing(each)} ${each.group}`)).toEqual([
      'github.com/a/one v1.2.3 go.mod:5 null',
      'github.com/b/two v0.0.0-20240101120000-abcdefabcdef go.mod:7 indirect',
      'github.com/c/three/v2 v2.1.1 go.mod:11 null',
      'github.com/d/local v1.0.0 go.mod:9 null',
    ]);
    expect(locked(project)).toEqual([
      'github.com/a/one@v1.2.3 runtime direct',
      'github.com/b/two@v0.0.0-20240101120000-abcdefabcdef runtime',
      'github.com/fork/three/v2@v2.1.1 runtime direct',
    ]);
  });

  test('before Go 1.17, go.sum is the only witness of the rest', async () => {
    const project = await readOne(
      {
        'svc/go.mod': 'module m\ngo 1.16\nrequire github.com/a/one v1.0.0\n',
        'svc/go.sum':
          'github.com/a/one v1.0.0 h1:aaa=\ngithub.com/z/deep v0.1.0 h1:bbb=\ngithub.com/z/deep v0.2.0 h1:ccc=\ngithub.com/y/listed v1.0.0/go.mod h1:ddd=\n',
      },
      'Go',
      'svc',
    );
    expect(locked(project)).toEqual([
      'github.com/a/one@v1.0.0 runtime direct',
      'github.com/z/deep@v0.2.0 runtime',
    ]);
    expect(project.gaps).toHaveLength(1);
  });
});

test('Rust: a workspace, renamed crates, versions of the workspace', async () => {
  const files = {
    'Cargo.toml':
      '[workspace]\nmembers = ["a"]\n\n[workspace.dependencies]\nserde = { version = "1.0.190", features = ["derive"] }\n',
    'a/Cargo.toml': `[package]
name = "a"
version = "0.1.0"

[dependencies]
serde.workspace = true
old-rand = { package = "rand", version = "0.7" }
[dependencies.log]
version = "0.4"
optional = true

[target.'cfg(unix)'.dependencies]
libc = "0.2"

[dev-dependencies]
rand = "0.8"
[build-dependencies]
cc = "=1.0.83"
`,
    'Cargo.lock': `version = 3

[[package]]
name = "a"
version = "0.1.0"
dependencies = ["cc", "libc", "log", "rand 0.7.3", "rand 0.8.5", "serde"]
${[
  ['cc', '1.0.83', ''],
  ['libc', '0.2.150', ''],
  ['log', '0.4.20', ''],
  ['rand', '0.7.3', '"libc"'],
  ['rand', '0.8.5', '"rand_core"'],
  ['rand_core', '0.6.4', ''],
  ['serde', '1.0.192', ''],
]
  .map(
    ([name, version, needs]) =>
      `\n[[package]]\nname = "${name}"\nversion = "${version}"\nsource = "registry+x"\ndependencies = [${needs}]\n`,
  )
  .join('')}`,
  };
  const member = await readOne(files, 'crates.io', 'a');
  expect(
    member.requirements.map((each) => `${standing(each)} ${each.scope} ${each.alias ?? ''}`.trim()),
  ).toEqual([
    'serde 1.0.190 Cargo.toml:5 runtime',
    'rand 0.7 a/Cargo.toml:7 runtime old-rand',
    'log 0.4 a/Cargo.toml:9 optional',
    'rand 0.8 a/Cargo.toml:16 dev',
    'cc =1.0.83 a/Cargo.toml:18 dev',
    'libc 0.2 a/Cargo.toml:13 runtime',
  ]);
  expect(locked(member)).toEqual([
    'cc@1.0.83 dev direct',
    'libc@0.2.150 runtime direct',
    'log@0.4.20 optional direct',
    'rand@0.7.3 runtime direct',
    'rand@0.8.5 runtime direct',
    'rand_core@0.6.4 runtime',
    'serde@1.0.192 runtime direct',
  ]);
  const root = await readOne(files, 'crates.io');
  expect(root.directs).toEqual(member.directs);
  expect(files['Cargo.lock'].split('\n')[root.packages[1]!.place.startLine]).toBe('name = "libc"');
});

test('PHP: Composer’s two files', async () => {
  const project = await readOne(
    {
      'composer.json': JSON.stringify(
        {
          name: 'me/app',
          require: { php: '>=8.1', 'ext-json': '*', 'Monolog/Monolog': '^2.0 || ^3.0' },
          'require-dev': { 'phpunit/phpunit': '^10' },
        },
        null,
        2,
      ),
      'composer.lock': JSON.stringify({
        packages: [
          { name: 'monolog/monolog', version: '3.5.0', require: { php: '>=8.1', 'psr/log': '^3' } },
          { name: 'psr/log', version: '3.0.0' },
        ],
        'packages-dev': [{ name: 'phpunit/phpunit', version: '10.5.0', require: { 'psr/log': '*' } }],
      }),
    },
    'Packagist',
  );
  expect(asked(project)).toEqual([
    'monolog/monolog ^2.0 || ^3.0 runtime composer.json:6',
    'phpunit/phpunit ^10 dev composer.json:9',
  ]);
  expect(locked(project)).toEqual([
    'monolog/monolog@3.5.0 runtime direct',
    'psr/log@3.0.0 runtime',
    'phpunit/phpunit@10.5.0 dev direct',
  ]);
  expect(pathsTo(project, 'psr/log@3.0.0', 5)).toHaveLength(2);
});

test('Ruby: groups, gemspecs and platforms', async () => {
  const project = await readOne(
    {
      Gemfile: `source "somewhere"
gemspec
gem "rails", "~> 7.0.4" # the frame
gem 'puma'
if ENV["X"]
  gem "sidekiq", " >= 7 "
end
group :development, :test do
  gem "debug", "1.8.0", platforms: %i[mri]
end
gem "capybara", "~> 3.0", group: :test
gem "pg", group: [:production]
gem computed
`,
      'me.gemspec':
        'Gem::Specification.new do |spec|\n  spec.add_dependency "rack", "~> 2.2"\n  spec.add_development_dependency("rspec", "~> 3.12")\nend\n',
      'Gemfile.lock': `PATH
  remote: .
  specs:
    me (0.1.0)
      rack (~> 2.2)

GEM
  remote: somewhere
  specs:
    capybara (3.39.2)
      nokogiri (~> 1.8)
    nokogiri (1.15.4-arm64-darwin)
    nokogiri (1.15.4-x86_64-linux)
    puma (6.4.0)
    rack (2.2.8)
    unlisted (1.0)

PLATFORMS
  x86_64-linux

DEPENDENCIES
  capybara (~> 3.0)
  me!
  puma
  unlisted

BUNDLED WITH
   2.4.10
`,
    },
    'RubyGems',
  );
  expect(asked(project)).toEqual([
    'rails ~> 7.0.4 runtime Gemfile:3',
    'puma - runtime Gemfile:4',
    'sidekiq >= 7 runtime Gemfile:6',
    'debug 1.8.0 test [development] Gemfile:9',
    'capybara ~> 3.0 test [test] Gemfile:11',
    'pg - runtime [production] Gemfile:12',
    'rack ~> 2.2 runtime me.gemspec:2',
    'rspec ~> 3.12 dev [development] me.gemspec:3',
  ]);
  expect(locked(project)).toEqual([
    'capybara@3.39.2 test direct',
    'nokogiri@1.15.4 test',
    'puma@6.4.0 runtime direct',
    'rack@2.2.8 runtime direct',
    'unlisted@1.0 runtime direct',
  ]);
  expect(project.gaps).toEqual([
    '`Gemfile` is a program: only the dependencies that it lists word for word are known.',
  ]);
});

test('.NET: references, central versions, properties, and both lock files', async () => {
  const files = {
    'Directory.Packages.props': `<Project>
  <PropertyGroup><SerilogVersion>3.1.1</SerilogVersion></PropertyGroup>
  <ItemGroup>
    <PackageVersion Include="Newtonsoft.Json" Version="13.0.1" />
    <PackageVersion Include="Serilog" Version="$(SerilogVersion)" />
    <PackageVersion Include="Transitive.Pin" Version="1.0.0" />
  </ItemGroup>
</Project>`,
    'src/App/App.csproj': `<Project Sdk="Microsoft.NET.Sdk">
  <ItemGroup>
    <PackageReference Include="newtonsoft.json" />
    <PackageReference Include="Serilog" />
    <PackageReference Include="Dapper" Version="2.1.24" />
    <PackageReference Include="Polly"><Version>[8.0.0]</Version></PackageReference>
    <PackageReference Include="StyleCop.Analyzers" VersionOverride='1.1.118'><PrivateAssets>all</PrivateAssets></PackageReference>
  </ItemGroup>
</Project>`,
    'src/App/packages.lock.json': JSON.stringify(
      {
        version: 2,
        dependencies: {
          'net8.0': {
            Dapper: {
              type: 'Direct',
              requested: '[2.1.24, )',
              resolved: '2.1.24',
              dependencies: { 'system.data': '4.0.0' },
            },
            'StyleCop.Analyzers': { type: 'Direct', resolved: '1.1.118' },
            'System.Data': { type: 'Transitive', resolved: '4.3.0' },
            other: { type: 'Project' },
          },
        },
      },
      null,
      2,
    ),
    'old/packages.config':
      '<?xml version="1.0" encoding="utf-8"?>\n<packages>\n  <package id="jQuery" version="3.4.1" targetFramework="net48" />\n  <package id="Tool" version="1.0" developmentDependency="true" />\n</packages>\n',
  };
  const app = await readOne(files, 'NuGet', 'src/App');
  expect(app.requirements.map((each) => `${standing(each)} ${each.scope}`)).toEqual([
    'newtonsoft.json 13.0.1 Directory.Packages.props:4 runtime',
    'Serilog 3.1.1 Directory.Packages.props:2 runtime',
    'Dapper 2.1.24 src/App/App.csproj:5 runtime',
    'Polly [8.0.0] src/App/App.csproj:6 runtime',
    'StyleCop.Analyzers 1.1.118 src/App/App.csproj:7 dev',
  ]);
  expect(app.overrides?.map(({ name }) => name)).toEqual(['Transitive.Pin']);
  expect(locked(app)).toEqual([
    'Dapper@2.1.24 runtime direct',
    'StyleCop.Analyzers@1.1.118 dev direct',
    'System.Data@4.3.0 runtime',
  ]);
  const old = await readOne(files, 'NuGet', 'old');
  expect(locked(old)).toEqual(['jQuery@3.4.1 runtime direct', 'Tool@1.0 dev direct']);
});
