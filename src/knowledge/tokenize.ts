// Text → the words it is found by: prose in English and Chinese, and names as programmers write them.

const STOP_WORDS: ReadonlySet<string> = new Set(
  `a an and any are as at be been but by can could do does don doesn isn for from had has have how i if in into is it its may me must my no not of on
  or our shall should so some such than that the their them then there these they this those to was we were what when where which
  who why will with would you your use used using about after all also each every more most only other over own same via very
  的 了 和 是 在 与 或 及 对 被 把 从 到 我 你 他 它 们 吗 呢 吧 啊 就 都 也 还 要 会 能 这 那`.split(/\s+/),
);
/** Chinese pairs that ask or join and say nothing of the matter. */
const STOP_PAIRS =
  /怎么|怎样|如何|什么|为何|哪些|哪里|应该|可以|我们|你们|他们|这个|那个|一个|这些|那些|是否|需要|进行|使用|以及|或者|并且|因此|如果|没有|不要|必须/u;

const LONGEST_WORD = 64;
const PIECES = /\p{Script=Han}+|[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}_$'’.:/-]*[\p{L}\p{N}\p{M}])?/gu;
const HAN = /\p{Script=Han}/u;

/**
 * In order, with repeats. `getUserById` gives `getuserbyid`, `get`, `user`, `id`; `child_process.exec` its parts and the whole;
 * Chinese gives every pair of neighbours. English endings are cut, so that `queries` and `query` meet.
 */
export function tokenize(text: string): string[] {
  const tokens: string[] = [];
  for (const [piece] of text.normalize('NFKC').matchAll(PIECES)) {
    if (!HAN.test(piece)) tokens.push(...wordsOf(piece));
    else
      for (const run of piece.split(/([^\p{Script=Han}]+)/u))
        tokens.push(...(HAN.test(run) ? pairsOf(run) : wordsOf(run)));
  }
  return tokens;
}

/** Words that say nothing are cut out first: `怎样防止越权` has no pair that begins in its `怎样`. */
function pairsOf(run: string): readonly string[] {
  return run.split(STOP_PAIRS).flatMap((part) => {
    const characters = [...part];
    if (characters.length === 1) return STOP_WORDS.has(part) ? [] : [part];
    return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
  });
}

function wordsOf(piece: string): readonly string[] {
  const parts = piece
    .replace(/['’](?:s|t|re|ve|ll|d)\b/gi, '')
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll}{2})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((part) => part !== '');
  const words = parts.map((part) => part.toLowerCase()).filter((part) => !STOP_WORDS.has(part));
  const whole = piece.toLowerCase().replace(/[^\p{L}\p{N}\p{M}]+/gu, '');
  const all = parts.length > 1 && !/\s/.test(piece) ? [...words, whole] : words;
  return all.filter((word) => word.length <= LONGEST_WORD && word.length > 1).map(stem);
}

/** Cuts what English adds to words; British and American endings become one. Both sides of a search are cut alike. */
function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word) || !/^[a-z]+$/.test(word)) return word;
  let cut = word;
  if (cut.endsWith('ies') && cut.length > 4) cut = `${cut.slice(0, -3)}y`;
  else if (/(?:[sxz]|ch|sh)es$/.test(cut)) cut = cut.slice(0, -2);
  else if (/[^sui]s$/.test(cut)) cut = cut.slice(0, -1);
  const ending = /^(.{3,}?)(?:i[sz]ation|i[sz]ing|i[sz]ed|i[sz]er|i[sz]e|i[sz])$/.exec(cut)?.[1];
  if (ending !== undefined && ending.length > 3) return `${ending}is`;
  const bare = /^(.{3,})(?:ation|ing|ed)$/.exec(cut)?.[1];
  if (bare !== undefined && /[aeiouy]/.test(bare)) cut = bare.replace(/([^aeiouylsz])\1$/, '$1');
  return cut.length > 4 && cut.endsWith('e') ? cut.slice(0, -1) : cut;
}
