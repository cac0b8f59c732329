// Whether a version is one that a manifest's constraint admits, each ecosystem in its own constraint language.
import {
  type ConstraintLanguage,
  holds,
  LONGEST_CONSTRAINT,
  meetsComparators,
} from './constraints/comparators.ts';
import { satisfiesComposerConstraint } from './constraints/composer-constraint.ts';
import { satisfiesGemRequirement, satisfiesHexRequirement } from './constraints/gem-requirement.ts';
import { satisfiesMavenRequirement } from './constraints/maven-requirement.ts';
import { satisfiesCargoRequirement, satisfiesNpmRange } from './constraints/npm-range.ts';
import { satisfiesNugetRange } from './constraints/nuget-range.ts';
import { satisfiesPep440 } from './constraints/pep440-specifiers.ts';
import { satisfiesPubConstraint } from './constraints/pub-constraint.ts';
import { GO_ORDER } from './orders/go-order.ts';
import { versionOrder } from './version-order.ts';

const LANGUAGES: ReadonlyMap<string, ConstraintLanguage> = new Map([
  ['npm', satisfiesNpmRange],
  ['PyPI', satisfiesPep440],
  ['Maven', satisfiesMavenRequirement],
  ['Go', satisfiesGoMinimum],
  ['crates.io', satisfiesCargoRequirement],
  ['RubyGems', satisfiesGemRequirement],
  ['NuGet', satisfiesNugetRange],
  ['Packagist', satisfiesComposerConstraint],
  ['Hex', satisfiesHexRequirement],
  ['Pub', satisfiesPubConstraint],
]);

/**
 * @param ecosystem as OSV writes it; those without a constraint language of their own here read comparators (`>= 1.0, < 2.0`)
 * @param constraint as the manifest has it
 * @returns null when it cannot be told: an address, a tag, a property, a branch, or what is no version
 */
export function satisfies(ecosystem: string, constraint: string, version: string): boolean | null {
  const order = versionOrder(ecosystem);
  if (order === null || constraint.length > LONGEST_CONSTRAINT || version.length > LONGEST_CONSTRAINT)
    return null;
  const language = LANGUAGES.get(ecosystem.split(':', 1)[0] ?? '') ?? meetsComparators(order);
  return language(constraint, version);
}

/** A `require` line is a minimum (https://go.dev/ref/mod#minimal-version-selection). */
function satisfiesGoMinimum(constraint: string, version: string): boolean | null {
  const minimum = constraint.replace(/\/\/.*$/s, '').trim();
  if (!GO_ORDER.isValid(minimum) || !GO_ORDER.isValid(version)) return null;
  return holds('>=', GO_ORDER.compare(version, minimum));
}
