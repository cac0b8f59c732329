// The order of Debian's and Ubuntu's package versions: https://www.debian.org/doc/debian-policy/ch-controlfields.html#version (5.6.12).
import { compareDigits, compareLists, orderBy } from '../order.ts';

interface DebianReading {
  readonly epoch: string;
  /** Text and digits by turns, text first; either may be empty. */
  readonly upstream: readonly string[];
  readonly revision: readonly string[];
}

function readDebian(version: string): DebianReading | null {
  const plain = version.trim();
  if (plain === '' || !/^[0-9A-Za-z.+~:-]+$/.test(plain)) return null;
  const colon = plain.indexOf(':');
  const epoch = colon === -1 ? '0' : plain.slice(0, colon);
  if (!/^[0-9]+$/.test(epoch)) return null;
  const rest = plain.slice(colon + 1);
  const hyphen = rest.lastIndexOf('-');
  const upstream = hyphen === -1 ? rest : rest.slice(0, hyphen);
  if (upstream === '') return null;
  return {
    epoch,
    upstream: toTurns(upstream),
    revision: toTurns(hyphen === -1 ? '' : rest.slice(hyphen + 1)),
  };
}

function toTurns(text: string): readonly string[] {
  const turns = text.match(/[0-9]+|[^0-9]+/g) ?? [];
  return turns[0] !== undefined && /^[0-9]/.test(turns[0]) ? ['', ...turns] : turns;
}

function compareTurns(left: readonly string[], right: readonly string[]): number {
  let isText = false;
  return compareLists(left, right, '', (first, second) => {
    isText = !isText;
    return isText ? compareLetters(first, second) : compareDigits(first, second);
  });
}

/** A tilde before the end, the end before letters, letters before all else. */
function compareLetters(left: string, right: string): number {
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const sign = weightOf(left.charCodeAt(index)) - weightOf(right.charCodeAt(index));
    if (sign !== 0) return Math.sign(sign);
  }
  return 0;
}

function weightOf(code: number): number {
  if (Number.isNaN(code)) return 0;
  if (code === 0x7e) return -1;
  const isLetter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
  return isLetter ? code : code + 0x10000;
}

export const DEBIAN_ORDER = orderBy<DebianReading>({
  read: readDebian,
  compare: (left, right) =>
    compareDigits(left.epoch, right.epoch) ||
    compareTurns(left.upstream, right.upstream) ||
    compareTurns(left.revision, right.revision),
  // What a distribution has published is released, whatever its upstream called it.
  isPrerelease: () => false,
  isBreaking: () => null,
});

/** opam sorts as Debian does, without epochs and revisions (https://opam.ocaml.org/doc/Manual.html#Version-ordering). */
export const OPAM_ORDER = orderBy<readonly string[]>({
  read: (version) =>
    /^[0-9A-Za-z._+~-]+$/.test(version) ? toTurns(version.replace(/^v(?=[0-9])/, '')) : null,
  compare: compareTurns,
  isPrerelease: (turns) => turns.some((turn) => turn.includes('~')),
  isBreaking: (from, to) => compareDigits(from[1] ?? '0', to[1] ?? '0') !== 0,
});
