// Which commit a `{ref}` in a path means.
import type { Call } from './routes.ts';

/** A SHA, or the head branch's name. */
export function commitOf(call: Call): string {
  const ref = call.parameters.ref as string;
  return ref === call.state.repository.headBranch ? call.state.repository.head() : ref;
}
