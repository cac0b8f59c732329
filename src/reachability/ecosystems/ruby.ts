// How Ruby loads gems: by `require`, by constants that something else loaded, and all at once by Bundler.
import { allMatches, type EcosystemRules, type FoundImport, groupSpan } from './ecosystem.ts';

const REQUIRE =
  /(?<![\w.])(?:require|load|autoload\s{0,9}\(?\s{0,9}:\w+\s{0,9},)\s{0,9}\(?\s{0,9}(['"])([^'"\n#]{1,200})\1/dg;
/** A gem's constant, whoever loaded it. */
const CONSTANT =
  /(?:(?<![\w:.@$])([A-Z]\w*)(?=::|\.|&\.))|(?:[<(,=[|]\s{0,9}|\b(?:include|extend|prepend|when|return)\s{1,9}|\bis_a\?\s{0,9}\(?)(?:::)?([A-Z]\w*)/dg;
const DYNAMIC =
  /(?<![\w.:])(?:require|load)(?:\s{0,9}\(\s{0,9}|[ \t]{1,9})(?!\s*['"][^'"\n#]{1,200}['"])(?=[A-Za-z_@$'"])|(?<![\w.:])(?:require|load)\s{0,9}\(?\s{0,9}%|:(?:require|load)\b(?!\s{0,9}=>)|\bBundler\.require\b|\bKernel\s{0,9}(?:\.|::)\s{0,9}(?:require|load)\b(?!\s{0,9}\(?\s{0,9}['"][^'"\n#]{1,200}['"])|\b(?:instance_eval|class_eval|constantize|const_get)\b|(?<![\w.])eval[ (]/g;

/** What Sprockets puts into an asset: https://github.com/rails/sprockets#directives; and what Sass loads. */
const DIRECTIVE =
  /(?:(?:\/\/|#|\*)=\s{0,9}(?:require|include|link|depend_on|depend_on_asset|require_directory|require_tree|link_directory|link_tree)\s{1,9}|@(?:import|use|forward)\s{1,9})(['"]?)([^\s'";]{1,200})\1/dg;
const ASSET = /(?:^|\/)assets\/.*\.(?:[cm]?[jt]sx?|css|s[ac]ss|less|coffee|es6|ejs|hbs)(?:\.erb)?$/;

export const RUBY: EcosystemRules = {
  ecosystem: 'RubyGems',
  sources:
    /\.(?:rb|rake|ru|gemspec|erb|haml|slim|jbuilder|builder|thor|rabl|arb|prawn|axlsx|ruby|rbw)$|(?:^|\/)assets\/.*\.(?:[cm]?[jt]sx?|css|s[ac]ss|less|coffee|es6|ejs|hbs)$|(?:^|\/)(?:Rakefile|Capfile|Guardfile|Thorfile|bin\/[^/.]+|exe\/[^/.]+)$/,
  directed: ASSET,
  foreign: /(?:^|\/)(?:vendor\/(?:bundle|cache|gems)|\.bundle|node_modules)\//,
  tests: /(?:^|\/)(?:test|spec|features)\/|_(?:spec|test)\.rb$/,
  tooling: /(?:^|\/)(?:Rakefile|Guardfile|Capfile|Dangerfile)$/,
  scan: (text, path) => ({
    imports: [...directivesIn(text, path), ...(isPlainAsset(path) ? [] : importsIn(text))],
    dynamics: (isPlainAsset(path) ? [] : allMatches(text, DYNAMIC)).map(({ index }) => ({
      start: index,
      prefix: '',
    })),
  }),
  keyOf: (specifier) => plain(specifier),
  covers: (name, specifier) => plain(name) === plain(specifier),
  namesOf: (name, rules) => {
    const known = rules.modulesOf('RubyGems', name);
    const short = name.replace(/^(?:ruby|rb)[-_]|[-_](?:ruby|rb)$/g, '');
    return {
      names: [...new Set([name, name.replace(/-/g, '/'), short, ...(known ?? [])])],
      isGuess: known === null,
    };
  },
  wordsOf: (name) => [name, constantOf(name)],
  loadedByOthers: (name) =>
    /^(?:rails|active|action|sprockets|rack|sinatra|puma|unicorn|bootsnap|capistrano|rspec|minitest|devise|sidekiq|resque)/.test(
      name,
    ) || /-rails$|^rails-/.test(name)
      ? 'tool'
      : /^(?:pg|mysql2|sqlite3|redis|nokogiri|oj|yajl|json|rexml|ox|bcrypt|image_processing|mini_magick|loofah|haml|slim|sass.*|uglifier|terser|execjs|listen|webrick|thin)$/.test(
            name,
          )
        ? 'presence'
        : null,
};

function importsIn(text: string): FoundImport[] {
  const required = allMatches(text, REQUIRE).map((match) =>
    foundAt((match[2] ?? '').replace(/\.rb$/, ''), groupSpan(match, 2)),
  );
  const constants = new Map<string, FoundImport>();
  for (const match of allMatches(text, CONSTANT)) {
    const group = match[1] === undefined ? 2 : 1;
    const name = match[group] ?? '';
    if (!constants.has(name)) constants.set(name, foundAt(name, groupSpan(match, group)));
  }
  return [...required, ...constants.values()];
}

/** Of an asset with Ruby in it, the Ruby counts as well. */
function isPlainAsset(path: string): boolean {
  return ASSET.test(path) && !path.endsWith('.erb');
}

function directivesIn(text: string, path: string): FoundImport[] {
  if (!ASSET.test(path)) return [];
  return allMatches(text, DIRECTIVE).map((match) => ({
    ...foundAt((match[2] ?? '').replace(/^~|\.(?:js|css|s[ac]ss)$/g, ''), groupSpan(match, 2)),
    isDirective: true,
  }));
}

function foundAt(specifier: string, [start, end]: readonly [number, number]): FoundImport {
  return { specifier, start, end, isTypeOnly: false };
}

/** `active_support/core_ext` and `activesupport` are one: the first segment without marks. */
function plain(specifier: string): string {
  return (
    (specifier.split(/[/]/, 1)[0] ?? specifier).split('-', 1)[0]?.replace(/_/g, '').toLowerCase() ?? specifier
  );
}

function constantOf(name: string): string {
  return (
    name
      .split('-', 1)[0]
      ?.split('_')
      .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
      .join('') ?? name
  );
}
