// Which servers a lock file takes packages from: a tool without the user's own settings may ask another registry for a private name.

/** As npm, yarn, pnpm, poetry, uv, cargo and bundler write it; a page that a package only names (its home, its funding) is none. */
const SOURCE =
  /(?:\bresolved"?:? "|\btarball: ['"]?|\bregistry\+|\bsparse\+|\bregistry = "|\burl = "|\bremote: )((?:git\+)?(?:https?|ssh|git):\/\/[^/"'\s]{1,300})/g;

/** A server that `after` names and `before` does not; null when there is none, or when `before` names no server at all. */
export function newOrigin(before: string, after: string): string | null {
  const known = originsIn(before);
  if (known.size === 0) return null;
  return [...originsIn(after)].find((origin) => !known.has(origin)) ?? null;
}

function originsIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(SOURCE)].flatMap(([, origin]) => origin?.toLowerCase() ?? []));
}
