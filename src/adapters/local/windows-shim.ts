// What a .cmd file of a package manager would start: Node.js starts no .cmd without a shell, and a shell reads arguments its own way.

/** npm's and pnpm's cmd-shim, Corepack and yarn: the script stands before all arguments, `%*`, relative to the .cmd file. */
const TARGET = /"%(?:~dp0|dp0%)\\([^"%\r\n]{1,300}\.(?:js|cjs|mjs|exe))"[ \t]{1,8}%\*/gi;
/** npm's own: the script stands in a variable. */
const NAMED = /"%([A-Z_]{1,40})%"[ \t]{1,8}%\*/gi;
const SET = /^[ \t]{0,8}SET "([A-Z_]{1,40})=%~dp0\\([^"%\r\n]{1,300}\.(?:js|cjs|mjs))"/gim;

/** The path of the script or program, in segments relative to the folder of the .cmd file, `..` among them; null when it is another kind of file. */
export function shimTarget(text: string): readonly string[] | null {
  const target = [...text.matchAll(TARGET)].at(-1)?.[1] ?? namedTarget(text);
  return target?.split('\\') ?? null;
}

function namedTarget(text: string): string | undefined {
  const name = [...text.matchAll(NAMED)].at(-1)?.[1];
  return [...text.matchAll(SET)].find(([, own]) => own === name)?.[2];
}
