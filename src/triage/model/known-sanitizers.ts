// Library calls whose result is harmless for a kind of weakness, whatever goes in: data. By the path that imports resolve to; a path
// whose root is never imported (`Integer.parseInt`, `intval`) counts only where the file gives its root no other meaning.
import type { CallExpression, Expression } from '../../code/ir.ts';
import { TRAITS } from '../../code/languages.ts';
import type { SourceUnit } from '../../code/source-unit.ts';
import { collectSyntax } from '../../code/syntax-of-file.ts';

/** Weaknesses in which text breaks out of what it is put into: a number, or letters and digits alone, cannot. */
export const BREAKING_OUT: ReadonlySet<number> = new Set([
  ...[20, 74, 77, 78, 79, 80, 81, 83, 84, 85, 87, 89, 90, 91, 93, 113, 116, 117, 134, 564, 643, 943],
  ...[22, 23, 24, 35, 36, 73],
]);

interface Group {
  readonly cwe: ReadonlySet<number>;
  readonly paths: ReadonlySet<string>;
}

/** What comes out is a number, a truth value or a UUID. */
const NUMBERS = [
  ...['parseInt', 'parseFloat', 'Number', 'Number.parseInt', 'Number.parseFloat', 'int', 'float'],
  ...['Integer.parseInt', 'Integer.valueOf', 'Long.parseLong', 'Long.valueOf', 'Short.parseShort'],
  ...['Double.parseDouble', 'Boolean.parseBoolean', 'java.util.UUID.fromString', 'uuid.UUID'],
  ...['strconv.Atoi', 'strconv.ParseInt', 'strconv.ParseUint', 'strconv.ParseFloat', 'strconv.ParseBool'],
  ...['intval', 'floatval', 'boolval', 'int.Parse', 'long.Parse', 'Guid.Parse', 'System.Guid.Parse'],
  ...['Convert.ToInt32', 'System.Convert.ToInt32', 'Convert.ToInt64', 'System.Convert.ToInt64'],
  ...['Integer', 'Float', 'atoi', 'atol', 'strtol', 'strtoul', 'std::stoi', 'std::stol'],
];

const GROUPS: readonly Group[] = [
  { cwe: BREAKING_OUT, paths: new Set(NUMBERS) },
  {
    cwe: new Set([79, 80, 116]),
    paths: new Set([
      ...['html.escape', 'markupsafe.escape', 'flask.escape', 'django.utils.html.escape'],
      ...['html.EscapeString', 'html/template.HTMLEscapeString', 'htmlspecialchars', 'htmlentities'],
      ...['CGI.escapeHTML', 'CGI.escape_html', 'ERB::Util.html_escape', 'ERB.Util.html_escape'],
      ...['org.owasp.encoder.Encode.forHtml', 'org.owasp.encoder.Encode.forHtmlContent'],
      ...['org.springframework.web.util.HtmlUtils.htmlEscape', 'org.jsoup.Jsoup.clean'],
      ...['org.apache.commons.text.StringEscapeUtils.escapeHtml4', 'dompurify.sanitize', 'validator.escape'],
      ...['lodash.escape', 'he.encode', 'escape-html', 'sanitize-html'],
      ...['System.Net.WebUtility.HtmlEncode', 'System.Web.HttpUtility.HtmlEncode'],
    ]),
  },
  {
    cwe: new Set([77, 78]),
    paths: new Set([
      'shlex.quote',
      'pipes.quote',
      'escapeshellarg',
      'Shellwords.escape',
      'Shellwords.shellescape',
    ]),
  },
  {
    cwe: new Set([22, 23, 24, 35, 36, 73]),
    // Gives no separator and no `..`. What keeps the last segment alone (`basename`) is in last-segment.ts.
    paths: new Set(['werkzeug.utils.secure_filename']),
  },
  {
    cwe: new Set([90]),
    paths: new Set([
      'ldap.filter.escape_filter_chars',
      'ldap3.utils.conv.escape_filter_chars',
      'ldap_escape',
    ]),
  },
  {
    cwe: new Set([624, 625, 1333]),
    paths: new Set([
      ...['re.escape', 'Regexp.escape', 'Regexp.quote', 'regexp.QuoteMeta', 'preg_quote'],
      ...['java.util.regex.Pattern.quote', 'System.Text.RegularExpressions.Regex.Escape'],
    ]),
  },
];

export function isKnownSanitizer(unit: SourceUnit, call: CallExpression, cwe: readonly number[]): boolean {
  const path = pathOf(unit, call);
  if (path !== null && leavesQuotes(unit, path, call)) return false;
  // Every weakness that the report names must be answered, or the least of them would excuse the others.
  return path !== null && cwe.length > 0 && cwe.every((one) => answers(path, one));
}

/** `html.escape(x, False)`, `htmlspecialchars($x, ENT_NOQUOTES)`: a text in an attribute ends at the quote. */
function leavesQuotes(unit: SourceUnit, path: string, { arguments: given }: CallExpression): boolean {
  if (path === 'html.escape') return given.length > 1;
  if (path !== 'htmlspecialchars' && path !== 'htmlentities') return false;
  const flags = given[1];
  return flags !== undefined && !/\bENT_QUOTES\b/.test(unit.textOf(flags.value.span));
}

function answers(path: string, cwe: number): boolean {
  return GROUPS.some((group) => group.cwe.has(cwe) && group.paths.has(path));
}

/**
 * The API path of a call: through imports, else the callee as written; null when the file gives the callee's root another meaning, as
 * a variable, a parameter, a function or a class of its own.
 */
export function pathOf(unit: SourceUnit, { callee }: CallExpression): string | null {
  const written = unit.textOf(callee.span).replace(/\s+/g, '').replace(/\?\./g, '.');
  const root = written.split(/\.|::/, 1)[0] ?? '';
  const module = requiredModule(unit, root);
  if (module !== null) return module + written.slice(root.length);
  if (isBound(unit, root)) return null;
  const path = unit.resolvePath(callee);
  if (path !== null) return path.replace(/^node:/, '');
  // `from x import *` may bring anything.
  if (TRAITS[unit.language].catalog === 'python' && unit.module.stars.length > 0) return null;
  return unit.importOf(root) === null ? written : null;
}

/** `path` for a name whose one meaning in the whole file is `const name = require('node:path')`. */
export function requiredModule(unit: SourceUnit, name: string): string | null {
  const { bindings, writes } = collectSyntax(unit);
  const [only, ...others] = bindings.filter(({ target }) => target === name);
  const value = only?.value;
  if (value?.kind !== 'name' || !value.name.startsWith('require(') || others.length > 0) return null;
  if (writes.get(name) !== 1 || isDefined(unit, name)) return null;
  return unit.importOf(value.name)?.path.replace(/^node:/, '') ?? null;
}

/** Whether something in the file but an import binds the name. */
export function isBound(unit: SourceUnit, name: string): boolean {
  if (isDefined(unit, name)) return true;
  const { bindings, writes } = collectSyntax(unit);
  const mine = bindings.filter(({ target }) => target === name);
  // `const x = require('x')` is an import, and the only write to its name.
  const isImport = unit.importOf(name) !== null && mine.every(({ value }) => isRequire(value));
  return isImport ? (writes.get(name) ?? 0) > 1 : mine.length > 0 || writes.has(name);
}

/** A function, a parameter, a class or a macro of this name. */
function isDefined(unit: SourceUnit, name: string): boolean {
  if (unit.classes.some((known) => known.name === name) || unit.module.macros.includes(name)) return true;
  return unit.functions.some(
    (known) => known.name === name || known.parameters.some((parameter) => parameter.name === name),
  );
}

function isRequire(value: Expression | null): boolean {
  const call = value?.kind === 'member' ? value.object : value;
  return call?.kind === 'call' && call.callee.kind === 'name' && call.callee.name === 'require';
}
