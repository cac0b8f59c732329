// What is said of a proposed fix that a run had no time for.
import type { PatchRefusal } from '#domain/patch.ts';
import { phrase, say } from '#domain/phrase.ts';
import { phraseBookOf } from './rung.ts';

/** @param most findings whose fixes a run tries */
export function notTried(tool: string, most: number, language: 'en' | 'zh-CN'): PatchRefusal {
  const why = phrase`Fixes are tried for ${most} findings of a run, the most severe ones; this one is not among them.`;
  return { origin: 'scanner', tool, failed: 'applies', why: say(why, phraseBookOf(language)) };
}
