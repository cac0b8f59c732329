// One exchange over node's own http client, whose connection goes to the addresses that were checked and to no others (security row 28).
import { lookup } from 'node:dns';
import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { isIPv6, type LookupFunction } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** Answers that may not hold a body (fetch.spec.whatwg.org: null body status). */
const WITHOUT_BODY: ReadonlySet<number> = new Set([101, 103, 204, 205, 304]);
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** As a fetch does, what came is read of a body that ends early; that it ended early the connection tells. */
const LENIENT = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };

export interface PinnedPlace {
  /** What the name stands for, and may be asked; empty when the name is an address, or was not known here. */
  readonly addresses: readonly string[];
  /** Throws for addresses that are never asked: for a name that is known only when the connection is made. */
  readonly check: (addresses: readonly string[]) => void;
  readonly signal: AbortSignal;
}

/** Thrown for an answer that leads elsewhere. */
export class RedirectAnswer extends Error {
  override readonly name = 'RedirectAnswer';
}

/**
 * The answer to `request`, unpacked. The global fetch asks for a name again when it connects, and may be told another address than the one
 * that was checked. Behind a proxy the name is the proxy's to resolve. Throws what the signal was aborted with, what `check` throws, and
 * otherwise a TypeError like fetch's own.
 */
export async function sendPinned(request: Request, place: PinnedPlace): Promise<Response> {
  const { signal } = place;
  signal.throwIfAborted();
  const body = request.body === null ? null : Buffer.from(await request.arrayBuffer());
  const answer = await exchange(request, body, place).catch((error: unknown) => {
    throw signal.aborted ? signal.reason : asFetchError(error);
  });
  const status = answer.statusCode ?? 0;
  if (REDIRECTS.has(status)) {
    answer.destroy();
    throw new RedirectAnswer('the answer is a redirect');
  }
  try {
    return new Response(WITHOUT_BODY.has(status) ? skipped(answer) : webBody(answer), {
      status,
      statusText: answer.statusMessage ?? '',
      headers: headersOf(answer),
    });
  } catch (error) {
    answer.destroy();
    throw asFetchError(error);
  }
}

function exchange(request: Request, body: Buffer | null, place: PinnedPlace): Promise<IncomingMessage> {
  const { signal } = place;
  const url = new URL(request.url);
  const options: RequestOptions = {
    method: request.method,
    headers: {
      accept: '*/*',
      'accept-encoding': 'gzip, deflate, br',
      ...Object.fromEntries(request.headers),
      ...(body === null ? {} : { 'content-length': body.byteLength }),
    },
    lookup: lookupOf(url.hostname, place),
  };
  return new Promise((settle, fail) => {
    const sent = (url.protocol === 'https:' ? https : http).request(url, options);
    let answer: IncomingMessage | null = null;
    const abort = () => {
      answer?.destroy(signal.reason);
      sent.destroy(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    sent.on('close', () => signal.removeEventListener('abort', abort));
    sent.on('error', fail);
    sent.on('response', (message) => {
      answer = message;
      settle(message);
    });
    sent.end(body ?? undefined);
  });
}

/** Asked for the proxy's name, too, which the operator chose. */
function lookupOf(host: string, { addresses, check }: PinnedPlace): LookupFunction {
  return (name, options, tell) => {
    const give = (found: readonly string[]) => {
      const all = found.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
      const [first] = all;
      if (options.all === true || first === undefined) tell(null, all);
      else tell(null, first.address, first.family);
    };
    if (name === host && addresses.length > 0) return give(addresses);
    lookup(name, { all: true }, (error, found) => {
      if (error !== null) return tell(error, '');
      const resolved = found.map(({ address }) => address);
      try {
        if (name === host) check(resolved);
      } catch (refusal) {
        return tell(refusal as Error, '');
      }
      give(resolved);
    });
  };
}

function webBody(answer: IncomingMessage): ReadableStream {
  const codings = (answer.headers['content-encoding'] ?? '').toLowerCase().split(',');
  const body = codings.reverse().reduce<Readable>((packed, coding) => unpack(packed, coding.trim()), answer);
  return Readable.toWeb(body) as WebStream as ReadableStream;
}

function unpack(packed: Readable, coding: string): Readable {
  const unpacker = unpackerOf(coding);
  // What breaks in one of both breaks the other; whoever reads hears of it.
  return unpacker === null ? packed : pipeline(packed, unpacker, () => {});
}

function unpackerOf(coding: string) {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(LENIENT);
    case 'deflate':
      return createInflate(LENIENT);
    case 'br':
      return createBrotliDecompress({
        flush: constants.BROTLI_OPERATION_FLUSH,
        finishFlush: constants.BROTLI_OPERATION_FLUSH,
      });
    default:
      return null;
  }
}

function skipped(answer: IncomingMessage): null {
  answer.resume();
  return null;
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  }
  return headers;
}

/** AssayErrors are thrown as they are: they say what is refused, and why. */
function asFetchError(error: unknown): unknown {
  if (error instanceof Error && error.name === 'AssayError') return error;
  // Of several addresses that were all tried, one reason is told.
  const cause = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  return new TypeError('fetch failed', { cause });
}
