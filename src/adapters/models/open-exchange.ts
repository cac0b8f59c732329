// The fetch that a vendor's client is given for one question: one origin, one time limit, one size limit, no redirects; whatever goes wrong is kept
// as a fault of ours, however the client wraps it (security rows 28–30, 45).
import { classifyAnswer } from './classify-answer.ts';
import { explainNetwork } from './explain-network.ts';
import { DEFAULT_TIMEOUT_MS, type ModelWire } from './model-wire.ts';
import { type Fault, faultOf, WireFault } from './wire-fault.ts';

/** Bytes of one answer. */
const MOST_ANSWER_BYTES = 1024 * 1024;

export interface Exchange {
  readonly fetch: typeof globalThis.fetch;
  /** What went wrong first; null so far. */
  fault(): Fault | null;
  /** What came over the wire so far, as text. */
  received(): string;
}

export interface ExchangeParts {
  /** Every request goes there, or nowhere. */
  readonly origin: string;
  readonly wire: ModelWire;
  /** Takes the keys, too, out of what the provider says. */
  readonly redact: (text: string) => string;
  /** Bytes of one answer. Default 1 MiB. */
  readonly mostBytes?: number;
  /** The body as it is sent; left out: as the client wrote it. */
  readonly rewrite?: (body: string) => string;
}

/** For one question: its time limit starts now. */
export function openExchange({
  origin,
  wire,
  redact,
  rewrite,
  mostBytes = MOST_ANSWER_BYTES,
}: ExchangeParts): Exchange {
  const timeoutMs = wire.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const signal = AbortSignal.any([wire.signal, AbortSignal.timeout(timeoutMs)]);
  let first: Fault | null = null;
  const kept: string[] = [];
  const fail = (fault: Fault): WireFault => {
    first ??= fault;
    return new WireFault(fault);
  };
  const broken = (error: unknown): WireFault => fail(explainNetwork(error, { timeoutMs, redact }));

  const ask: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== origin) {
      throw fail(faultOf('bad_request', 'A request to another address than the model’s was not sent.'));
    }
    const body = typeof init?.body === 'string' && rewrite !== undefined ? rewrite(init.body) : init?.body;
    const sent = { ...init, ...(body === undefined ? {} : { body }), redirect: 'manual' as const, signal };
    const answer = await unlessAborted(wire.fetch(url, sent), signal).catch((error: unknown) => {
      throw broken(error);
    });
    const counted = countBytes(answer.body, { signal, mostBytes, kept, broken, fail });
    if (answer.ok && streams(answer.headers)) return responseOf(answer, counted);
    const text = await new Response(counted).text();
    if (answer.ok) return responseOf(answer, text);
    throw fail(
      classifyAnswer(
        { status: answer.status, headers: answer.headers, body: text },
        { now: wire.now(), redact },
      ),
    );
  };
  return { fetch: ask, fault: () => first, received: () => kept.join('') };
}

function streams(headers: Headers): boolean {
  return /event-?stream/i.test(headers.get('content-type') ?? '');
}

function responseOf(
  { status, statusText, headers }: Response,
  body: string | ReadableStream<Uint8Array>,
): Response {
  const told = new Headers(headers);
  // The body is unpacked already, and cut to our measure.
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) told.delete(name);
  return new Response(body, { status, statusText, headers: told });
}

interface Counting {
  readonly signal: AbortSignal;
  readonly mostBytes: number;
  readonly kept: string[];
  readonly broken: (error: unknown) => WireFault;
  readonly fail: (fault: Fault) => WireFault;
}

/** The same bytes, ending in an error as soon as they are too many, too late, or broken off. */
function countBytes(body: ReadableStream<Uint8Array> | null, counting: Counting): ReadableStream<Uint8Array> {
  const { signal, mostBytes, kept, broken, fail } = counting;
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let seen = 0;
  const leave = (error: WireFault): never => {
    reader?.cancel(error).catch(() => undefined);
    throw error;
  };
  return new ReadableStream({
    pull: async (controller) => {
      const piece = await unlessAborted(
        reader?.read() ?? Promise.resolve({ done: true as const, value: undefined }),
        signal,
      ).catch((error: unknown) => leave(broken(error)));
      if (piece.value === undefined) return controller.close();
      seen += piece.value.byteLength;
      if (seen > mostBytes) {
        leave(
          fail(
            faultOf('oversize', `The answer is larger than the ${mostBytes} bytes that are read.`, {
              worked: true,
            }),
          ),
        );
      }
      kept.push(decoder.decode(piece.value, { stream: true }));
      controller.enqueue(piece.value);
    },
    cancel: (reason) => reader?.cancel(reason),
  });
}

/** A fetch that does not listen to its signal holds nobody up. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((settle, fail) => {
    const abort = () => fail(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(settle, fail).finally(() => signal.removeEventListener('abort', abort));
  });
}
