// Which names look like others, or mix scripts as no word does: the letters that people take for Latin ones (security row 33).

/** Letters of other scripts, and rare Latin ones, that most fonts draw like a Latin one (Unicode TR 39, the everyday part of its table). */
const DRAWN_LIKE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: 'аɑα',
    b: 'Ьƅ',
    c: 'сϲⅽ',
    d: 'ԁⅾ',
    e: 'еҽ',
    g: 'ɡց',
    h: 'һհ',
    i: 'іıιɩ',
    j: 'јϳ',
    k: 'κк',
    l: 'ӏⅼן',
    m: 'ⅿм',
    n: 'ոп',
    o: 'оοօσ௦',
    p: 'рρ',
    q: 'ԛզ',
    r: 'гᴦ',
    s: 'ѕꜱ',
    t: 'тτ',
    u: 'υսц',
    v: 'ѵνⅴ',
    w: 'ԝա',
    x: 'хχⅹ',
    y: 'уүγ',
    z: 'ᴢ',
    A: 'АΑᎪ',
    B: 'ВΒᏴ',
    C: 'СϹᏟ',
    D: 'Ꭰ',
    E: 'ЕΕᎬ',
    F: 'Ϝ',
    G: 'ԌᏀ',
    H: 'НΗᎻ',
    I: 'ІΙӀ',
    J: 'ЈᎫ',
    K: 'КΚᏦ',
    L: 'Ꮮ',
    M: 'МΜᎷ',
    N: 'Ν',
    O: 'ОΟՕ',
    P: 'РΡᏢ',
    S: 'ЅՏᏚ',
    T: 'ТΤᎢ',
    V: 'ѴᏙ',
    W: 'ԜᎳ',
    X: 'ХΧ',
    Y: 'ҮΥ',
    Z: 'ΖᏃ',
  }).flatMap(([latin, others]) => [...others].map((other) => [other, latin] as const)),
);

/** What a name looks like, in plain letters where there are any; equal for names that look the same. */
export function lookOf(name: string): string {
  return [...name.normalize('NFKC')].map((letter) => DRAWN_LIKE.get(letter) ?? letter).join('');
}

/** The letters for which the look of a name differs from the name. */
export function disguisedLetters(name: string): readonly string[] {
  return [...name].filter((letter) => lookOf(letter) !== letter);
}

const SCRIPTS: Readonly<Record<string, RegExp>> = {
  latin: /\p{Script=Latin}/u,
  cyrillic: /\p{Script=Cyrillic}/u,
  greek: /\p{Script=Greek}/u,
  armenian: /\p{Script=Armenian}/u,
  cherokee: /\p{Script=Cherokee}/u,
  georgian: /\p{Script=Georgian}/u,
  hebrew: /\p{Script=Hebrew}/u,
  arabic: /\p{Script=Arabic}/u,
};

/**
 * The letters of the scripts that a word mixes, but for those of the first: none where it mixes none. Chinese, Japanese and Korean stand
 * beside Latin letters every day; a Greek letter that looks like no Latin one (`Δx`) is mathematics.
 */
export function mixedLetters(name: string): readonly string[] {
  const letters = [...name].filter((letter) => /\p{L}/u.test(letter));
  const scriptOf = (letter: string) =>
    Object.keys(SCRIPTS).find((script) => SCRIPTS[script]?.test(letter) === true) ?? null;
  const counts = new Map<string, number>();
  for (const letter of letters) {
    const script = scriptOf(letter);
    const isSymbol = script === 'greek' && lookOf(letter) === letter;
    if (script !== null && !isSymbol) counts.set(script, (counts.get(script) ?? 0) + 1);
  }
  if (counts.size < 2) return [];
  // Latin is what a reader believes to see.
  const plain = counts.has('latin') ? 'latin' : [...counts.keys()][0];
  return letters.filter((letter) => {
    const script = scriptOf(letter);
    return script !== null && script !== plain && counts.has(script);
  });
}
