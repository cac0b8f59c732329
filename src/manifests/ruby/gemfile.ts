// Gemfile and *.gemspec, of which what is written out is read: they are programs (https://bundler.io/man/gemfile.5.html).
import type { DependencyScope } from '#domain/package.ts';
import { phrase } from '#domain/phrase.ts';
import type { Requirement } from '#domain/project.ts';
import { markOutside } from '#support/mark-outside.ts';
import { placeInLine, placeOfLine } from '../line-index.ts';
import type { ManifestFiles } from '../manifest-files.ts';

const GEM = /^\s*gem[\s(]\s*(["'])([A-Za-z0-9][\w.-]{0,127})\1/;
const SPEC_GEM = /^\s*\w+\.add_(runtime_|development_)?dependency[\s(]\s*(["'])([A-Za-z0-9][\w.-]{0,127})\2/;
const COMPUTED = /^\s*(?:gem|\w+\.add_(?:runtime_|development_)?dependency)[\s(]\s*[^"'\s]/;
const TEXTS = /^(\s*,\s*\[?\s*(?:"[^"]*"|'[^']*')\s*\]?)+/;
const OPENS = /^\s*(?:if|unless|case|begin|while|until|def|class|module)\b|\bdo(?:\s*\|[^|]*\|)?\s*$/;

/** Requirements in order; null when the file cannot be read, which is noted. */
export async function readGemfile(files: ManifestFiles, path: string): Promise<Requirement[] | null> {
  const text = await files.text(path, 1024 * 1024);
  if (text === null) return null;
  const requirements: Requirement[] = [];
  /** The groups of each open block; null: a block that says nothing of groups. */
  const blocks: (readonly string[] | null)[] = [];
  let isComputed = false;
  let line = 0;
  for (const raw of text.split('\n')) {
    line += 1;
    if (raw.length > 4_096) continue;
    const content = withoutComment(raw);
    const gem = GEM.exec(content);
    const spec = SPEC_GEM.exec(content);
    if (gem !== null) {
      const rest = content.slice(gem[0].length);
      const groups = [...blocks.flatMap((block) => block ?? []), ...groupsIn(rest)];
      requirements.push(
        requirementOf(
          gem[2] ?? '',
          rest,
          gem[0].length,
          scopeOfGroups(groups),
          groups[0] ?? null,
          path,
          line,
        ),
      );
    } else if (spec !== null) {
      const isDev = spec[1] === 'development_';
      const rest = content.slice(spec[0].length);
      requirements.push(
        requirementOf(
          spec[3] ?? '',
          rest,
          spec[0].length,
          isDev ? 'dev' : 'runtime',
          isDev ? 'development' : null,
          path,
          line,
        ),
      );
    } else if (COMPUTED.test(content)) isComputed = true;
    else if (/^\s*end\b/.test(content)) blocks.pop();
    else if (OPENS.test(content)) blocks.push(/^\s*group\b/.test(content) ? symbolsIn(content) : null);
  }
  if (isComputed)
    files.note(
      path,
      phrase`${markOutside(path)} is a program: only the dependencies that it lists word for word are known.`,
    );
  return requirements;
}

function withoutComment(line: string): string {
  const tokens = line.match(/"[^"]*"|'[^']*'|#.*|[^"'#]+|["']/g) ?? [];
  return tokens
    .filter((token) => !token.startsWith('#'))
    .join('')
    .trimEnd();
}

function symbolsIn(text: string): string[] {
  return [...text.matchAll(/:(?:"([\w-]+)"|'([\w-]+)'|([A-Za-z_]\w*))/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  );
}

/** `group: :test`, `groups: [:a, :b]`, `:group => :test`. */
function groupsIn(rest: string): string[] {
  const option = /(?:\bgroups?:|:groups?\s*=>)\s*(\[[^\]]*\]|:\w+|["'][\w-]+["'])/.exec(rest)?.[1];
  if (option === undefined) return [];
  return /^["']/.test(option) ? [option.slice(1, -1)] : symbolsIn(option);
}

/** Of several groups the strongest counts. Only those that Bundler's users leave out of production are none of it. */
function scopeOfGroups(groups: readonly string[]): DependencyScope {
  if (
    groups.length === 0 ||
    groups.some((group) => !/^(dev|development|test|ci|doc|docs|lint|tools|debug|guard|rubocop)$/.test(group))
  )
    return 'runtime';
  return groups.includes('test') ? 'test' : 'dev';
}

function requirementOf(
  name: string,
  rest: string,
  offset: number,
  scope: DependencyScope,
  group: string | null,
  path: string,
  line: number,
): Requirement {
  const texts = [...(TEXTS.exec(rest)?.[0] ?? '').matchAll(/"([^"]*)"|'([^']*)'/g)];
  const first = texts[0];
  const last = texts.at(-1);
  const written = texts.flatMap((match) => (match[1] ?? match[2])?.trim() || []).join(', ');
  if (first === undefined || last === undefined || written === '')
    return { name, constraint: null, scope, group, place: placeOfLine(path, line), versionPlace: null };
  // Several texts are one constraint: its span goes from inside the first to inside the last.
  const start = offset + first.index + 1 + (first[0].slice(1).search(/\S/) + 1);
  const end = offset + last.index + last[0].slice(0, -1).trimEnd().length + 1;
  return {
    name,
    constraint: written,
    scope,
    group,
    place: placeInLine(path, line, start, end),
    versionPlace: null,
  };
}
