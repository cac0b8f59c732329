// Lets what this process asks of hosts go through the proxy that the environment names, as curl and git do.
import { setGlobalProxyFromEnv } from 'node:http';
import { AssayError } from '../../domain/errors.ts';

/** In the order in which node and curl prefer them. */
const NAMES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY'] as const;

/**
 * Applies HTTP_PROXY, HTTPS_PROXY and NO_PROXY (lower case too) to every request of this process from now on, through node's own
 * support (nodejs.org/api/http.html#httpsetglobalproxyfromenvproxyenv). An own CA needs nothing here: node reads NODE_EXTRA_CA_CERTS when it starts.
 * As with curl, requests to this machine go through it too unless NO_PROXY names it. Returns how to undo it. Throws AssayError `configuration`
 * for a proxy's address that is none, without the address: it may hold a password.
 */
export function useProxyOf(variables: Readonly<Record<string, string | undefined>>): () => void {
  const settings: Record<string, string> = {};
  for (const name of NAMES) {
    const value = variables[name];
    if (value !== undefined && value !== '') settings[name] = value;
  }
  if (settings.http_proxy === undefined && settings.HTTP_PROXY === undefined) {
    if (settings.https_proxy === undefined && settings.HTTPS_PROXY === undefined) return () => {};
  }
  try {
    return setGlobalProxyFromEnv(settings);
  } catch {
    throw new AssayError(
      'configuration',
      'The address of the proxy in HTTPS_PROXY or HTTP_PROXY is no URL.',
      {
        hint: 'Write it as http://host:port.',
      },
    );
  }
}
