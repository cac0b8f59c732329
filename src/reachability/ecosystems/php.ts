// How PHP uses packages of Packagist: by namespace; Composer loads classes when they are first named.
import { normaliseName } from '../../versions/normalise-name.ts';
import { allMatches, type DynamicLoad, type EcosystemRules, type FoundImport } from './ecosystem.ts';

/** Before PHP 8, blanks and comments may stand around the separators. */
const GAP = String.raw`\s{0,99}(?:(?:\/\*[^*]{0,200}\*\/|(?:\/\/|#)[^\n]{0,200}\n)\s{0,99}){0,2}`;
const NAMESPACED = new RegExp(
  String.raw`(?<![\w$>:])(?:\\{1,2}${GAP})?([A-Za-z_]\w*(?:${GAP}\\{1,2}${GAP}[A-Za-z_]\w*)+)`,
  'g',
);
const CLASS = new RegExp(
  String.raw`\b(?:new|extends|use|implements|instanceof|catch\s{0,9}\()${GAP}\\?${GAP}([a-z_]\w*)|\b([a-z_]\w*)\s{0,9}::|[(,|?&]\s{0,99}\\?([a-z_]\w*)\s{1,9}[&.]{0,4}\$|\)\s{0,9}:\s{0,9}\??\\?([a-z_]\w*)`,
  'gi',
);
const USE_LIST = /\b(?:use|implements)\s([^;{(]{1,300})[;{]/g;
/** What an archive holds is read as objects by file functions of PHP 7 (https://wiki.php.net/rfc/phar_stop_autoloading_metadata). */
const FILE_FUNCTION =
  /(?<![\w>:$])(?:file_exists|file_get_contents|file|fopen|is_(?:file|dir|link|readable|writable|executable)|filesize|file(?:atime|ctime|mtime|owner|perms|type)|stat|lstat|copy|rename|unlink|mkdir|rmdir|touch|opendir|scandir|readfile|getimagesize|exif_read_data|md5_file|sha1_file|hash_file|parse_ini_file|imagecreatefrom\w{1,8}|simplexml_load_file|finfo_file|mime_content_type)\s{0,9}\(\s{0,9}\$|\bphar:\/\/|(?<![\w>$])new\s{1,9}\\?Phar(?:Data)?\b/gi;
/** A file by a path that begins with a value; one that ends in a name of its own is none of a package's. */
const INCLUDE =
  /(?<![\w>:$])(?:include|require)(?:_once)?\b[\s(]{0,9}(?:['"]phar:|\$(?![^;\n]{0,200}\.\s{0,9}['"][^'"\n;]{0,200}\/[\w-]+\.\w+['"]\s{0,9}\)?\s{0,9};))/g;
const DYNAMIC =
  /\bnew\s{1,99}\$\w|\bnew\s{0,99}\(|\bnew\s{1,99}(?:self|static|parent)\s{0,9}::|\bunserialize\s{0,9}\(|->\s{0,9}(?:make|get|create|build|newInstance)\s{0,9}\(\s{0,9}\$|\b(?:app|resolve)\s{0,9}\(\s{0,9}\$|\b(?:class_exists|call_user_func(?:_array)?|ReflectionClass)\s{0,9}\(\s{0,9}\$|(?<![\w>:$])eval\s{0,9}\(|(?<![\w$>])\$\w{1,60}::|\$_(?:GET|POST|REQUEST|COOKIE|SERVER|FILES)\b\s{0,9}\[[^\]\n]{0,100}\]\s{0,9}\(/g;

export const PHP: EcosystemRules = {
  ecosystem: 'Packagist',
  sources:
    /\.(?:php\d?|phtml|ctp|tpl|html?|inc|module|install|theme|twig|ya?ml|xml|neon)$|(?:^|\/)(?:artisan|bin\/[^/.]+)$/i,
  foreign: /(?<!(?:src|app|lib)\/)(?<=^|\/)vendor\/|(?:^|\/)node_modules\//,
  tests: /(?:^|\/)tests?\/|Test\.php$/i,
  tooling: null,
  scan: (text) => ({
    imports: namesIn(text),
    dynamics: dynamicsIn(text),
  }),
  isModern: (path, text) =>
    /(?:^|\/)composer\.json$/.test(path) &&
    /"php"\s{0,9}:\s{0,9}"\s{0,9}(?:[\^~]|>=)\s{0,9}(?:[89]|[1-9]\d)(?:\.[\d.*]{1,20})?\s{0,9}(?:,?\s{0,9}<[\s\d.]{1,20})?"/.test(
      text,
    ),
  keyOf: (specifier) => (specifier.split(/[\\_]/, 1)[0] ?? specifier).toLowerCase(),
  covers: (name, specifier) => {
    const wanted = name.toLowerCase();
    const given = specifier.toLowerCase();
    return (
      given === wanted ||
      given.startsWith(`${wanted}\\`) ||
      given.startsWith(`${wanted}_`) ||
      wanted.startsWith(`${given}\\`)
    );
  },
  namesOf: (name, rules) => {
    const known = rules.modulesOf('Packagist', normaliseName('Packagist', name));
    if (known !== null) return { names: known, isGuess: false };
    const [vendor = '', project = ''] = name.split('/', 2);
    return { names: [vendor, project].map((part) => part.replace(/[-_.]/g, '')), isGuess: true };
  },
  wordsOf: (name, names) => [...new Set([name, ...names])],
  loadedByOthers: (name) =>
    /^(?:laravel|symfony|illuminate|drupal|typo3|magento|wordpress|wpackagist|yiisoft|cakephp|codeigniter|slim|doctrine)|-(?:bundle|plugin)$/i.test(
      name,
    )
      ? 'tool'
      : null,
};

function namesIn(text: string): FoundImport[] {
  const found = new Map<string, FoundImport>();
  for (const match of allMatches(text, NAMESPACED)) {
    const specifier = (match[1] ?? '')
      .replace(/\/\*[^*]{0,200}\*\/|(?:\/\/|#)[^\n]{0,200}\n|\s/g, '')
      .replace(/\\+/g, '\\');
    if (!found.has(specifier))
      found.set(specifier, {
        specifier,
        start: match.index,
        end: match.index + match[0].length,
        isTypeOnly: false,
      });
  }
  // A class without a namespace, as older packages have them.
  for (const match of allMatches(text, CLASS)) {
    const specifier = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
    if (!found.has(specifier))
      found.set(specifier, {
        specifier,
        start: match.index,
        end: match.index + match[0].length,
        isTypeOnly: false,
      });
  }
  for (const match of allMatches(text, USE_LIST))
    for (const part of (match[1] ?? '').split(',').slice(1)) {
      const specifier = /^[\s\\]{0,99}([A-Za-z_]\w*)/.exec(part)?.[1] ?? '';
      if (specifier !== '' && !found.has(specifier))
        found.set(specifier, {
          specifier,
          start: match.index,
          end: match.index + match[0].length,
          isTypeOnly: false,
        });
    }
  return [...found.values()];
}

function dynamicsIn(text: string): DynamicLoad[] {
  return [
    ...[DYNAMIC, INCLUDE]
      .flatMap((pattern) => allMatches(text, pattern))
      .map(({ index }) => ({ start: index, prefix: '' })),
    ...allMatches(text, FILE_FUNCTION).map(({ index }) => ({ start: index, prefix: '', isOld: true })),
  ];
}
