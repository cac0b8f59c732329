// The order of Go module versions (https://go.dev/ref/mod#versions), pseudo-versions and `+incompatible` included, and of Go releases.
import { orderBy } from '../order.ts';
import { compareSemver, isBreakingByCaret, readSemver, type SemverReading } from './semver-order.ts';

/** `go1.21rc2`, and `go1.22.1 X:boringcrypto` as a binary's build information has it (https://go.dev/doc/toolchain#version). */
const RELEASE = /^(?:go)?([0-9]+(?:\.[0-9]+){1,2})(?:(alpha|beta|rc)([0-9]+))?(?: .*)?$/;

/**
 * A pseudo-version (`v0.0.0-20191109021931-daa7c04131f5`) is a SemVer prerelease whose identifiers sort by time, and `+incompatible` is
 * build metadata, so SemVer's order holds for both.
 */
function readGoVersion(version: string): SemverReading | null {
  const [, numbers, stage, number] = RELEASE.exec(version.trim()) ?? [];
  const plain = numbers === undefined || stage === undefined ? numbers : `${numbers}-${stage}.${number}`;
  return readSemver(plain ?? version, { mostNumbers: 3 });
}

export const GO_ORDER = orderBy<SemverReading>({
  read: readGoVersion,
  compare: compareSemver,
  isPrerelease: ({ prerelease }) => prerelease.length > 0,
  isBreaking: (from, to) => isBreakingByCaret(from.numbers, to.numbers),
});
