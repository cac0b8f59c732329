// The anchors that hosts give to headings, so that a citation leads to the section.

/** Links, images, code and emphasis by the text that a reader sees of them. */
export function headingWords(heading: string): string {
  return heading
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, '$1')
    .replace(/`+([^`]*)`+/g, '$1')
    .replace(/<[^>]*>/g, '')
    .replace(/(\*{1,3}|~~)(?=\S)(.*?\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}])(_{1,3})(?=\S)(.*?\S)\1(?![\p{L}\p{N}])/gu, '$2')
    .trim();
}

/**
 * Gives each heading of one file its anchor, in order: lower case, punctuation gone, spaces as hyphens; the second of a name gets `-1`
 * (as GitHub does it; GitLab differs where hyphens meet). Null for a heading without a letter or digit.
 */
export function createAnchors(): (heading: string) => string | null {
  const taken = new Map<string, number>();
  return (heading) => {
    const plain = headingWords(heading)
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    if (plain === '') return null;
    let anchor = plain;
    while (taken.has(anchor)) {
      const count = (taken.get(plain) ?? 0) + 1;
      taken.set(plain, count);
      anchor = `${plain}-${count}`;
    }
    taken.set(anchor, 0);
    return anchor;
  };
}
