// Commands that scripts of a package.json start when the program runs: their names need not be those of the packages that bring them.
import type { SettingFile } from './setting-index.ts';

const SCRIPT =
  /"(?:start|serve|prod\w*|server|worker|preinstall|install|postinstall)[\w:.-]*"\s{0,9}:\s{0,9}"((?:[^"\\\n]|\\.){1,1000})"/dg;
/** They come with the system or with Node.js, or load only what is named behind them. */
const OWN =
  /^(?:node|npm|npx|yarn|pnpm|bun|deno|echo|cd|rm|cp|mv|mkdir|sh|bash|exit|true|false|test|set|export|cat|sleep|exec|env|python3?|docker|git|make|\[|\.{0,2}\/.*|if|then|else|fi|:)$/;

/** Offsets of commands that are not known, and not named like a package that the manifest asks for. */
export function startedCommands({ text }: SettingFile): readonly number[] {
  const found: number[] = [];
  SCRIPT.lastIndex = 0;
  for (let match = SCRIPT.exec(text); match !== null; match = SCRIPT.exec(text)) {
    const [start] = match.indices?.[1] ?? [match.index];
    for (const part of (match[1] ?? '').split(/&&|\|\||[;|&]/)) {
      const word =
        part
          .trim()
          .split(/\s+/)
          .find((one) => !/^\w+=/.test(one)) ?? '';
      // A package of that name is looked for by its name.
      if (word !== '' && !OWN.test(word) && !text.includes(`"${word}":`)) found.push(start);
    }
  }
  return found;
}
