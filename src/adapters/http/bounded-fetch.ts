// The one door to the network: a fetch with a pinned set of schemes, no redirects, a time limit and a size limit (security rows 28, 29).
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { AssayError } from '../../domain/errors.ts';
import { markOutside } from '../../support/mark-outside.ts';
import { refuseAddress, refuseResolved } from './refuse-address.ts';
import { RedirectAnswer, sendPinned } from './send-pinned.ts';

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_BODY_CAP = 64 * 1024 * 1024;
/** Lists are kept until they are whole: many answers below the limit fill the memory too. */
const DEFAULT_TOTAL_CAP = 512 * 1024 * 1024;
/** Answers that each end just in time would keep a job busy for hours. */
const DEFAULT_TOTAL_MS = 20 * 60_000;

export interface FetchBounds {
  /** The run's own: what it is aborted with is thrown as it is. */
  readonly signal: AbortSignal;
  /** For the whole exchange, the body included. Default 30 s. */
  readonly timeoutMs?: number;
  /** Lets http through to hosts other than this machine. Default false. */
  readonly allowHttp?: boolean;
  /** Bytes of an answer after decompression. Default 64 MiB. */
  readonly maxBodyBytes?: number;
  /** Bytes of all answers together. Default 512 MiB. */
  readonly maxTotalBytes?: number;
  /** Milliseconds of all exchanges together, waits between them left out. Default 20 minutes. */
  readonly maxTotalMs?: number;
  /** GitHub rejects requests without one (platforms D19). Default `assay`. */
  readonly userAgent?: string;
  /** The addresses that a name stands for. Default: the system's resolver. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
}

/**
 * A `fetch` that clients are given instead of the global one. Throws AssayError `configuration` for an address that is never asked and for
 * redirects, `input` for an answer that is too large, a DOMException `TimeoutError` when time is over, and otherwise what the global fetch would throw.
 */
export function createBoundedFetch(bounds: FetchBounds): typeof fetch {
  const timeoutMs = bounds.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const allowHttp = bounds.allowHttp ?? false;
  const cap = bounds.maxBodyBytes ?? DEFAULT_BODY_CAP;
  const left = {
    bytes: bounds.maxTotalBytes ?? DEFAULT_TOTAL_CAP,
    milliseconds: bounds.maxTotalMs ?? DEFAULT_TOTAL_MS,
  };
  const resolveNames = createResolver(bounds.resolve ?? askSystem);

  return async (input, init) => {
    bounds.signal.throwIfAborted();
    const request = new Request(input, { ...init, redirect: 'error' });
    const url = new URL(request.url);
    if (left.milliseconds <= 0) throw tooSlow(url);
    const start = performance.now();
    const spend = () => {
      left.milliseconds -= performance.now() - start;
    };
    refuse(url, refuseAddress(url, allowHttp));
    if (!request.headers.has('user-agent')) request.headers.set('user-agent', bounds.userAgent ?? 'assay');
    const signal = AbortSignal.any([bounds.signal, request.signal, AbortSignal.timeout(timeoutMs)]);
    const addresses = await unlessAborted(resolveNames(url.hostname), signal);
    const check = (found: readonly string[]) => refuse(url, refuseResolved(found, url, allowHttp));
    check(addresses);
    const response = await send(request, url, { addresses, check, signal }).catch((error: unknown) => {
      spend();
      throw error;
    });
    return capBody(response, { cap, left, spend, url });
  };
}

function refuse(url: URL, why: string | null): void {
  if (why === null) return;
  throw new AssayError('configuration', `The address ${named(url)} ${why}.`, {
    hint: 'Check the base address of the host; http needs --allow-http (in a job the input allow-http) unless it is this machine.',
  });
}

/**
 * Asks before each request, since a name may stand for another address each time; the connection goes to what was told here. A name that is not known here is left to the proxy that
 * knows it, and not asked for again: behind one every question may take seconds.
 */
function createResolver(ask: (host: string) => Promise<readonly string[]>) {
  const unknown = new Set<string>();
  return async (host: string): Promise<readonly string[]> => {
    if (unknown.has(host) || host.startsWith('[') || isIP(host) !== 0) return [];
    try {
      return await ask(host);
    } catch {
      unknown.add(host);
      return [];
    }
  };
}

async function askSystem(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((settle, fail) => {
    const abort = () => fail(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(settle, fail).finally(() => signal.removeEventListener('abort', abort));
  });
}

async function send(request: Request, url: URL, place: Parameters<typeof sendPinned>[1]): Promise<Response> {
  try {
    return await sendPinned(request, place);
  } catch (cause) {
    if (!(cause instanceof RedirectAnswer)) throw cause;
    throw new AssayError(
      'configuration',
      `The host ${named(url)} answered with a redirect; Assay follows none.`,
      {
        hint: 'Set the base address to the one that the host redirects to; a renamed repository needs its new name.',
        cause,
      },
    );
  }
}

interface BodyBounds {
  readonly cap: number;
  /** Of the run; counted down. */
  readonly left: { bytes: number };
  /** Called once, when the exchange is over. */
  readonly spend: () => void;
  readonly url: URL;
}

/** The answer with a body that ends in an error as soon as it is larger than `cap`, or than what is left for all answers. */
function capBody(response: Response, { cap, left, spend, url }: BodyBounds): Response {
  // A Response that is built has no address of its own, and clients read it.
  const addressed = (answer: Response) => Object.defineProperty(answer, 'url', { value: url.href });
  if (response.body === null) {
    spend();
    return addressed(response);
  }
  let seen = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      left.bytes -= chunk.byteLength;
      if (seen <= cap && left.bytes >= 0) return controller.enqueue(chunk);
      const message =
        seen > cap
          ? `The answer of ${named(url)} is larger than the ${cap} bytes that Assay reads.`
          : `The answers of ${named(url)} are together larger than Assay reads in one run.`;
      controller.error(new AssayError('input', message));
    },
    flush: spend,
  });
  const { status, statusText, headers } = response;
  return addressed(new Response(response.body.pipeThrough(counter), { status, statusText, headers }));
}

function tooSlow(url: URL): AssayError {
  return new AssayError(
    'input',
    `The answers of ${named(url)} together take longer than Assay waits in one run.`,
    {
      hint: 'Run the job again when the host answers faster; what was posted is found again.',
    },
  );
}

/** Only the origin: paths and queries may hold what is nobody's business. */
function named(url: URL): string {
  return markOutside(url.origin === 'null' ? url.protocol : url.origin);
}
