// Which pieces are nearest in meaning to a question: every vector is looked at, which for some ten thousand takes milliseconds.
import { compare } from './fuse-ranks.ts';

/** Below this, two texts have hardly anything in common with any model. */
const LEAST = 0.25;
/** How far (in standard deviations) a piece must stand out from all others: models differ in what they call near. */
const STANDS_OUT = 3;
/** And by how much, where all are about as near: rounding is no nearness. */
const LEAST_AHEAD = 0.02;
/** From this on a piece is clearly nearer than the others are on the whole. */
const CLEARLY_AHEAD = 0.1;
/** Fewer pieces have no distribution to speak of. */
const FEWEST = 8;

export interface Near {
  readonly id: string;
  /** Cosine, −1 to 1. */
  readonly similarity: number;
  /** Clearly nearer than the other pieces are on the whole; never where there are no others to compare with. */
  readonly isClear: boolean;
}

/** Nearest first, ties by id, at most `limit`. Vectors of another length than the question's are passed over. */
export function nearestVectors(
  question: Float32Array,
  vectors: ReadonlyMap<string, Float32Array>,
  limit: number,
): readonly Near[] {
  const all: { readonly id: string; readonly similarity: number }[] = [];
  for (const [id, vector] of vectors) {
    if (vector.length === question.length) all.push({ id, similarity: cosine(question, vector) });
  }
  const floor = Math.max(LEAST, all.length < FEWEST ? LEAST : outstanding(all));
  const sum = all.reduce((total, { similarity }) => total + similarity, 0);
  return all
    .filter(({ similarity }) => similarity >= floor)
    .sort((a, b) => b.similarity - a.similarity || compare(a.id, b.id))
    .slice(0, limit)
    .map(({ id, similarity }) => {
      const others = (sum - similarity) / (all.length - 1);
      return { id, similarity, isClear: all.length > 1 && similarity - others >= CLEARLY_AHEAD };
    });
}

function outstanding(all: readonly Pick<Near, 'similarity'>[]): number {
  const mean = all.reduce((sum, { similarity }) => sum + similarity, 0) / all.length;
  const spread = all.reduce((sum, { similarity }) => sum + (similarity - mean) ** 2, 0) / all.length;
  return mean + Math.max(STANDS_OUT * Math.sqrt(spread), LEAST_AHEAD);
}

/** 0 where either has no length. */
function cosine(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  let lengthA = 0;
  let lengthB = 0;
  for (let index = 0; index < a.length; index += 1) {
    const x = a[index] ?? 0;
    const y = b[index] ?? 0;
    dot += x * y;
    lengthA += x * x;
    lengthB += y * y;
  }
  const length = Math.sqrt(lengthA * lengthB);
  return length > 0 && Number.isFinite(dot) ? dot / length : 0;
}
