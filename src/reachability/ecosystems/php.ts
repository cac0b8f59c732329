// How PHP uses packages of Packagist: by namespace; Composer loads classes when they are first named.
import { normaliseName } from '../../versions/normalise-name.ts';
import { allMatches, type EcosystemRules, type FoundImport } from './ecosystem.ts';

const NAMESPACED = /(?<![\w$>:])\\{0,2}([A-Za-z_]\w*(?:\\{1,2}[A-Za-z_]\w*)+)/g;
const DYNAMIC =
  /\bnew\s{1,99}\$\w|\bnew\s{0,99}\(|\bnew\s{1,99}(?:self|static|parent)\s{0,9}::|\bunserialize\s{0,9}\(|->\s{0,9}(?:make|get|create|build|newInstance)\s{0,9}\(\s{0,9}\$|\b(?:app|resolve)\s{0,9}\(\s{0,9}\$|\b(?:class_exists|call_user_func(?:_array)?|ReflectionClass)\s{0,9}\(\s{0,9}\$|(?<![\w>:$])eval\s{0,9}\(|(?<![\w$>])\$\w{1,60}::/g;

export const PHP: EcosystemRules = {
  ecosystem: 'Packagist',
  sources:
    /\.(?:php\d?|phtml|ctp|tpl|html?|inc|module|install|theme|twig|ya?ml|xml|neon)$|(?:^|\/)(?:artisan|bin\/[^/.]+)$/i,
  foreign: /(?<!(?:src|app|lib)\/)(?<=^|\/)vendor\/|(?:^|\/)node_modules\//,
  tests: /(?:^|\/)tests?\/|Test\.php$/i,
  tooling: null,
  scan: (text) => ({
    imports: namesIn(text),
    dynamics: allMatches(text, DYNAMIC).map(({ index }) => ({ start: index, prefix: '' })),
  }),
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
    const specifier = (match[1] ?? '').replace(/\\+/g, '\\');
    if (!found.has(specifier))
      found.set(specifier, {
        specifier,
        start: match.index,
        end: match.index + match[0].length,
        isTypeOnly: false,
      });
  }
  // A class without a namespace, as older packages have them.
  for (const match of allMatches(
    text,
    /\b(?:new|extends|use|implements|instanceof|catch\s{0,9}\()\s{0,99}\\?([a-z_]\w*)|\b([a-z_]\w*)\s{0,9}::|[(,|?&]\s{0,99}\\?([a-z_]\w*)\s{1,9}[&.]{0,4}\$|\)\s{0,9}:\s{0,9}\??\\?([a-z_]\w*)/gi,
  )) {
    const specifier = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
    if (!found.has(specifier))
      found.set(specifier, {
        specifier,
        start: match.index,
        end: match.index + match[0].length,
        isTypeOnly: false,
      });
  }
  return [...found.values()];
}
