// How JavaScript and TypeScript load packages of npm.
import {
  allMatches,
  type DynamicLoad,
  type EcosystemRules,
  type FoundImport,
  groupSpan,
} from './ecosystem.ts';

const SPECIFIER =
  /(?<![\w$.])(?:from|import|require|export)\s{0,20}(?:\/\*[^*]{0,80}\*\/\s{0,20})?\(?\s{0,20}(?:\/\*[^*]{0,80}\*\/\s{0,20})?(['"`])([^'"`\n$]{1,300})\1/dg;
/** `require.resolve`, `require.main.require`, `module.require`, `jest.requireActual`, `System.import`, `mod.createRequire(…)('x')`. */
const ODD_SPECIFIER =
  /(?:[rR]equire[\w$]{0,100}|\bSystem\.import|\bdefine|\bresolve)\s{0,20}\([^'"`()\n]{0,100}\)?\(?\s{0,20}\[?\s{0,20}(['"`])([^'"`\n$]{1,300})\1/dg;
const DYNAMIC =
  /(?<![\w$])(?:require(?:\.resolve)?|import|System\.import)\s{0,20}\(\s{0,20}(?:\/\*[^*]{0,200}\*\/\s{0,20})*(?!['"][^'"\n]{0,300}['"]\s{0,20}[,)])(?!`[^`$\n]{0,300}`\s{0,20}[,)])([^)\n]{0,120})/dg;
/** `require` as a value, or a maker of one whose result is kept: what is asked of it is not seen. */
const KEPT_REQUIRE =
  /(?<![\w$.'"`-])(?<!typeof )require(?=\s{0,9}(?:[;,)\]}]|\.(?:call|apply|bind)\b|\n))|\bcreateRequire\s{0,9}\([^()\n]{0,200}\)(?!\s{0,9}\()/g;
/** Loading by a name that is put together: `module['req' + 'uire']`. */
const COMPUTED_LOADER = /(?<![\w$])(?:module|mainModule|require)\s{0,9}(?:\?\.)?\[(?!\s{0,9}\])/g;
const EVALUATES = /(?<![\w$.])(?:eval|new\s+Function)\s{0,20}\(\s{0,20}(?![\s)])/g;
/** Loaders that Node.js has besides `require`, and whole folders of packages given to whoever asks. */
const OTHER_LOADERS =
  /\b(?:[mM]odule|constructor)\s{0,9}\.\s{0,9}_load\b|[{,]\s{0,9}_load\b[^{}\n]{0,200}\}\s{0,9}=\s{0,9}require\b|\bimportModuleDynamically\b|\b(?:new\s{1,9}Worker|fork)\s{0,9}\(\s{0,9}process\s{0,9}\.|\b(?:static|serve\w{0,20}|addPassthroughCopy)\s{0,9}\([^;\n]{0,200}['"`/]node_modules\/?['"`]/g;
/** What a style sheet loads; plugins are programs: https://lesscss.org/features/#plugin-atrules-feature */
const STYLE_IMPORT =
  /@(?:import|use|forward|plugin|config|reference)\s{1,9}(?:\([^()\n]{0,60}\)\s{0,9})?(?:url\(\s{0,9})?(['"])~?([^'"\n]{1,300})\1/dg;
const STYLE = /\.(?:css|s[ac]ss|less|styl|pcss)$/i;
const PROSE = /\.md$/i;

const TYPE_ONLY = /(?:^|[;}\n])\s{0,200}(?:import|export)\s+type\s+(?!from\b)[^;'"`]{0,4000}$/;
const RELATIVE_PREFIX = /^(['"`])(\.{1,2}\/|\/)|^(?:path\.)?(?:join|resolve)\s*\(\s*__dirname\b|^__dirname\b/;
/** A path that goes, or may go on, to where packages are installed. */
const INSTALLED = /[/'"`]node/;
const PACKAGE_PREFIX = /^(['"`])((?:@[\w.-]+\/)?[\w.-]+\/)/;

const BY_TOOL =
  /(?:^|[/-])(?:cli|plugin|preset|loader|transformer|transform|reporter|config|theme|polyfill|register|runtime)(?:[/-]|$)|^@(?:babel|next|nuxt|angular|nestjs|storybook|vitejs|rollup|parcel|svgr|swc|esbuild)\/|^(?:next|nuxt|react-scripts|gatsby|vite|webpack|rollup|parcel|astro|expo|electron|typescript|eslint|babel|postcss|gulp|grunt|karma|tailwindcss|ts-node|tsx|nodemon|pm2|forever|dotenv-cli|esm|core-js|serve|http-server)(?:-|$)/;
const BY_PRESENCE =
  /(?:^|[/-])(?:adapter|driver|dialect|formatter|transport|parser)(?:[/-]|$)|^(?:sass|node-sass|less|stylus|sharp|pg|pg-native|mysql|mysql2|sqlite3|better-sqlite3|tedious|oracledb|mssql|mongodb|redis|ioredis|ejs|pug|jade|hbs|handlebars|nunjucks|mustache|eta|swig|twig|liquidjs|bufferutil|utf-8-validate|encoding|canvas|supports-color|pino-pretty|bluebird|source-map-support|react-dom|zone\.js|snappy|kerberos|aws4|graphql|iconv|cpu-features|bcrypt|fsevents|ws|socks|proxy-agent|dotenv|https?-proxy-agent|socks-proxy-agent|js-yaml|toml|coffee-script|cardinal|debug|qs|moment|form-data|node-fetch|acorn|esprima|terser|uglify-js|jsdom|cheerio|marked|highlight\.js)$/;

export const NPM: EcosystemRules = {
  ecosystem: 'npm',
  sources:
    /\.(?:[cm]?[jt]sx?|vue|svelte|astro|mdx|html?|coffee|es6|ejs|hbs|pug|php\d?|phtml|ctp|cshtml|vbhtml|razor|as[pc]x|master|erb|rhtml|haml|slim|twig|njk|nunjucks|liquid|jspx?|ftlh?|vm|mustache|handlebars|jinja2?|gohtml|[hl]?eex|marko|latte|soy|cljs|cljc|kt|scala|cs|fs|py|rb|res|ls|civet|imba|riot|jsm|njs|css|s[ac]ss|less|styl|pcss)$|(?:^|\/)(?!(?:README|CHANGELOG|HISTORY|CONTRIBUTING|LICEN[CS]E|SECURITY)\b)[^/]*\.md$/i,
  pages: /\.(?!(?:[cm]?[jt]sx?|vue|svelte|astro|mdx|html?|coffee|es6|ejs|hbs|pug|jsm|njs)$)\w+$/i,
  directed: /\.(?:css|s[ac]ss|less|styl|pcss|md)$/i,
  foreign: /(?:^|\/)(?:node_modules|bower_components|\.yarn|\.pnp\.c?js)(?:\/|$)/,
  tests:
    /(?:^|\/)(?:__tests__|__mocks__|tests?|specs?|e2e|cypress|fixtures|__fixtures__)\/|[.-](?:test|spec|e2e|cy)\.[cm]?[jt]sx?$/i,
  tooling:
    /(?:^|\/)(?:[\w.-]+\.config\.[cm]?[jt]s|\.?(?:eslintrc|babelrc|prettierrc|stylelintrc|commitlintrc|lintstagedrc|mocharc)\.[cm]?js|gulpfile\.[\w.]+|Gruntfile\.\w+|karma\.conf\.\w+|rollup[\w.-]*\.[cm]?js|webpack[\w.-]*\.[cm]?[jt]s|jest[\w.-]*\.[cm]?[jt]s|\.storybook\/.*)$/,
  scan: scanScript,
  keyOf: packageOf,
  covers: (name, specifier) => specifier === name || specifier.startsWith(`${name}/`),
  namesOf: (name) => ({ names: [name], isGuess: false }),
  wordsOf: (name) => [name],
  loadedByOthers: (name) => (BY_TOOL.test(name) ? 'tool' : BY_PRESENCE.test(name) ? 'presence' : null),
};

function scanScript(text: string, path: string): { imports: FoundImport[]; dynamics: DynamicLoad[] } {
  if (STYLE.test(path)) return { imports: styleImports(text), dynamics: [] };
  if (PROSE.test(path)) return scanScript(scriptsOf(text), 'prose.js');
  if (NPM.pages?.test(path) === true) return { imports: [], dynamics: [] };
  const imports = new Map<number, FoundImport>();
  const isDeclaration = /\.d\.[cm]?ts$/.test(path);
  for (const pattern of [SPECIFIER, ODD_SPECIFIER])
    for (const match of allMatches(text, pattern)) {
      const [start, end] = groupSpan(match, 2);
      const specifier = (match[2] ?? '').replace(/^(?:npm|node):/, '');
      if (imports.has(start) || /^[./#]/.test(specifier) === true) {
        if (!imports.has(start)) imports.set(start, { specifier, start, end, isTypeOnly: false });
        continue;
      }
      const before = text.slice(Math.max(0, match.index - 4000), match.index);
      const isTypeOnly = isDeclaration || TYPE_ONLY.test(lastStatement(before));
      for (const part of specifier.split(/!+/))
        imports.set(start + specifier.lastIndexOf(part), {
          specifier: part.replace(/\?.*$/, ''),
          start,
          end,
          isTypeOnly,
        });
    }
  // A name with escapes is another one when it runs.
  const escaped = [...imports.values()].filter(({ specifier }) => specifier.includes('\\'));
  return {
    imports: [...imports.values()],
    dynamics: [...dynamicsOf(text), ...escaped.map(({ start }) => ({ start, prefix: '' }))],
  };
}

function styleImports(text: string): FoundImport[] {
  return allMatches(text, STYLE_IMPORT).map((match) => {
    const [start, end] = groupSpan(match, 2);
    const isDirective = /^@(?:plugin|config)/.test(match[0]);
    return { specifier: match[2] ?? '', start, end, isTypeOnly: false, isDirective };
  });
}

/** Documents that are built to pages run what stands in their script elements. */
function scriptsOf(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let open = text.indexOf('<script'); open >= 0; open = text.indexOf('<script', at)) {
    const end = text.indexOf('</script', open);
    parts.push(text.slice(at, open).replace(/[^\n]/g, ' '));
    at = end < 0 ? text.length : end;
    parts.push(text.slice(open, at));
  }
  return parts.join('');
}

/** From the last word `import` or `export` on: a statement's head holds only one of them. */
function lastStatement(before: string): string {
  const at = Math.max(before.lastIndexOf('import'), before.lastIndexOf('export'));
  return at < 0 ? '' : `\n${before.slice(at)}`;
}

function dynamicsOf(text: string): DynamicLoad[] {
  const found = allMatches(text, DYNAMIC).flatMap((match): DynamicLoad[] => {
    const given = (match[1] ?? '').trim();
    if (given === '') return [];
    // A method that is called `import`; `module.require` is the loader itself.
    if (text[match.index - 1] === '.' && !text.startsWith('require', match.index)) return [];
    const before = text.slice(Math.max(0, match.index - 12), match.index);
    if (/\bfunction\s*$/.test(before)) return [];
    const isRelative = RELATIVE_PREFIX.test(given);
    if (isRelative && !INSTALLED.test(given)) return [];
    if (isRelative) return [{ start: match.index, prefix: '' }];
    return [{ start: match.index, prefix: PACKAGE_PREFIX.exec(given)?.[2] ?? '' }];
  });
  return [
    ...found,
    ...[KEPT_REQUIRE, COMPUTED_LOADER, EVALUATES, OTHER_LOADERS]
      .flatMap((pattern) => allMatches(text, pattern))
      .map(({ index }) => ({ start: index, prefix: '' })),
  ];
}

function packageOf(specifier: string): string {
  const [first = '', second] = specifier.split('/', 2);
  return first.startsWith('@') && second !== undefined ? `${first}/${second}` : first;
}
