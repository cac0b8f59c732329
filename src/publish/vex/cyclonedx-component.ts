// One component of an inventory in the words of CycloneDX 1.6.
// @ts-expect-error the package ships no types
import parse from 'spdx-expression-parse';
import type { Component, DependencyScope } from '#domain/package.ts';
import { readPurl } from '../../packages/read-purl.ts';

const TYPES: Readonly<Record<Component['kind'], string>> = {
  library: 'library',
  application: 'application',
  system: 'operating-system',
  other: 'file',
};

/** `excluded`: documented, and no part of what runs. */
const SCOPES: Readonly<Record<DependencyScope, string>> = {
  runtime: 'required',
  optional: 'optional',
  dev: 'excluded',
  test: 'excluded',
};

const LONGEST_VERSION = 1_024;
/** The parser of expressions works by recursion. */
const LONGEST_EXPRESSION = 500;

export function describeComponent(component: Component): Record<string, unknown> {
  const { ref, kind, version, purl, licences, scope } = component;
  const canonical = purl === null ? null : (readPurl(purl)?.text ?? null);
  const isContainer = canonical?.startsWith('pkg:oci/') || canonical?.startsWith('pkg:docker/');
  return {
    'bom-ref': ref,
    type: isContainer ? 'container' : TYPES[kind],
    ...nameOf(component),
    ...(version === null ? {} : { version: version.slice(0, LONGEST_VERSION) }),
    ...(scope === null ? {} : { scope: SCOPES[scope] }),
    ...(licences.length === 0 ? {} : { licenses: licencesOf(licences) }),
    ...(canonical === null ? {} : { purl: canonical }),
  };
}

/** Maven's group and npm's scope stand apart (https://cyclonedx.org/docs/1.6/json/#components_items_group). */
function nameOf({ ecosystem, name }: Component): { group?: string; name: string } {
  const mark = ecosystem === 'Maven' ? ':' : ecosystem === 'npm' && name.startsWith('@') ? '/' : null;
  const at = mark === null ? -1 : name.indexOf(mark);
  return at <= 0 ? { name } : { group: name.slice(0, at), name: name.slice(at + 1) };
}

/** One expression as such; several licences by the names that the bill gave them. */
function licencesOf(licences: readonly string[]): readonly Record<string, unknown>[] {
  const [only = '', ...others] = licences;
  if (others.length === 0 && isExpression(only)) return [{ expression: only }];
  return licences.map((name) => ({ license: { name } }));
}

function isExpression(text: string): boolean {
  if (text.length > LONGEST_EXPRESSION) return false;
  try {
    return (parse as (source: string) => unknown)(text) !== undefined;
  } catch {
    return false;
  }
}
