// The process as the application sees it: variables, streams, terminal, and signals as one AbortSignal.
import type { Environment } from '../app/environment.ts';

/** Also makes a closed stdout (`assay … | head`) end quietly. */
export function processEnvironment(allowFetch = false): Environment & { readonly cwd: string } {
  const { stdout, stderr, stdin, env } = process;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    variables: env,
    stdin,
    terminalWidth: stdout.isTTY ? stdout.columns : null,
    color: stdout.isTTY && stdout.hasColors() && !env.NO_COLOR,
    interactive: stderr.isTTY === true && !env.CI,
    signal: interruption(),
    allowFetch,
    cwd: standingPlace(env),
  };
}

/** `npm run assay` moves to the package's folder; INIT_CWD is where the user stood. */
function standingPlace(env: NodeJS.ProcessEnv): string {
  const throughNpmRun = env.npm_lifecycle_event === 'assay' && env.npm_package_name === 'assay';
  return (throughNpmRun ? env.INIT_CWD : undefined) ?? process.cwd();
}

/** The first signal asks for an orderly end, a second one ends at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      controller.abort();
      process.once(signal, () => process.exit(3));
    });
  }
  return controller.signal;
}
