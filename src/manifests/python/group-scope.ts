// What a group, extra or file of requirements is there for, by the names that people give them.
import type { DependencyScope } from '#domain/package.ts';

const TEST = /^(tests?|testing|pytest|e2e|integration)$/;
const DEV =
  /^(dev|devel|develop|development|docs?|documentation|lint|linting|linters?|typing|types?|mypy|typecheck|format|tox|nox|ci|bench|benchmarks?|tools|tooling|pre-?commit|debug|release|build)$/;

/** Test before dev, by the words of the name; `usual` where none says it. */
export function scopeOfGroup(name: string, usual: DependencyScope): DependencyScope {
  const words = name.toLowerCase().split(/[^a-z]+/);
  if (words.some((word) => TEST.test(word))) return 'test';
  return words.some((word) => DEV.test(word)) ? 'dev' : usual;
}
