// Which packages of which modules a Go build needs, as far as the go command has put them into the repository.
import type { AffectedSymbols } from '#domain/advisory.ts';
import type { Inquiry } from './inquiry.ts';

/** What the go command put aside is what the build needs, package by package (https://go.dev/ref/mod#vendoring). */
export async function vendoredPackages({
  question,
  workspace,
}: Pick<Inquiry, 'question' | 'workspace'>): Promise<ReadonlySet<string> | null> {
  const { folder, ecosystem } = question.project;
  if (ecosystem !== 'Go') return null;
  const read = await workspace.read(`${folder === '' ? '' : `${folder}/`}vendor/modules.txt`);
  if (read.kind !== 'text') return null;
  // What stands in for another module is listed by that one's paths.
  if (read.text.includes(`=> ${question.package.name} `)) return null;
  return new Set(
    read.text
      .split(/\r?\n/)
      .filter((line) => /^[^#\s]/.test(line))
      .map((line) => line.trim()),
  );
}

/** Whether a vulnerable package of the module is among them: any, where the advisory does not say which. */
export function hasPart(
  vendored: ReadonlySet<string>,
  module: string,
  symbols: readonly AffectedSymbols[],
): boolean {
  const paths = symbols.flatMap(({ path }) => path ?? []);
  const isTold = paths.length > 0 && paths.length === symbols.length;
  return isTold
    ? paths.some((path) => vendored.has(path))
    : [...vendored].some((path) => path === module || path.startsWith(`${module}/`));
}
