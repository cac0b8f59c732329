// What a fetch throws → one of our failures; of foreign errors only their codes are repeated (security row 45).
import { codeSpan } from '../../support/escape-markdown.ts';
import { type Fault, faultOf } from './wire-fault.ts';

interface Explaining {
  readonly timeoutMs: number;
  readonly redact: (text: string) => string;
}

export function explainNetwork(error: unknown, { timeoutMs, redact }: Explaining): Fault {
  if (isNamed(error, 'TimeoutError')) {
    const text = `No whole answer came within ${Math.ceil(timeoutMs / 1000)} s.`;
    return faultOf('timeout', text, { worked: true });
  }
  if (isNamed(error, 'AssayError')) return explainBounds(error, redact);
  const code = codeOf(error);
  const told = code === null ? '' : `: ${codeSpan(code)}`;
  return faultOf('provider_down', `The connection to the provider failed${told}.`, { passing: true });
}

/** What the bounded fetch of the run refuses. An adapter knows no other adapter: it is told by its codes. */
function explainBounds(error: Error, redact: (text: string) => string): Fault {
  if (isNamed(error.cause, 'RedirectAnswer')) {
    return faultOf('redirect', 'The provider answered with a redirect, and none is followed.');
  }
  if ('code' in error && error.code === 'input') {
    // In our own words, where what is the server's is marked already.
    return faultOf('oversize', `More was answered than is read. ${redact(error.message)}`, { worked: true });
  }
  return faultOf('bad_request', `Nothing was sent. ${redact(error.message)}`);
}

function isNamed(error: unknown, name: string): error is Error {
  // DOMException is an Error in Node.
  return error instanceof Error && error.name === name;
}

const CODE = /^[A-Z][A-Z0-9_]{1,60}$/;

/** `ECONNREFUSED` and its like, from as deep as fetch hides them. */
function codeOf(error: unknown): string | null {
  let at = error;
  for (let depth = 0; depth < 5 && at instanceof Error; depth += 1) {
    if ('code' in at && typeof at.code === 'string' && CODE.test(at.code)) return at.code;
    at = at instanceof AggregateError && at.errors.length > 0 ? at.errors[0] : at.cause;
  }
  return null;
}
