// Reads git objects by id through one long-lived `git cat-file --batch`.
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Socket } from 'node:net';
import { AssayError } from '../../domain/errors.ts';
import { type GitSession, startGit } from './run-git.ts';

export type ObjectOutcome =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'too_large'; readonly size: number }
  /** Not in this clone. */
  | { readonly kind: 'absent' };

interface Request {
  readonly id: string;
  readonly cap: number;
  readonly resolve: (outcome: ObjectOutcome) => void;
  readonly reject: (error: AssayError) => void;
}

/** A body that is being received; `chunks` is null when it is too large and only counted. */
interface Body {
  readonly size: number;
  readonly chunks: Buffer[] | null;
  left: number;
}

const LF = 0x0a;

/** Requests are answered in order. The process keeps nobody alive while it has nothing to answer, and ends with `close()`. */
export class ObjectReader {
  readonly #session: GitSession;
  readonly #requests: Request[] = [];
  #process: ChildProcessWithoutNullStreams | null = null;
  #header = '';
  #body: Body | null = null;

  constructor(session: GitSession) {
    this.#session = session;
  }

  /** @param id a full object id: a name could hold an LF and ask for another object */
  read(id: string, cap: number): Promise<ObjectOutcome> {
    if (!/^[0-9a-f]{40,64}$/.test(id)) return Promise.reject(new RangeError(`not an object id: ${id}`));
    return new Promise((resolve, reject) => {
      this.#process ??= this.#start();
      this.#requests.push({ id, cap, resolve, reject });
      keepAlive(this.#process, true);
      this.#process.stdin.write(`${id}\n`);
    });
  }

  async close(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (running === null) return;
    const ended = new Promise((resolve) => running.once('close', resolve));
    keepAlive(running, true);
    running.stdin.end();
    running.kill();
    await ended;
  }

  #start(): ChildProcessWithoutNullStreams {
    const started = startGit(this.#session, ['cat-file', '--batch']);
    started.stdout.on('data', (chunk: Buffer) => this.#receive(chunk));
    started.stderr.resume();
    // EPIPE when git ends early; "close" reports it.
    started.stdin.on('error', () => {});
    started.on('error', (cause) => this.#fail(started, cause));
    started.on('close', (code) => this.#fail(started, new Error(`exit code ${String(code)}`)));
    return started;
  }

  #receive(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      rest = this.#body === null ? this.#receiveHeader(rest) : this.#receiveBody(this.#body, rest);
    }
    if (this.#requests.length === 0 && this.#process !== null) keepAlive(this.#process, false);
  }

  /** `<id> <type> <size>` or `<id> missing` (git-cat-file(1), BATCH OUTPUT). */
  #receiveHeader(chunk: Buffer): Buffer {
    const end = chunk.indexOf(LF);
    this.#header += chunk.toString('latin1', 0, end === -1 ? chunk.length : end);
    if (end === -1) return chunk.subarray(chunk.length);
    const size = /^[0-9a-f]+ [a-z]+ (\d+)$/.exec(this.#header)?.[1];
    this.#header = '';
    if (size === undefined) {
      this.#requests.shift()?.resolve({ kind: 'absent' });
    } else {
      const fits = Number(size) <= (this.#requests[0]?.cap ?? 0);
      this.#body = { size: Number(size), chunks: fits ? [] : null, left: Number(size) + 1 };
    }
    return chunk.subarray(end + 1);
  }

  /** The object's bytes and one LF. */
  #receiveBody(body: Body, chunk: Buffer): Buffer {
    const part = chunk.subarray(0, body.left);
    body.left -= part.length;
    body.chunks?.push(part);
    if (body.left === 0) {
      this.#body = null;
      this.#requests
        .shift()
        ?.resolve(
          body.chunks === null
            ? { kind: 'too_large', size: body.size }
            : { kind: 'bytes', bytes: Buffer.concat(body.chunks).subarray(0, body.size) },
        );
    }
    return chunk.subarray(part.length);
  }

  #fail(ended: ChildProcessWithoutNullStreams, cause: unknown): void {
    // A reader that was closed may have been asked again meanwhile: the new process answers.
    if (this.#process !== null && this.#process !== ended) return;
    this.#process = null;
    this.#body = null;
    this.#header = '';
    const error = new AssayError('repository', 'git cat-file ended before it had answered.', {
      hint: `Run "git fsck" in ${this.#session.folder}.`,
      cause,
    });
    for (const request of this.#requests.splice(0)) request.reject(error);
  }
}

/** Whether Node waits for the process and its pipes before it exits. */
function keepAlive(child: ChildProcessWithoutNullStreams, waits: boolean): void {
  const streams = [child.stdin, child.stdout, child.stderr].filter((stream) => stream instanceof Socket);
  for (const handle of [child, ...streams]) {
    if (waits) handle.ref();
    else handle.unref();
  }
}
