// Asks what a change takes away: a guard of access, an escape, a check, or the way that a condition looks (security row 24).
import { type Phrase, phrase } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';

/** Names of what watches over access: a change that takes them away mends nothing. Others only lift such a watch. */
const GUARD =
  /authori[sz]|authenticat|permission|is_?admin|csrf|login_?required|require_?auth|require_?login|access_?control|antiforgery|^secured$|roles_?allowed|requires?_?role/i;
const LIFTED_GUARD = /exempt|disable|ignore|skip|allow(?!ed)|permitall|anonymous|without|bypass/i;
/** Calls that make outside text harmless or compare without telling; another one may take their place. */
const PROTECTING_CALL =
  /(?<!un)(?:escape|sanit[iz]|sanitis|validat|verif(?!ied_context)|htmlspecialchars|htmlentities|strip_tags|purif|bleach|encode_?(?:for|uri|html)|compare_?digest|timing_?safe|constant_?time|fixed_?time|secure_?compare|hash_equals)\w*\s*\(/gi;
const CONDITION = /(?<![\w$.#])(?:if|elif|elsif|unless|assert|guard)(?![\w$])/g;
const REFUSAL = /(?<![\w$.])(?:raise|throw|abort|panic)(?![\w$])/g;
const COMMENT = /\/\*[\s\S]{0,2000}?\*\/|(?:^|(?<=\s))(?:\/\/|#|--)[^\n]*/gm;

/** What the change takes away that may have kept something out, as a sentence; null when there is nothing of the kind. */
export function lostCheck(removed: string, added: string): Phrase | null {
  const [before, after] = [removed.replace(COMMENT, ''), added.replace(COMMENT, '')];
  return (
    lostGuard(before, after) ??
    fewer(before, after, PROTECTING_CALL, phrase`a call that may make outside text harmless`) ??
    fewer(before, after, CONDITION, phrase`a condition`) ??
    fewer(before, after, REFUSAL, phrase`a refusal`) ??
    turnedRound(before, after)
  );
}

function lostGuard(before: string, after: string): Phrase | null {
  const guardsOf = (text: string) =>
    (text.match(/\w+/g) ?? []).filter((word) => GUARD.test(word) && !LIFTED_GUARD.test(word));
  const left = guardsOf(after);
  for (const word of guardsOf(before)) {
    const at = left.indexOf(word);
    if (at === -1) return phrase`The patch takes away ${markOutside(word, 60)}, which may guard the access.`;
    left.splice(at, 1);
  }
  return null;
}

function fewer(before: string, after: string, pattern: RegExp, what: Phrase): Phrase | null {
  const count = (text: string) => text.match(pattern)?.length ?? 0;
  return count(after) < count(before) ? phrase`The patch takes away ${what}.` : null;
}

const NEGATION = /!(?!=)|!(?==)|(?<![\w$])(?:not|unless)(?![\w$])/g;
const DIRECTION = /(?<![-=<>])[<>](?![<>])/g;

/** The same words with a negation more or less, or with a comparison the other way: what was let in is kept out, and the other way round. */
function turnedRound(before: string, after: string): Phrase | null {
  if (withoutPolarity(before) !== withoutPolarity(after)) return null;
  const negations = (text: string) => text.match(NEGATION)?.length ?? 0;
  const directions = (text: string) => (text.match(DIRECTION) ?? []).join('');
  const same = negations(before) % 2 === negations(after) % 2 && directions(before) === directions(after);
  return same ? null : phrase`The patch turns a condition round and changes nothing else.`;
}

function withoutPolarity(text: string): string {
  return text
    .replace(/[!=]==?/g, '==')
    .replace(/(?<![-=<>])[<>]=?(?![<>])/g, '<')
    .replace(/(?<![\w$])not(?![\w$])|!/g, '')
    .replace(/(?<![\w$])unless(?![\w$])/g, 'if')
    .replace(/\s+/g, '');
}
