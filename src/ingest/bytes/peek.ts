// Looks at the first bytes of a stream without losing them.

interface Failure {
  readonly error: unknown;
}

export interface Peeked {
  /** At least the bytes that were asked for, or all there are. */
  readonly head: Uint8Array;
  /** What ended the stream within the head, as `{ error }`; null when nothing did. `all` throws it behind the head. */
  readonly failure: Failure | null;
  /** The whole stream, the head included. Can be read once. */
  readonly all: AsyncIterable<Uint8Array>;
}

export async function peek(chunks: AsyncIterable<Uint8Array>, bytes: number): Promise<Peeked> {
  const iterator = chunks[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let length = 0;
  let failure: Failure | null = null;
  while (length < bytes) {
    try {
      const next = await iterator.next();
      if (next.done === true) break;
      pieces.push(next.value);
      length += next.value.length;
    } catch (error) {
      // What came before the fault is still worth reading; the fault follows it.
      failure = { error };
      break;
    }
  }
  return { head: Buffer.concat(pieces), failure, all: replay(pieces, failure, iterator) };
}

async function* replay(
  pieces: readonly Uint8Array[],
  failure: Failure | null,
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* pieces;
  if (failure !== null) throw failure.error;
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
}
