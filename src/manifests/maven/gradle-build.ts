// build.gradle and build.gradle.kts, of which what is written out is read: they are programs (https://docs.gradle.org/current/userguide/declaring_dependencies.html).
import type { Place } from '#domain/location.ts';
import type { DependencyScope } from '#domain/package.ts';
import { phrase } from '#domain/phrase.ts';
import type { Requirement } from '#domain/project.ts';
import { markOutside } from '#support/mark-outside.ts';
import { placeInLine, placeOfLine } from '../line-index.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { folderOf } from '../repository-path.ts';
import { accessorOf, type VersionCatalog } from './version-catalog.ts';

export interface GradleValue {
  readonly text: string;
  readonly place: Place;
}

export interface GradleBuild {
  readonly path: string;
  readonly folder: string;
  /** Variables that are set to a text: `ext.name = '1'`, `val name = "1"`. */
  readonly values: ReadonlyMap<string, GradleValue>;
  readonly lines: readonly GradleLine[];
}

/** A line inside of `dependencies { … }`. */
interface GradleLine {
  readonly content: string;
  readonly number: number;
  readonly isBuildscript: boolean;
  readonly isConstraint: boolean;
}

const CONFIGURATION =
  /^\s*["']?(\w*(?:[iI]mplementation|[aA]pi|[cC]ompile|[cC]ompileOnly|[rR]untime|[rR]untimeOnly|[aA]nnotationProcessor|[pP]rovided|[kK]apt|[kK]sp|developmentOnly|classpath|[cC]ompileOnlyApi))["']?[\s(]/;
const COORDINATE = /(["'])([\w.-]{1,200}):([\w.-]{1,200})(?::([^"':@\s]{1,200}))?(?::[\w.-]+)?(?:@\w+)?\1/;
const NAMED =
  /\bgroup\s*[:=]\s*["']([\w.-]+)["']\s*,\s*name\s*[:=]\s*["']([\w.-]+)["'](?:\s*,\s*version\s*[:=]\s*["']([^"'\s]+)["'])?/;
const ACCESSOR = /\blibs\.((?:bundles\.)?[A-Za-z][\w.]*)/;
const VALUE = /(?:^|[\s.[("'])(\w+)["'\])]*\s*=\s*(["'])([^"'$\s]{1,100})\2/;

/** Null when it cannot be read, which is noted. */
export async function readGradleBuild(files: ManifestFiles, path: string): Promise<GradleBuild | null> {
  const text = await files.text(path, 2 * 1024 * 1024);
  if (text === null) return null;
  const values = new Map<string, GradleValue>();
  const lines: GradleLine[] = [];
  const blocks: string[] = [];
  let inComment = false;
  let number = 0;
  for (const raw of text.split('\n')) {
    number += 1;
    if (raw.length > 4_096) continue;
    if (inComment) inComment = !raw.includes('*/');
    else if (/^\s*\/\*/.test(raw)) inComment = !raw.includes('*/');
    else {
      const content = raw.replace(/(^|\s)\/\/.*$/, '$1');
      const value = VALUE.exec(content);
      if (value !== null && !values.has(value[1] ?? ''))
        values.set(value[1] ?? '', valueAt(path, number, value));
      // A block that opens and closes on one line holds its line as well.
      const opened = blocksOpenedBy(content);
      const around = [...blocks, ...opened];
      if (around.includes('dependencies'))
        lines.push({
          content: blankHead(content),
          number,
          isBuildscript: around.includes('buildscript'),
          isConstraint: around.includes('constraints'),
        });
      follow(content, blocks);
    }
  }
  return { path, folder: folderOf(path), values, lines };
}

function valueAt(path: string, line: number, match: RegExpExecArray): GradleValue {
  const text = match[3] ?? '';
  const end = match.index + match[0].length - 1;
  return { text, place: placeInLine(path, line, end - text.length + 1, end + 1) };
}

/** `dependencies {` before what it holds, by as many spaces. */
function blankHead(content: string): string {
  return content.replace(/^.*\b(?:dependencies|constraints)\s*\{/, (head) => ' '.repeat(head.length));
}

function withoutTexts(content: string): string {
  return content.replace(/"[^"]*"|'[^']*'/g, '');
}

function blocksOpenedBy(content: string): string[] {
  return [...withoutTexts(content).matchAll(/(\w+)\s*(?:\([^()]*\)\s*)?\{/g)].map((match) => match[1] ?? '');
}

/** Opens and closes blocks as the line does; deeper than any build file, nothing is opened. */
function follow(content: string, blocks: string[]): void {
  for (const [token, name] of withoutTexts(content).matchAll(/(\w*)\s*(?:\([^()]*\)\s*)?\{|\}/g)) {
    if (token === '}') blocks.pop();
    else if (blocks.length < 1_000) blocks.push(name ?? '');
  }
}

/** What a build file asks for; `values` are those of the files above it as well. */
export function gradleRequirements(
  build: GradleBuild,
  values: ReadonlyMap<string, GradleValue>,
  catalog: VersionCatalog | null,
  files: ManifestFiles,
): { readonly requirements: readonly Requirement[]; readonly overrides: readonly Requirement[] } {
  const requirements: Requirement[] = [];
  const overrides: Requirement[] = [];
  let isComputed = false;
  for (const line of build.lines) {
    const configuration = CONFIGURATION.exec(line.content)?.[1];
    if (configuration === undefined) continue;
    const found = requirementsIn(build.path, line, configuration, values, catalog);
    if (found === null)
      isComputed ||= !/\b(project|files|fileTree|gradleApi|localGroovy|kotlin)\s*\(/.test(line.content);
    else if (line.isConstraint) overrides.push(...found.map((each) => ({ ...each, group: 'constraints' })));
    else if (/\b(enforcedPlatform|platform)\s*\(/.test(line.content))
      overrides.push(...found.map((each) => ({ ...each, group: 'platform' })));
    else requirements.push(...found);
  }
  if (isComputed)
    files.note(
      build.path,
      phrase`${markOutside(build.path)} is a program: only the dependencies that it lists word for word are known.`,
    );
  return { requirements, overrides };
}

function requirementsIn(
  path: string,
  { content, number, isBuildscript }: GradleLine,
  configuration: string,
  values: ReadonlyMap<string, GradleValue>,
  catalog: VersionCatalog | null,
): Requirement[] | null {
  const common = {
    scope: isBuildscript ? ('dev' as const) : scopeOf(configuration),
    group: isBuildscript ? 'buildscript' : null,
  };
  const match = COORDINATE.exec(content) ?? NAMED.exec(content);
  if (match !== null) {
    const [group = '', artifact = '', version] =
      match[1] === '"' || match[1] === "'" ? match.slice(2) : match.slice(1);
    const start = version === undefined ? -1 : match.index + match[0].lastIndexOf(version);
    const place =
      version === undefined
        ? placeOfLine(path, number)
        : placeInLine(path, number, start + 1, start + version.length + 1);
    const variable = /^\$\{?(?:[\w]+\.)*(\w+)\}?$/.exec(version ?? '')?.[1];
    const value = variable === undefined ? undefined : values.get(variable);
    return [
      {
        ...common,
        name: `${group}:${artifact}`,
        constraint: value?.text ?? version ?? null,
        place,
        versionPlace: value?.place ?? null,
      },
    ];
  }
  const accessor = ACCESSOR.exec(content)?.[1]?.replace(/\.get$/, '');
  if (accessor === undefined || catalog === null) return null;
  const isBundle = accessor.startsWith('bundles.');
  const aliases = isBundle
    ? catalog.bundles.get(accessorOf(accessor.slice('bundles.'.length)))
    : [accessorOf(accessor)];
  const libraries = (aliases ?? []).flatMap((alias) => catalog.libraries.get(alias) ?? []);
  if (libraries.length === 0) return null;
  return libraries.map(({ name, version, place }) => ({
    ...common,
    name,
    constraint: version,
    place: placeOfLine(path, number),
    versionPlace: version === null ? null : place,
  }));
}

/** What the program is compiled against counts as used; processors of annotations run in the compiler. */
function scopeOf(configuration: string): DependencyScope {
  if (
    /^(test|androidTest|integrationTest|functionalTest)/i.test(configuration) ||
    /Test(?=[A-Z])/.test(configuration)
  )
    return 'test';
  return /(annotationProcessor|kapt|ksp|developmentOnly|classpath)$/i.test(configuration) ? 'dev' : 'runtime';
}
