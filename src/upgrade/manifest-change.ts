// What an edit changed of what manifests ask for, told by reading them before and after, and whether that is the upgrade alone.

import { type Phrase, phrase } from '#domain/phrase.ts';
import type { DependencyProject, Requirement } from '#domain/project.ts';
import { markOutside } from '#support/mark-outside.ts';
import { versionOrder } from '../versions/version-order.ts';
import { sameName } from './brought-in-by.ts';
import { versionPlaceOf } from './edit-target.ts';
import { admits, rewriteConstraint } from './rewrite-constraint.ts';

export interface ExpectedUpgrade {
  /** Of OSV, without a release. */
  readonly ecosystem: string;
  readonly name: string;
  readonly to: string;
  /** Affected versions that have to be out of reach afterwards. */
  readonly affected: readonly string[];
}

export type ManifestChange =
  /** `raised`: requirements as they stood before; empty when a line was added. */
  | { readonly kind: 'upgrade'; readonly raised: readonly Requirement[] }
  /** `why` is a sentence. */
  | { readonly kind: 'other'; readonly failed: 'policy' | 'parses' | 'rejudged'; readonly why: Phrase };

interface Said {
  readonly requirement: Requirement;
  readonly list: 'asked' | 'held';
  /** All but the constraint and the place. */
  readonly identity: string;
}

export function manifestChange(
  before: readonly DependencyProject[],
  after: readonly DependencyProject[],
  expected: ExpectedUpgrade,
): ManifestChange {
  if (describe(before) !== describe(after))
    return other('parses', phrase`With the edit the manifest is not read as before.`);
  const [gone, come] = differences(before.flatMap(saidBy), after.flatMap(saidBy));
  const pairs: (readonly [Said, Said])[] = [];
  for (const old of gone) {
    const at = come.findIndex(({ identity }) => identity === old.identity);
    const now = come[at];
    if (now === undefined)
      return other('policy', phrase`The edit takes ${markOutside(old.requirement.name)} away.`);
    come.splice(at, 1);
    pairs.push([old, now]);
  }
  const [added, ...more] = come;
  if (added !== undefined && (added.list !== 'held' || more.length > 0 || pairs.length > 0))
    return other(
      'policy',
      phrase`The edit adds ${markOutside(added.requirement.name)} to what is asked for.`,
    );
  if (added === undefined && pairs.length === 0)
    return other('rejudged', phrase`With the edit the manifest asks for the same versions.`);
  const changed = added === undefined ? pairs : [[null, added] as const];
  return checkChanged(changed, expected);
}

function checkChanged(
  changed: readonly (readonly [Said | null, Said])[],
  expected: ExpectedUpgrade,
): ManifestChange {
  const { ecosystem, name } = expected;
  const own = changed.filter(([, now]) => sameName(ecosystem, now.requirement.name, name));
  const stranger = changed.find(
    (pair) => !own.includes(pair) && !isReleasedTogether(pair[1].requirement, own, ecosystem),
  );
  if (stranger !== undefined || own.length === 0)
    return other(
      'policy',
      phrase`The edit changes the version of ${markOutside(stranger?.[1].requirement.name ?? '')}, another package.`,
    );
  for (const [old, now] of own) {
    const why = constraintProblem(old?.requirement.constraint ?? null, now.requirement.constraint, expected);
    if (why !== null) return other('rejudged', why);
  }
  return { kind: 'upgrade', raised: own.flatMap(([old]) => old?.requirement ?? []) };
}

function constraintProblem(
  old: string | null,
  now: string | null,
  { ecosystem, to, affected }: ExpectedUpgrade,
): Phrase | null {
  if (now === null || admits(ecosystem, now, to) !== true)
    return phrase`The new constraint does not admit ${markOutside(to)}.`;
  const back = affected.find((version) => admits(ecosystem, now, version) !== false);
  if (back !== undefined) return phrase`The new constraint admits ${markOutside(back)}, which is affected.`;
  if (old === null) return null;
  if (!isRaised(ecosystem, old, to)) return phrase`The edit lowers the version.`;
  return rewriteConstraint(ecosystem, old, to) === now
    ? null
    : phrase`The new constraint is not the one before with its version raised.`;
}

/** Whether `to` is not below the lowest version from which the constraint admits any. */
function isRaised(ecosystem: string, constraint: string, to: string): boolean {
  const order = versionOrder(ecosystem);
  if (order === null) return false;
  const floors = [...constraint.matchAll(/(<=?|!=)?\s*\b(v?\d[0-9A-Za-z.+_-]*)/g)].flatMap(
    ([, operator, version = '']) => (operator === undefined && order.isValid(version) ? version : []),
  );
  const lowest = floors.sort(order.compare)[0];
  return lowest === undefined || order.compare(to, lowest) >= 0;
}

/** Artifacts of one Maven group whose version stands at one place are released together. */
function isReleasedTogether(
  requirement: Requirement,
  own: readonly (readonly [Said | null, Said])[],
  ecosystem: string,
): boolean {
  if (ecosystem !== 'Maven' || requirement.versionPlace === null) return false;
  const [group] = requirement.name.split(':');
  return own.some(
    ([, { requirement: one }]) => one.name.split(':')[0] === group && placeKey(one) === placeKey(requirement),
  );
}

function placeKey(requirement: Requirement): string {
  const { path, startLine, startColumn } = versionPlaceOf(requirement);
  return JSON.stringify([path, startLine, startColumn]);
}

function saidBy(project: DependencyProject): Said[] {
  const say =
    (list: Said['list']) =>
    (requirement: Requirement): Said => {
      const { name, alias, scope, group, place } = requirement;
      const identity = JSON.stringify([
        project.ecosystem,
        project.folder,
        list,
        name,
        alias,
        scope,
        group,
        place.path,
      ]);
      return { requirement, list, identity };
    };
  return [...project.requirements.map(say('asked')), ...(project.overrides ?? []).map(say('held'))];
}

/** Without what both have, each once for once. */
function differences(before: readonly Said[], after: readonly Said[]): [gone: Said[], come: Said[]] {
  const counts = new Map<string, number>();
  for (const said of after) counts.set(keyOf(said), (counts.get(keyOf(said)) ?? 0) + 1);
  const gone = before.filter((said) => {
    const count = counts.get(keyOf(said)) ?? 0;
    counts.set(keyOf(said), count - 1);
    return count <= 0;
  });
  const left = new Map<string, number>();
  for (const said of before) left.set(keyOf(said), (left.get(keyOf(said)) ?? 0) + 1);
  const come = after.filter((said) => {
    const count = left.get(keyOf(said)) ?? 0;
    left.set(keyOf(said), count - 1);
    return count <= 0;
  });
  return [gone, come];
}

function keyOf({ identity, requirement }: Said): string {
  return JSON.stringify([identity, requirement.constraint]);
}

/** What no upgrade changes: which projects there are, their names, and what of them cannot be read. */
function describe(projects: readonly DependencyProject[]): string {
  return JSON.stringify(projects.map(({ ecosystem, folder, name, gaps }) => [ecosystem, folder, name, gaps]));
}

function other(failed: 'policy' | 'parses' | 'rejudged', why: Phrase): ManifestChange {
  return { kind: 'other', failed, why };
}
