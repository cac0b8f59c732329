// How Python loads modules, and which modules a distribution brings.
import { normaliseName } from '../../versions/normalise-name.ts';
import {
  allMatches,
  type DynamicLoad,
  type EcosystemRules,
  type FoundImport,
  groupSpan,
} from './ecosystem.ts';

const FROM =
  /(?<![\w.])from[ \t]+([\w.]+)[ \t\\\n]+c?import\b[ \t\\]*(\([^)]{0,6000}\)|(?:[^\n;#\\]|\\\r?\n){0,2000})/dg;
const IMPORT = /(?<![\w.])c?import[ \t]+((?:[\w., \t]|\\\r?\n){1,1000})/dg;
const LITERAL_LOAD =
  /\b(?:import_module|__import__|import_string|import_by_name|find_spec|run_module|resolve_name|importorskip|load_module|locate)\s{0,20}\(\s{0,20}[rbuf]{0,2}(['"])([\w.:]{1,200})\1/dg;
const LOAD =
  /(?<![\w])(?:import_module|__import__|import_string|find_spec|run_module|run_path|load_module|exec_module|entry_points|iter_entry_points|resolve_name|walk_packages)\s{0,20}\(\s{0,20}([^)\n]{0,120})/dg;
const EVALUATES = /(?<![\w.])(?<!def )(?:exec|eval)\s{0,20}\(\s{0,20}(?![\s)])/g;
/** A loader under another name, or handed on: what it is asked for is not seen. */
const KEPT_LOADER =
  /\b(?:import_module|__import__|import_string|run_module|run_path|load_module)\b(?:\s{1,9}as\b|(?!\s{0,20}\())/g;
/** What makes objects of classes that the data names: whatever is installed may be among them. */
const BY_DATA =
  /\b(?:c?pickle|dill|cloudpickle|joblib|torch|shelve|jsonpickle)\s{0,9}\.\s{0,9}(?:loads?|open|decode|Unpickler)\b|\bfrom\s+(?:c?pickle|dill|cloudpickle|joblib|jsonpickle|pydoc)\s+import\b|\b(?:Unpickler|read_pickle|allow_pickle|unsafe_load(?:_all)?|UnsafeLoader|pydoc\.locate|hydra\.utils)\b|\bsys\.modules\s{0,9}(?:\[|\.\s{0,9}(?:get|items|values)\s{0,9}\()(?!\s{0,9}(?:__name__|(['"])[\w.]+\1\s{0,9}[\],)]))|['"]-m['"]\s{0,9},\s{0,9}[A-Za-z_*]/gi;

/** The import machinery asked for by a name that is put together. */
const MACHINERY =
  /\bgetattr\s{0,9}\(\s{0,9}(?:__builtins__|builtins|importlib)\b|\b(?:__builtins__|builtins)\s{0,9}(?:\.\s{0,9}__dict__|\[)|\bvars\s{0,9}\(\s{0,9}(?:__builtins__|builtins|importlib)\b/g;
/** YAML whose tags name classes: https://github.com/yaml/pyyaml/wiki/PyYAML-yaml.load(input)-Deprecation */
const YAML_OF_CLASSES =
  /\byaml\s{0,9}\.\s{0,9}load(?:_all)?\s{0,9}\((?![^\n]{0,200}(?:Safe|Base|Full)Loader\b)(?!(?:[^()]|\([^()]{0,100}\)){0,200}?(?:Safe|Base|Full)Loader\b)|\bYAML\s{0,9}\([^()\n]{0,100}['"]unsafe['"]/g;
/** Settings that name classes and handlers by dotted names, or are run themselves. */
const SETTINGS =
  /\b(dictConfig|fileConfig|from_pyfile|from_envvar|config_from_envvar|from_object|config_from_object)\s{0,9}\(\s{0,20}([^\n]{0,200})/dg;

/** Loaded by a command, a setting or an entry point. */
const BY_TOOL =
  /(?:^|-)(?:plugins?|backend|extension|theme)(?:-|$)|^(?:pytest|django|flask-|djangorestframework|mkdocs|sphinx|scrapy|jupyter|flake8|opentelemetry)|^(?:celery|gunicorn|uvicorn|uwsgi|waitress|hypercorn|daphne|whitenoise|ipython|ipykernel|notebook|setuptools|wheel|pip|ddtrace|newrelic|alembic|black|mypy|pylint|streamlit|honcho|supervisor|awscli|ansible)$/;
/** Used by other packages where it is there. */
const BY_PRESENCE =
  /(?:^|-)(?:driver|adapter|dialect)(?:-|$)|^(?:psycopg.*|mysqlclient|pymysql|mysql-connector.*|cx-oracle|oracledb|asyncpg|aiosqlite|aiomysql|pyodbc|pymssql|redis|hiredis|gevent|eventlet|certifi|lxml|html5lib|beautifulsoup4|chardet|charset-normalizer|cchardet|brotli|pysocks|pyopenssl|simplejson|ujson|orjson|pillow|openpyxl|xlrd|xlsxwriter|pyarrow|tables|h5py|h2|httpx|httptools|uvloop|watchfiles|websockets|wsproto|python-multipart|itsdangerous|jinja2|mako|markdown|pygments|email-validator|python-dotenv|tzdata|tornado|pycryptodome.*|cryptography|bcrypt|argon2-cffi|passlib|pyjwt|numexpr|bottleneck|protobuf|grpcio.*|sentry-sdk|pyyaml|ruamel-yaml|toml|requests|urllib3|numpy|pandas|scipy|matplotlib|docutils|idna|babel|pytz|torch.*|tensorflow.*)$/;

export const PYTHON: EcosystemRules = {
  ecosystem: 'PyPI',
  sources: /\.(?:pyw?|py3|pyi|pyx|pxd|pxi|wsgi|ipynb|mako|pth|smk|sage|xsh|rpy)$/i,
  foreign: /(?:^|\/)(?:site-packages|dist-packages|\.?venv|\.tox|\.nox|node_modules|__pypackages__)\//,
  tests: /(?:^|\/)(?:tests?|testing)\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/,
  tooling: /(?:^|\/)(?:setup|noxfile|tasks|fabfile|dodo|conf)\.py$/,
  scan: scanPython,
  keyOf: (specifier) => specifier.split('.', 1)[0] ?? specifier,
  covers: (name, specifier) =>
    specifier === name || specifier.startsWith(`${name}.`) || name.startsWith(`${specifier}.`),
  namesOf: (name, rules) => {
    const known = rules.modulesOf('PyPI', normaliseName('PyPI', name));
    if (known !== null) return { names: known, isGuess: false };
    const plain = normaliseName('PyPI', name).replace(/-/g, '_');
    return { names: [...new Set([plain, plain.replace(/^python_|^py_|_python$|_py$/g, '')])], isGuess: true };
  },
  wordsOf: (name, names) => [...new Set([name, normaliseName('PyPI', name), ...names])],
  loadedByOthers: (name) => {
    const plain = normaliseName('PyPI', name);
    return BY_TOOL.test(plain) ? 'tool' : BY_PRESENCE.test(plain) ? 'presence' : null;
  },
};

function scanPython(text: string, path: string): { imports: FoundImport[]; dynamics: DynamicLoad[] } {
  const imports: FoundImport[] = [];
  const isTypeOnly = path.endsWith('.pyi');
  const add = (specifier: string, [start, end]: readonly [number, number]) =>
    imports.push({ specifier, start, end, isTypeOnly });
  for (const match of allMatches(text, FROM)) {
    const module = match[1] ?? '';
    add(module, groupSpan(match, 1));
    // A name that is imported may be a module.
    for (const name of importedNames(match[2] ?? ''))
      add(module.endsWith('.') ? `${module}${name}` : `${module}.${name}`, groupSpan(match, 1));
  }
  for (const match of allMatches(text, IMPORT)) {
    if (/\bfrom[ \t]+[\w.]+[ \t\\\n]+$/.test(text.slice(Math.max(0, match.index - 200), match.index)))
      continue;
    const [start] = groupSpan(match, 1);
    let at = start;
    for (const part of (match[1] ?? '').split(',')) {
      const name = /[A-Za-z_][\w.]*/.exec(part);
      if (name !== null) add(name[0], [at + name.index, at + name.index + name[0].length]);
      at += part.length + 1;
    }
  }
  for (const match of allMatches(text, LITERAL_LOAD))
    add((match[2] ?? '').replace(':', '.'), groupSpan(match, 2));
  return { imports, dynamics: dynamicsOf(text) };
}

function importedNames(list: string): string[] {
  return list
    .replace(/#[^\n]*/g, '')
    .replace(/[()\\]/g, ' ')
    .split(',')
    .flatMap((part) => /^\s*(\w+)/.exec(part)?.[1] ?? []);
}

function dynamicsOf(text: string): DynamicLoad[] {
  const found = allMatches(text, LOAD).flatMap((match): DynamicLoad[] => {
    const before = text.slice(Math.max(0, match.index - 6), match.index);
    if (/\bdef\s+$/.test(before)) return [];
    const given = (match[1] ?? '').trim();
    if (/^[rbu]{0,2}(['"])[\w.:]+\1\s*(?:,|$)/.test(given)) return [];
    // A text that begins with a module and a dot loads only what is below it.
    const prefix = /^f?(['"])(\.|[\w.]*\w\.)/.exec(given)?.[2] ?? '';
    return prefix.startsWith('.') ? [] : [{ start: match.index, prefix }];
  });
  const kept = allMatches(text, KEPT_LOADER).filter(({ index, 0: written }) => {
    const line = text.slice(text.lastIndexOf('\n', index) + 1, index);
    return /as$/.test(written) || !/\b(?:import\b[\w\s,(]*|def\s+)$/.test(line);
  });
  return [
    ...found,
    ...settingsOf(text),
    ...[
      ...kept,
      ...[EVALUATES, BY_DATA, MACHINERY, YAML_OF_CLASSES].flatMap((pattern) => allMatches(text, pattern)),
    ].map(({ index }) => ({ start: index, prefix: '' })),
  ];
}

/** Settings of the repository are searched as such: those from elsewhere may name anything that is installed. */
function settingsOf(text: string): DynamicLoad[] {
  return allMatches(text, SETTINGS).flatMap((match): DynamicLoad[] => {
    const [, reader = '', given = ''] = match;
    if (/\bdef\s+$/.test(text.slice(Math.max(0, match.index - 6), match.index))) return [];
    const load = { start: match.index, prefix: '' };
    if (reader.endsWith('from_envvar')) return [load];
    if (reader.endsWith('from_object'))
      return /\benv(?:iron)?\b|getenv|^[rbu]?f['"]/.test(given) ? [load] : [];
    const file = /['"](?!\/)[^'"\n]{0,200}?([\w.-]{1,100}\.\w{1,10})['"]/.exec(given)?.[1];
    if (file !== undefined) return [{ ...load, file }];
    // What the tool itself was started with: https://alembic.sqlalchemy.org/en/latest/tutorial.html
    if (/\bconfig_file_name\b/.test(given)) return [{ ...load, file: 'alembic.ini' }];
    if (reader === 'dictConfig' && isWritten(given, text)) return [];
    return [load];
  });
}

/** A table that stands in the sources, whose texts are searched. */
function isWritten(given: string, text: string): boolean {
  if (/^(?:\{|dict\s{0,9}\(|\w{0,3}$)/.test(given)) return /^[{d]/.test(given);
  const name = /^(?:\w{1,60}\s{0,9}\.\s{0,9}){0,4}([A-Za-z_]\w{0,80})\s{0,9}[,)]/.exec(given)?.[1];
  if (name === undefined) return false;
  const set = new RegExp(String.raw`^[ \t]*${name}\b[^=\n]{0,80}=(?!=)\s{0,99}([^\n]{0,20})`, 'm').exec(text);
  return set === null ? /^[A-Z][A-Z_\d]+$/.test(name) : /^(?:\{|dict\b)/.test(set[1] ?? '');
}
