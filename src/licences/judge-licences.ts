// Packages of a bill of materials against the team's licence policy: which of them it does not allow, and why.
import type { LicenceProblem } from '#domain/dependency.ts';
import type { Component, Inventory } from '#domain/package.ts';
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { LicencePolicy } from '#domain/policy.ts';
import { compileGlobs } from '#support/glob.ts';
import { markOutside } from '#support/mark-outside.ts';
import { createLicenceRule, type LeafAnswer } from './licence-rule.ts';
import { LICENCES_PHRASES_ZH_CN } from './phrases-zh-cn.ts';
import { type LicenceLeaf, type LicenceNode, readLicence, writeLeaf } from './read-licence.ts';

export interface JudgedLicence {
  readonly component: Component;
  readonly problem: LicenceProblem;
}

/**
 * The components whose licence the policy does not allow, in the order of the inventory. Parts that are no packages (files, systems) are
 * asked about only where they state a licence.
 * @param book null for English, any for Chinese
 * @throws RangeError when a glob of `ignore` is none (`globProblem` says which)
 */
export function judgeLicences(
  inventory: Inventory,
  policy: LicencePolicy,
  book: PhraseBook | null,
): readonly JudgedLicence[] {
  const isIgnored = compileGlobs(policy.ignore);
  const rule = createLicenceRule(policy);
  const words = book === null ? null : LICENCES_PHRASES_ZH_CN;
  return inventory.components.flatMap((component) => {
    if (namesOf(component).some(isIgnored)) return [];
    const node = readLicence(component.licences);
    const isPackage = component.kind === 'library' || component.kind === 'application';
    if (node === null && !isPackage) return [];
    const why = node === null ? untold(policy) : problemOf(evaluate(node, rule), policy);
    const expression = component.licences.join(' AND ') || 'NOASSERTION';
    return why === null ? [] : [{ component, problem: { expression, why: say(why, words) } }];
  });
}

/** A package URL also in the spelling that people write: `pkg:npm/@acme/desk`. */
function namesOf({ name, purl }: Component): readonly string[] {
  return purl === null ? [name] : [name, purl, purl.replaceAll('%40', '@')];
}

interface Answer {
  readonly answer: 'allowed' | 'unknown' | 'refused';
  /** The licences that decide it. */
  readonly leaves: readonly { readonly leaf: LicenceLeaf; readonly answer: LeafAnswer }[];
}

const RANK = { allowed: 0, unknown: 1, refused: 2 } as const;

/** All parts of `and` have to be allowed; one of `or` is enough. The depth is that of a text that was capped when it was read. */
function evaluate(node: LicenceNode, rule: (leaf: LicenceLeaf) => LeafAnswer): Answer {
  if (node.kind === 'licence') {
    const answer = rule(node);
    const isOpen = answer === 'allowed' || answer === 'unknown';
    return { answer: isOpen ? answer : 'refused', leaves: [{ leaf: node, answer }] };
  }
  const parts = node.parts.map((part) => evaluate(part, rule));
  const ranks = parts.map(({ answer }) => RANK[answer]);
  const decisive = node.kind === 'and' ? Math.max(...ranks) : Math.min(...ranks);
  const deciding = parts.filter(({ answer }) => RANK[answer] === decisive);
  return { answer: deciding[0]?.answer ?? 'unknown', leaves: deciding.flatMap(({ leaves }) => leaves) };
}

function problemOf({ answer, leaves }: Answer, { unknown }: LicencePolicy): Phrase | null {
  if (answer === 'allowed') return null;
  const named = (wanted: LeafAnswer) =>
    markOutside(
      [...new Set(leaves.filter((one) => one.answer === wanted).map(({ leaf }) => writeLeaf(leaf)))].join(
        ', ',
      ),
      160,
    );
  if (answer === 'unknown') {
    return unknown === 'allow'
      ? null
      : phrase`Which licence ${named('unknown')} is cannot be told: it is on no list of SPDX.`;
  }
  const isDenied = leaves.some((one) => one.answer === 'denied');
  const isUnlisted = leaves.some((one) => one.answer === 'unlisted');
  if (isDenied && isUnlisted)
    return phrase`The policy denies ${named('denied')}, and does not allow ${named('unlisted')}.`;
  return isDenied
    ? phrase`The policy denies ${named('denied')}.`
    : phrase`${named('unlisted')} is not among the licences that the policy allows.`;
}

function untold({ unknown }: LicencePolicy): Phrase | null {
  return unknown === 'allow' ? null : phrase`The bill of materials does not say which licence it has.`;
}
