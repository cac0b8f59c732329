// Adds a line to `overrides` of pnpm-workspace.yaml (https://pnpm.io/settings#overrides), as the file around it is written: nothing else is touched.
import { readYaml, type YamlEntry, type YamlNode, yamlMembers } from '../manifests/read-yaml.ts';

/** What npm takes for a name: nothing of it is a sign of YAML but the `@` of a scope. */
const NAME = /^(?:@[A-Za-z0-9~_-][A-Za-z0-9._~-]*\/)?[A-Za-z0-9_-][A-Za-z0-9._~-]*$/;
/** Names that mean a text without quotes: YAML has words and numbers of its own. */
const PLAIN = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z_][A-Za-z0-9._-]*$/i;
const SECTION = 'overrides';

/**
 * Null where the text is no YAML map that can be read, holds the package already, or says in another way than line by line what it says.
 *
 * @param version what it is held to: `^1.2.6`
 */
export function addWorkspaceOverride(text: string, name: string, version: string): string | null {
  const before = readYaml(text);
  if (before === null || !NAME.test(name)) return null;
  const root = yamlMembers(before);
  if (before.kind !== 'map' && !(before.kind === 'text' && before.text === '')) return null;
  const section = root.get(SECTION);
  const quote = text.includes('"') && !text.includes("'") ? '"' : "'";
  const member = `${PLAIN.test(name) ? name : quote + name + quote}: ${version}`;
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  const after =
    section === undefined
      ? `${withLastLine(text, newLine)}${SECTION}:${newLine}  ${member}${newLine}`
      : withinSection(text, section, member, newLine);
  const read = after === null ? null : readYaml(after);
  // What the new line does to what stands before or after it is seen by reading both.
  return read !== null && contentOf(read) === contentWith(root, name, version) ? after : null;
}

function withLastLine(text: string, newLine: string): string {
  return text === '' || text.endsWith('\n') ? text : text + newLine;
}

function withinSection(
  text: string,
  { keyStart, value }: YamlEntry,
  member: string,
  newLine: string,
): string | null {
  const key = /^overrides[ \t]*:[ \t]*/.exec(text.slice(keyStart))?.[0];
  if (key === undefined) return null;
  const at = keyStart + key.length;
  const rest = /^[^\r\n]*/.exec(text.slice(at))?.[0] ?? '';
  if (/^\{.*\S/.test(rest)) return withinBraces(text, at + 1, member);
  if (rest !== '' && !rest.startsWith('#')) return null;
  const end = at + rest.length;
  const indent = indentOf(text, value);
  const left = text.slice(end);
  return indent === null
    ? null
    : `${text.slice(0, end)}${newLine}${indent}${member}${left === '' ? newLine : left}`;
}

/** Behind the opening brace. */
function withinBraces(text: string, at: number, member: string): string {
  const left = text.slice(at);
  const space = /^[ \t]*/.exec(left)?.[0] ?? '';
  if (left[space.length] === '}') return `${text.slice(0, at)} ${member} ${left.slice(space.length)}`;
  return `${text.slice(0, at)}${space}${member}, ${left.slice(space.length)}`;
}

/** That of the first member; two spaces where there is none. Null for what is no map. */
function indentOf(text: string, value: YamlNode): string | null {
  if (value.kind === 'text') return value.text === '' ? '  ' : null;
  const [first] = yamlMembers(value).values();
  if (first === undefined) return null;
  const indent = text.slice(text.lastIndexOf('\n', first.keyStart) + 1, first.keyStart);
  return /^ +$/.test(indent) ? indent : null;
}

function contentWith(root: ReadonlyMap<string, YamlEntry>, name: string, version: string): string {
  const held = yamlMembers(root.get(SECTION)?.value);
  const entry = (text: string): YamlEntry => ({
    keyStart: 0,
    value: { kind: 'text', text, start: 0, end: 0 },
  });
  const overrides: YamlNode = { kind: 'map', entries: new Map([...held, [name, entry(version)]]) };
  return held.has(name)
    ? ''
    : contentOf({ kind: 'map', entries: new Map([...root, [SECTION, { keyStart: 0, value: overrides }]]) });
}

/** The same for the same content, in whatever order keys stand. */
function contentOf(node: YamlNode): string {
  if (node.kind === 'text') return JSON.stringify(node.text);
  if (node.kind === 'list') return `[${node.items.map(contentOf).join(',')}]`;
  const members = [...node.entries].map(([key, { value }]) => `${JSON.stringify(key)}:${contentOf(value)}`);
  return `{${members.sort().join(',')}}`;
}
