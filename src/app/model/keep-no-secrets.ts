// Answers are kept on disk: one in which a secret stands, whoever told the model, is asked for again instead (security row 16).
import type { AnswerCache } from '#ports/answer-cache.ts';

/** The same cache, which does not keep what `redact` would change: an answer with a hole in it would be another answer. */
export function keepNoSecrets(cache: AnswerCache, redact: (text: string) => string): AnswerCache {
  return {
    get: (key) => cache.get(key),
    put: async (key, value) => {
      if (stringsIn(value).every((text) => redact(text) === text)) await cache.put(key, value);
    },
  };
}

function stringsIn(value: unknown): readonly string[] {
  const found: string[] = [];
  const pending = [value];
  while (pending.length > 0) {
    const one = pending.pop();
    if (typeof one === 'string') found.push(one);
    else if (typeof one === 'object' && one !== null)
      pending.push(...Object.keys(one), ...Object.values(one));
  }
  return found;
}
