// npm's ranges (https://docs.npmjs.com/cli/using-npm/semver#ranges), and Cargo's requirements, which differ in what a bare version means.
import { Range, SemVer } from 'semver';

/** Prereleases satisfy a range only when one of its bounds is a prerelease of the same three numbers, as npm installs. */
export function satisfiesNpmRange(constraint: string, version: string): boolean | null {
  // `npm:other@^1.0.0` is a range under another name; `workspace:^` and addresses name no version.
  const range = /^npm:(?:@[^@/]+\/)?[^@/]+@(.*)$/s.exec(constraint.trim())?.[1] ?? constraint;
  return within(range, version);
}

/** https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html: commas mean and, a bare version has a caret. */
export function satisfiesCargoRequirement(constraint: string, version: string): boolean | null {
  const parts = constraint.split(',').map((part) => part.trim());
  if (parts.some((part) => !/^(?:[<>]=?|[=^~])?\s*[0-9*][0-9A-Za-z.*+-]*$/.test(part))) return null;
  return within(
    parts.map((part) => (/^[0-9]/.test(part) && !part.includes('*') ? `^${part}` : part)).join(' '),
    version,
  );
}

function within(range: string, version: string): boolean | null {
  try {
    return new Range(range, { loose: true }).test(new SemVer(version, { loose: true }));
  } catch {
    return null; // the library's way to say that one of the two is none: `latest`, an address, a number above 2^53
  }
}
