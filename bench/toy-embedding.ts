// A toy embedding for measuring and testing: letters in threes, hashed into a vector. It knows no meaning, only spelling, and is always the same.
import { createHash } from 'node:crypto';
import type { Embedded, EmbeddingModel } from '../src/ports/embedding-model.ts';

const DIMENSIONS = 256;

export function toyVector(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  const letters = [...` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `];
  for (let at = 0; at + 3 <= letters.length; at += 1) {
    const hash = createHash('sha256')
      .update(letters.slice(at, at + 3).join(''))
      .digest();
    const place = hash.readUInt16LE(0) % DIMENSIONS;
    vector[place] = (vector[place] ?? 0) + (hash.readUInt8(2) % 2 === 0 ? 1 : -1);
  }
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

export const TOY_EMBEDDING: EmbeddingModel = {
  id: 'toy/hashed-trigrams',
  embed: async (texts): Promise<Embedded> => ({
    kind: 'vectors',
    vectors: texts.map(toyVector),
    usage: { input: 0, cached: 0, output: 0 },
  }),
};
