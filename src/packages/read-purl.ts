// The one door for package URLs: parsed by packageurl-js, then held to what no honest package URL offends against.
import { PackageURL } from 'packageurl-js';

/** A package URL in its canonical form (https://github.com/package-url/purl-spec). */
export interface ReadPurl {
  readonly text: string;
  /** In lower case: `npm`, `maven`, `deb` … */
  readonly type: string;
  readonly namespace: string | null;
  /** As it is written, where the type's rules allow several spellings. */
  readonly name: string;
  readonly version: string | null;
  readonly qualifiers: ReadonlyMap<string, string>;
  readonly subpath: string | null;
}

const MAXIMUM_LENGTH = 2_000;
/** Controls, line ends of any script, backslashes, lone surrogates, and characters that reorder or hide what is written. */
const REFUSED = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\\]/u;
const TYPE = /^[a-z][a-z0-9.-]*$/;
const REFUSED_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Null for anything that is no package URL, or one that names a path, holds control characters or keys of JavaScript's objects. */
export function readPurl(text: string): ReadPurl | null {
  if (text.length > MAXIMUM_LENGTH || !/^pkg:/i.test(text)) return null;
  const parsed = parse(text);
  if (parsed === null) return null;
  const { type, namespace = null, name, version = null, subpath = null } = parsed;
  const qualifiers = new Map(Object.entries(parsed.qualifiers ?? {}));
  const canonical = parsed.toString();
  const parts = [type, namespace, name, version, subpath, ...qualifiers.keys(), ...qualifiers.values()];
  if (parts.some((part) => part !== null && REFUSED.test(part)) || canonical.includes('..')) return null;
  if ([...qualifiers.keys(), name].some((key) => REFUSED_KEYS.has(key))) return null;
  if (/[/@]/.test(name) || [namespace, subpath].some(hasOddSegment)) return null;
  return { text: canonical, type, namespace, name: asWritten(text, name), version, qualifiers, subpath };
}

type Parsed = Pick<PackageURL, 'version' | 'namespace' | 'qualifiers' | 'subpath' | 'toString'> & {
  readonly type: string;
  readonly name: string;
};

function parse(text: string): Parsed | null {
  try {
    const parsed = PackageURL.fromString(text) as Parsed;
    if (parsed.name === '' || !TYPE.test(parsed.type)) return null;
    // What reads differently the second time has no canonical form.
    const canonical = parsed.toString();
    return PackageURL.fromString(canonical).toString() === canonical ? parsed : null;
  } catch {
    return null;
  }
}

/** Empty, `.` and `..` segments mean something to paths only. */
function hasOddSegment(path: string | null): boolean {
  return path?.split('/').some((segment) => ['', '.', '..'].includes(segment)) ?? false;
}

/** The name in the writer's upper and lower case: the rules for npm fold it, and npm has packages such as JSONStream. */
function asWritten(text: string, name: string): string {
  const path = text.split(/[?#]/, 1)[0] ?? '';
  const at = path.toLowerCase().lastIndexOf(`/${name}`);
  return at === -1 || !path.startsWith('pkg:npm/') ? name : path.slice(at + 1, at + 1 + name.length);
}
