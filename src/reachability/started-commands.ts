// Commands that scripts of a package.json start when the program runs: their names need not be those of the packages that bring them.
import type { SettingFile } from './setting-index.ts';

const SCRIPTS = /"scripts"\s{0,99}:\s{0,99}\{/g;
const SCRIPT = /\s{0,999}"([^"\\\n]{1,200})"\s{0,9}:\s{0,9}"((?:[^"\\\n]|\\.){0,4000})"\s{0,999},?/dy;
const STARTED = /^(?:start|serve|prod|server|worker|preinstall|install|postinstall)/;
const RUNS_SCRIPT =
  /\b(?:(?:npm|pnpm|yarn|bun)\s{1,9}(?:run(?:-script)?\s{1,9})?|run-[sp]\s{1,9}|npm-run-all2?\s{1,9})((?:-{1,2}[\w-]{1,40}\s{1,9}){0,9}[\w:.-]{1,100}(?:\s{1,9}[\w:.-]{1,100}){0,9})/g;
/** They come with the system or with Node.js, or load only what is named behind them. */
const OWN =
  /^(?:node|npm|npx|yarn|pnpm|bun|bunx|deno|echo|cd|rm|cp|mv|mkdir|sh|bash|exit|true|false|test|set|export|cat|sleep|exec|env|python3?|docker|git|make|\[|\.{0,2}\/.*|if|then|else|fi|:)$/;
/** They start the word behind them. */
const BEFORE =
  /^(?:npx|bunx|cross-env(?:-shell)?|dotenv|exec|time|env|(?:(?:npm|pnpm|yarn)\s{1,9}(?:exec|dlx)))\s{1,9}(?:-{1,2}[\w-]{1,40}\s{1,9}){0,9}/;
const BIN = /(?:^|[\s"'=])(?:\.{0,2}\/)?node_modules\/\.bin\/([\w.-]{1,100})/g;

/** Sources that may start a command. */
export const STARTS_PROGRAMS = /\b(?:child_process|execa|spawn|shelljs|cross-spawn|zx)\b/;

interface Script {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Scripts that start what runs, and those that they run themselves. */
export function startedScripts(text: string): readonly Script[] {
  const all = new Map<string, Script[]>();
  SCRIPTS.lastIndex = 0;
  if (SCRIPTS.exec(text) === null) return [];
  SCRIPT.lastIndex = SCRIPTS.lastIndex;
  for (let match = SCRIPT.exec(text); match !== null; match = SCRIPT.exec(text)) {
    const [name = '', value = ''] = match.slice(1);
    const [start, end] = match.indices?.[2] ?? [match.index, SCRIPT.lastIndex];
    const list = all.get(name);
    if (list === undefined) all.set(name, [{ name, value, start, end }]);
    else list.push({ name, value, start, end });
  }
  const names = new Set([...all.keys()].filter((name) => STARTED.test(name)));
  const found: Script[] = [];
  for (const name of names)
    for (const script of all.get(name) ?? []) {
      found.push(script);
      for (const [, run = ''] of script.value.matchAll(RUNS_SCRIPT))
        for (const word of run.split(/\s+/)) if (all.has(word)) names.add(word);
    }
  return found;
}

/** Offsets of commands that are not known, and not named like a package that the manifest asks for. */
export function startedCommands(
  { text }: SettingFile,
  isKnown: (command: string) => boolean,
): readonly number[] {
  return startedScripts(text).flatMap(({ value, start }) =>
    value
      .split(/&&|\|\||[;|&]/)
      .map((part) => commandOf(part))
      // A package of that name is looked for by its name.
      .filter((word) => word !== '' && !OWN.test(word) && !isKnown(word) && !text.includes(`"${word}":`))
      .map(() => start),
  );
}

function commandOf(part: string): string {
  // Of what stands in brackets as of the rest.
  let rest = part.replace(/[(){}]/g, ' ').trim();
  for (let turn = 0; turn < 4; turn++) {
    const bare = rest.replace(/^(?:\w+=\S*\s+)+/, '').replace(BEFORE, '');
    if (bare === rest) break;
    rest = bare;
  }
  const [word = ''] = rest.split(/\s+/);
  return word.replace(/^(?:\.{0,2}\/)?node_modules\/\.bin\//, '');
}

/** Commands of packages that an image or a shell script starts: `npx kit`, `node_modules/.bin/kit`. */
export function packageCommands(text: string): readonly { readonly word: string; readonly start: number }[] {
  const starts =
    /\b(?:npx|bunx|(?:pnpm|yarn|npm)\s{1,9}(?:exec|dlx))["']?,?\s{1,9}["']?(?:-{1,2}[\w-]{1,40}["']?,?\s{1,9}["']?){0,9}([\w.-]{1,100})(?!\/)/g;
  return [starts, BIN].flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({ word: match[1] ?? '', start: match.index })),
  );
}
