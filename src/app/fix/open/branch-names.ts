// Names of branches: which may be given, and which one the fixes for a target have.
import { createHash } from 'node:crypto';
import { AssayError } from '#domain/errors.ts';

const OWN = 'assay/fixes';
/** Beside `assay/fixes` and not below it: git has no branch below another one. */
const FOR_TARGET = 'assay/fixes-for-';
/** Letters and marks that no shell, no ref syntax and no option parser takes for its own. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/;
/** git-check-ref-format(1). */
const REF = /^(?![-./])(?!.*(?:\.\.|\/\/|@\{|\/\.|\.lock(?:\/|$)))[^\s~^:?*[\\\p{Cc}]{1,250}(?<![/.])$/u;

/** One for each target, so that the fixes of two changes do not take turns. */
export function fixBranchFor(target: string, defaultBranch: string): string {
  if (target === defaultBranch) return OWN;
  const name = FOR_TARGET + target;
  if (PLAIN.test(name) && REF.test(name)) return name;
  const digest = createHash('sha256').update(target).digest('hex').slice(0, 8);
  return `${FOR_TARGET}${target.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 100)}-${digest}`;
}

/** Whether a branch is one that Assay made for its fixes, by its name. */
export function isFixBranch(name: string): boolean {
  return name === OWN || name.startsWith(FOR_TARGET);
}

/** Throws AssayError `usage` for a name that is none. */
export function requireBranchNames(given: {
  readonly branch: string | null;
  readonly target: string | null;
}) {
  const { branch, target } = given;
  if (branch !== null && !(PLAIN.test(branch) && REF.test(branch))) throw noName('--branch', branch);
  if (target !== null && !REF.test(target)) throw noName('--target', target);
}

function noName(option: string, name: string): AssayError {
  return new AssayError('usage', `${option} ${JSON.stringify(name.slice(0, 100))} is no name for a branch.`, {
    hint: 'Give letters, digits, ".", "_", "-" and "/", such as assay/fixes.',
  });
}
