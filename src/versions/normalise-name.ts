// The form under which an ecosystem takes two spellings of a name for the same package: what names are compared by.

/**
 * PyPI by PEP 503 (https://packaging.python.org/en/latest/specifications/name-normalization/); Packagist, NuGet, GitHub Actions and
 * VS Code in lower case, since their registries ignore it; all others have one spelling.
 *
 * @param ecosystem as OSV writes it, with or without a release
 */
export function normaliseName(ecosystem: string, name: string): string {
  const plain = name.trim();
  switch (ecosystem.split(':', 1)[0]) {
    case 'PyPI':
      return plain.replace(/[-_.]+/g, '-').toLowerCase();
    case 'Packagist':
    case 'NuGet':
    case 'GitHub Actions':
    case 'VSCode':
      return plain.toLowerCase();
    default:
      return plain;
  }
}
