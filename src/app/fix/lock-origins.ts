// Which servers a lock file takes packages from: a tool without the user's own settings may ask another registry for a private name.

/** As npm, yarn, pnpm, bun, poetry, uv, cargo and bundler write it; a page that a package only names (its home, its funding) is none. */
const SOURCE =
  /(?:\bresolved"?:? "|\btarball: ['"]?|\bregistry\+|\bsparse\+|\bregistry = "|\burl = "|\bremote: |\["[^"\s]{1,300}", ")((?:git\+)?(?:https?|ssh|git):\/\/[^/"'\s]{1,300})/g;

/** bun writes nothing where a package comes from npm's own registry. */
const OF_NPM = /\["[^"\s]{1,300}", "", \{/;

/** Another name of the same registry, which yarn 1 asks where nobody names one. */
const OF_YARN = 'https://registry.yarnpkg.com';
const REGISTRY_OF_NPM = 'https://registry.npmjs.org';

/** A server that `after` names and `before` does not; null when there is none, or when `before` names no server at all. */
export function newOrigin(before: string, after: string): string | null {
  const known = originsIn(before);
  if (known.size === 0) return null;
  return [...originsIn(after)].find((origin) => !known.has(origin)) ?? null;
}

function originsIn(text: string): ReadonlySet<string> {
  const named = [...text.matchAll(SOURCE)].flatMap(([, origin]) => origin?.toLowerCase() ?? []);
  return new Set(
    [...named, ...(OF_NPM.test(text) ? [REGISTRY_OF_NPM] : [])].map((origin) =>
      origin === OF_YARN ? REGISTRY_OF_NPM : origin,
    ),
  );
}
