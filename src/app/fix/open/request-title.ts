// The title of the request: what it does, in one line.
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
import { lastLookAtPart } from '../../../publish/last-look.ts';
import type { RaisedPackage } from './raised-packages.ts';

/** Hosts take 255 and 256. */
const LONGEST = 120;
/** Titles are read for mentions and commands too: a name of other characters is counted, not told. */
const PLAIN = /^[A-Za-z0-9][\w./+-]{0,60}$/;

/** `Raise log-kit to 2.17.1 and fix 2 findings`. */
export function requestTitle(
  raised: readonly RaisedPackage[],
  fixed: number,
  book: PhraseBook | null,
): string {
  const different = [...new Map(raised.map((one) => [`${one.name} ${one.to}`, one])).values()];
  const isPlain =
    different.length <= 2 && different.every(({ name, to }) => PLAIN.test(name) && PLAIN.test(to));
  const title = say(joined(isPlain ? named(different) : counted(different.length), fixed), book);
  if (title.length <= LONGEST && lastLookAtPart(title, { allowedLinkPrefixes: [] }) === null) return title;
  return say(joined(counted(different.length), fixed), book);
}

function named([first, second]: readonly RaisedPackage[]): Phrase | null {
  if (first === undefined) return null;
  return second === undefined
    ? phrase`Raise ${first.name} to ${first.to}`
    : phrase`Raise ${first.name} to ${first.to} and ${second.name} to ${second.to}`;
}

function counted(count: number): Phrase | null {
  if (count === 0) return null;
  return count === 1 ? phrase`Raise one package` : phrase`Raise ${count} packages`;
}

function joined(raise: Phrase | null, fixed: number): Phrase {
  const findings = fixed === 1 ? phrase`one finding` : phrase`${fixed} findings`;
  if (raise === null) return phrase`Fix ${findings}`;
  return fixed === 0 ? raise : phrase`${raise} and fix ${findings}`;
}
