// The checks of claims that may clear a finding: a sanitizer, a guard, a constant, a safe form, code that never runs.

import type { ConditionAt } from '../../code/condition-at.ts';
import { controls } from '../../code/controls.ts';
import type { CallExpression } from '../../code/ir.ts';
import { chainTo, hasJumps, runsBefore } from '../../code/statement-chain.ts';
import type { CallAt, ConstantAt } from '../../code/syntax-at.ts';
import { MISUSE_WEAKNESSES, TEXT_WEAKNESSES } from '../refused-dismissals.ts';
import {
  type Cleaner,
  holding,
  lastName,
  opening,
  type Quoted,
  type Ruling,
  type Scene,
  struck,
} from './claim-scene.ts';
import { type Cover, coverValues } from './cover-values.ts';
import { callsCleaner } from './find-cleaners.ts';
import { fixedValueOf } from './fixed-constants.ts';
import { coverGuarded, mentions } from './guard-cover.ts';
import { isKnownSanitizer } from './known-sanitizers.ts';
import { keepsLastSegment, opensFiles, type Standing } from './last-segment.ts';
import { type CodePlace, isAtPlace } from './place-values.ts';

/** A call of `symbol` on the value's way whose result is harmless for every weakness that the finding names. */
export function checkSanitizer(quoted: Quoted, scene: Scene): Ruling {
  const calls = quoted.syntax.calls.filter(({ name }) => name === quoted.symbol);
  if (calls.length === 0) return struck('no_call');
  const { place } = scene;
  if (place?.values == null) return holding('place_unclear');
  const rulings = calls.map((call) => ruleOnSanitizer(call, quoted, scene, place));
  return (
    rulings.find(({ outcome }) => outcome === 'covers') ??
    rulings.find(({ outcome }) => outcome === 'holds') ??
    struck('not_on_way')
  );
}

function ruleOnSanitizer(call: CallAt, quoted: Quoted, scene: Scene, place: CodePlace): Ruling {
  const { cwe } = scene.case.finding;
  const called = scene.cleaners.find((one) => callsCleaner(call.node, quoted.unit, one));
  const keepsSegment = called?.keepsSegment ?? keepsLastSegment(quoted.unit, call.node, cwe);
  const isKnown = keepsSegment || called !== undefined || isKnownSanitizer(quoted.unit, call.node, cwe);
  if (quoted.unit.path === place.unit.path && call.within.span.start === place.within.span.start) {
    const cover = coverCall(quoted.id, call.node, keepsSegment ? place : null);
    const way = coverValues(place.unit, place.values ?? [], [cover]);
    if (isKnown && (way.used.has(quoted.id) || !keepsSegment))
      return { outcome: 'covers', cover, why: 'sanitised', unused: 'not_on_way' };
    const isOnWay = way.spans.some((span) => span.start === call.span.start && span.end === call.span.end);
    return isOnWay ? holding(keepsSegment ? 'last_segment' : 'unknown_call') : struck('not_on_way');
  }
  // In the body of a function that the value goes through: what that function gives back is made of it.
  const cleaner = scene.cleaners.find(({ definition }) => definition === call.within);
  const way = coverValues(place.unit, place.values ?? [], []);
  if (cleaner !== undefined && isKnown)
    return {
      outcome: 'covers',
      cover: coverFunction(quoted.id, cleaner, place),
      why: 'sanitised',
      unused: cleaner.keepsSegment ? 'last_segment' : 'not_on_way',
    };
  return call.within.name !== '' && way.met.has(call.within.name)
    ? holding('unknown_call')
    : struck('not_on_way');
}

/** `segmentAt`: the place, for a call that keeps the last segment of a path. */
function coverCall(id: number, node: CallExpression, segmentAt: CodePlace | null): Cover {
  return {
    id,
    call: (call, standing) =>
      call.span.start === node.span.start &&
      call.span.end === node.span.end &&
      (segmentAt === null || endsFilePath(standing, segmentAt)),
    name: () => false,
  };
}

function coverFunction(id: number, cleaner: Cleaner, place: CodePlace): Cover {
  return {
    id,
    call: (call, standing) =>
      (!cleaner.keepsSegment || endsFilePath(standing, place)) && callsCleaner(call, place.unit, cleaner),
    name: () => false,
  };
}

function endsFilePath({ isBelow, isFollowed }: Standing, place: CodePlace): boolean {
  return isBelow && !isFollowed && opensFiles(place);
}

/** A condition that decides whether the place runs, and leaves a value used there nothing harmful. */
export function checkGuard(quoted: Quoted, scene: Scene): Ruling {
  const conditions = quoted.syntax.conditions.filter((condition) => mentions(condition, quoted.symbol));
  if (conditions.length === 0) return struck('no_condition');
  const { place } = scene;
  if (place?.values == null) return holding('place_unclear');
  // In the body of a function that the value goes through: what that function gives back has passed it.
  const cleaner = scene.cleaners.find(({ conditions: inside }) =>
    inside.some((one) =>
      conditions.some(({ span, within }) => one.span.start === span.start && one.within === within),
    ),
  );
  if (cleaner !== undefined)
    return {
      outcome: 'covers',
      cover: coverFunction(quoted.id, cleaner, place),
      why: 'guarded',
      unused: 'not_deciding',
    };
  if (quoted.unit.path !== place.unit.path) return struck('not_deciding');
  const deciding = conditions.filter((condition) => controlsAny(condition, place));
  if (deciding.length === 0) return struck('not_deciding');
  const { met } = coverValues(place.unit, place.values, []);
  const isUsed = deciding.some(({ names }) => names.some((name) => met.has(name)));
  if (!isUsed) return struck('not_deciding');
  const cover = coverGuarded(quoted.id, deciding, place, scene.case.finding.cwe);
  const answers = coverValues(place.unit, place.values, [cover]).used.has(quoted.id);
  return answers
    ? { outcome: 'covers', cover, why: 'guarded', unused: 'not_deciding' }
    : holding('unknown_test');
}

function controlsAny(condition: ConditionAt, place: CodePlace): boolean {
  if (controls(place.unit, condition, place.span) !== null) return true;
  // A choice inside the place: `ok(x) ? x : ''`.
  return condition.kind === 'ternary' && isAtPlace(place, condition.whole);
}

/** A literal, or a name that stands for literals only; whether nothing else reaches the place is asked of all constants together. */
export function checkConstant(quoted: Quoted, scene: Scene): Ruling {
  const { place } = scene;
  const { cwe } = scene.case.finding;
  const named = quoted.syntax.constants.filter(
    ({ name }) => name === quoted.claim.symbol || lastName(name) === quoted.symbol,
  );
  const declared = named.find(({ isLiteral }) => isLiteral);
  const isBare = declared === undefined && quoted.syntax.literals.length > 0 && overlapsPlace(quoted, place);
  if (declared === undefined && !isBare) return struck(named.length > 0 ? 'not_fixed' : 'no_constant');
  if (declared?.isReassigned === true || declared?.isOpen === true) return struck('not_fixed');
  if (place?.values == null) return holding('place_unclear');
  const way = coverValues(place.unit, place.values, []);
  if (declared !== undefined && !isMet(declared, way.met)) return struck('not_on_way');
  if (cwe.length === 0 || cwe.some((one) => MISUSE_WEAKNESSES.has(one))) return holding('constant_misuse');
  if (declared === undefined)
    return way.isWhole && place.values.length > 0 ? opening('constant') : holding('not_all');
  if (quoted.unit.path !== place.unit.path) return holding('not_all');
  const cover: Cover = {
    id: quoted.id,
    call: () => false,
    name: (name, at) => name === declared.name && fixedValueOf(place.unit, name, at) !== null,
  };
  if (coverValues(place.unit, place.values, [cover]).used.has(quoted.id))
    return { outcome: 'covers', cover, why: 'constant', unused: 'not_on_way' };
  // A local variable is followed to its literal without anybody's help.
  return way.isWhole ? opening('constant') : holding('not_all');
}

function isMet({ name }: ConstantAt, met: ReadonlySet<string>): boolean {
  return met.has(name) || met.has(lastName(name));
}

function overlapsPlace({ unit, startLine, endLine }: Quoted, place: CodePlace | null): boolean {
  return (
    place !== null &&
    unit.path === place.unit.path &&
    startLine <= place.endLine &&
    endLine >= place.startLine
  );
}

/** The call at the place itself, in a form that the catalogue knows cannot have the weakness. */
export function checkSafeForm(quoted: Quoted, { place, apis }: Scene): Ruling {
  if (place === null) return holding('place_unclear');
  if (quoted.unit.path !== place.unit.path) return struck('not_at_place');
  const calls = quoted.syntax.calls.filter(
    ({ name, span }) => name === quoted.symbol && isAtPlace(place, span),
  );
  if (calls.length === 0) return struck('not_at_place');
  const known = apis.sinkValues(place.unit, place.startLine, place.endLine) ?? [];
  const isSafe = calls.some(
    ({ node, span }) =>
      apis.isSafeForm(place.unit, node, place.startLine, place.endLine) &&
      // Another dangerous call on the same lines is not excused by this one.
      known !== 'unclear' &&
      known.every((value) => value.span.start >= span.start && value.span.end <= span.end),
  );
  return isSafe ? opening('safe_form') : holding('unknown_form');
}

/** A fact that the branch is dead, or a statement before the place, in a block around it, that always leaves. */
export function checkUnreachable(quoted: Quoted, { place, case: theCase }: Scene): Ruling {
  const isDead =
    quoted.item.kind === 'dead_branch' ||
    (place !== null && quoted.unit.path === place.unit.path && leavesBefore(quoted, place));
  if (!isDead) return struck('not_dead');
  return theCase.finding.cwe.some((one) => TEXT_WEAKNESSES.has(one)) ? holding('dead_text') : opening('dead');
}

function leavesBefore({ syntax }: Quoted, { within, span, unit }: CodePlace): boolean {
  if (hasJumps(within) || unit.hasErrorBetween(within.span.line, span.endLine)) return false;
  const chain = chainTo(within, span);
  return syntax.exits.some(
    (exit) =>
      exit.within === within && exit.span.end <= span.start && runsBefore(chainTo(within, exit.span), chain),
  );
}
