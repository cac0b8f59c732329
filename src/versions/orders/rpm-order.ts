// The order of RPM packages, `epoch:version-release`, by rpmvercmp (https://rpm.org/docs/latest/man/rpm-version.7).
import { compareDigits, compareLists, compareText, orderBy } from '../order.ts';

interface RpmReading {
  readonly epoch: string;
  readonly version: readonly string[];
  readonly release: readonly string[];
}

function readRpm(version: string): RpmReading | null {
  const plain = version.trim();
  // What a name's end or a rich dependency would bring is not part of a version.
  if (plain === '' || /[\s()<>=]/.test(plain)) return null;
  const [, epoch = '0', rest = ''] = /^(?:([0-9]*):)?(.*)$/s.exec(plain) ?? [];
  const hyphen = rest.lastIndexOf('-');
  const upstream = toSegments(hyphen === -1 ? rest : rest.slice(0, hyphen));
  if (upstream.length === 0) return null;
  return { epoch, version: upstream, release: hyphen === -1 ? [] : toSegments(rest.slice(hyphen + 1)) };
}

/** Runs of digits, runs of letters, tildes and carets; all else only parts them. */
function toSegments(text: string): readonly string[] {
  return text.match(/[0-9]+|[A-Za-z]+|[~^]/g) ?? [];
}

/** A tilde before the end, then a caret, then letters, then digits. */
function rankOf(segment: string | null): number {
  if (segment === null) return 1;
  if (segment === '~') return 0;
  if (segment === '^') return 2;
  return /^[0-9]/.test(segment) ? 4 : 3;
}

function compareSegments(left: string | null, right: string | null): number {
  const rank = rankOf(left);
  const sign = Math.sign(rank - rankOf(right));
  if (sign !== 0 || left === null || right === null) return sign;
  return rank === 4 ? compareDigits(left, right) : compareText(left, right);
}

export const RPM_ORDER = orderBy<RpmReading>({
  read: readRpm,
  compare: (left, right) =>
    compareDigits(left.epoch, right.epoch) ||
    compareLists<string | null>(left.version, right.version, null, compareSegments) ||
    compareLists<string | null>(left.release, right.release, null, compareSegments),
  isPrerelease: () => false,
  isBreaking: () => null,
});
