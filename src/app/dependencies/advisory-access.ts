// The way to advisories for one run: adapters that are loaded only when the operator names a source.
import type { Log } from '#ports/log.ts';
import { createBoundedFetch } from '../../adapters/http/bounded-fetch.ts';
import { useProxyOf } from '../../adapters/http/use-proxy.ts';
import { createSleep } from '../../adapters/local/sleep.ts';
import type { Environment } from '../environment.ts';
import type { World } from '../world.ts';

const TIMEOUT_MS = 30_000;
/** One page of answers, or one record. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;
const MAX_TOTAL_MS = 30 * 60_000;

export function createAdvisoryAccess(
  environment: Pick<Environment, 'variables' | 'signal' | 'waiting'>,
  context: { readonly allowHttp: boolean; readonly cwd: string; readonly log: Log },
): World['openAdvisories'] {
  const { variables, signal } = environment;
  const timeoutMs = environment.waiting?.timeoutMs ?? TIMEOUT_MS;
  return async (where, isPrivate) => {
    const { openAdvisories } = await import('../../adapters/osv/open-advisories.ts');
    useProxyOf(variables);
    const wire = {
      fetch: createBoundedFetch({
        ...{ signal, timeoutMs, maxBodyBytes: MAX_BODY_BYTES, maxTotalMs: MAX_TOTAL_MS },
        allowHttp: context.allowHttp,
      }),
      sleep: environment.waiting?.sleep ?? createSleep(signal),
      now: Date.now,
      ...{ signal, variables, cwd: context.cwd, log: context.log },
    };
    return openAdvisories(where, wire, { skip: isPrivate });
  };
}
