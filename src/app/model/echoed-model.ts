// The model that a provider says answered, beside the one that was asked for: another one is told, and decides nothing (security row 48).
import type { ModelName } from '#domain/model.ts';

/**
 * Whether `echoed`, as the provider wrote it, may be the model that was asked for. Providers answer an alias with a dated snapshot of
 * it, gateways put the vendor before the name, and servers of one's own name the file that they loaded. '' is a provider that does not
 * say. On Azure a deployment has any name: what answers there tells nothing.
 */
export function isAskedModel({ provider, name }: ModelName, echoed: string): boolean {
  if (echoed.trim() === '' || provider === 'azure') return true;
  const [asked, told] = [namesIn(name), namesIn(echoed)];
  if (asked.date !== null && told.date !== null && asked.date !== told.date) return false;
  if (asked.stem === told.stem) return true;
  // `gemini-flash-latest`, answered by `gemini-2.5-flash-…`.
  if (asked.isLatest) return holdsInOrder(told.stem.split('-'), asked.stem.split('-'));
  return told.isFile && told.stem.startsWith(`${asked.stem}-`);
}

const MOST_SHOWN = 80;
const NOTHING_TO_SHOW = 'another name';

/**
 * `echoed` as it may be shown: the provider wrote it, so it is hostile text. Letters, digits and `._:/@-` stay, up to 80 of them; a question
 * mark stands for everything else, and for each piece that some reader could make a link or a command of.
 */
export function showEchoed(echoed: string): string {
  const shown = echoed
    .slice(0, 1000)
    .replace(/[^A-Za-z0-9._:/@-]+/g, ' ')
    .split(' ')
    .map((piece) => (/\/\/|^www\.|^:|--/i.test(piece) || !/[a-z0-9]/i.test(piece) ? '' : piece))
    .join('?')
    .replace(/\?{2,}/g, '?');
  if (!/[a-z0-9]/i.test(shown)) return NOTHING_TO_SHOW;
  return shown.length > MOST_SHOWN ? `${shown.slice(0, MOST_SHOWN)}…` : shown;
}

interface NameParts {
  /** Without folders, date and what stands for the newest; one dash for each mark between words. */
  readonly stem: string;
  /** Digits alone. */
  readonly date: string | null;
  readonly isLatest: boolean;
  readonly isFile: boolean;
}

/** `2026-03-01`, `20260301`, `0613`, `001`: what vendors put behind the name of a model for one state of it. */
const DATE = /[-@:](\d{4}-?\d{2}-?\d{2}|\d{2}-\d{4}|\d{2}-\d{2}|\d{3,4})$/;
const FILE = /\.(gguf|bin|safetensors|ggml|llamafile)$/;

function namesIn(text: string): NameParts {
  const name = text
    .trim()
    .toLowerCase()
    .replace(/[/\\]+$/, '');
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const isFile = FILE.test(last) || /^([/\\.~]|[a-z]:[\\/])/.test(name);
  const plain = last
    .replace(FILE, '')
    // Amazon's names: region and vendor before, version behind.
    .replace(/^(?:[a-z]{2,6}\.)?(?:ai21|amazon|anthropic|cohere|deepseek|meta|mistral|openai|qwen)\./, '')
    .replace(/-v\d+(?::\d+)?$/, '')
    .replace(/:(?:free|nitro|floor|online|thinking|extended|beta)$/, '');
  const isLatest = /[-:]latest$/.test(plain);
  const undated = plain.replace(/[-:]latest$/, '');
  const date = DATE.exec(undated)?.[1]?.replaceAll('-', '') ?? null;
  const stem = undated
    .replace(DATE, '')
    .replace(/[-_.:@\s]+/g, '-')
    // `claude-opus-4-0` is what answers as `claude-opus-4-20250514`.
    .replace(/(-\d+)-0$/, '$1');
  return { stem, date, isLatest, isFile };
}

function holdsInOrder(words: readonly string[], wanted: readonly string[]): boolean {
  let at = 0;
  for (const word of words) if (word === wanted[at]) at += 1;
  return at === wanted.length;
}
