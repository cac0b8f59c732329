// The C functions that write into a buffer: which argument is the buffer, and what bounds what they write.

/** Positions of arguments; `size` bounds the bytes written. */
export type BufferCall =
  /** The bytes of `source` and a zero, from the start of the buffer or after its content. */
  | { readonly kind: 'copy'; readonly target: number; readonly source: number }
  | { readonly kind: 'append'; readonly target: number; readonly source: number }
  | { readonly kind: 'print'; readonly target: number; readonly format: number; readonly variadic: boolean }
  /** At most `size` bytes, the final zero among them. */
  | {
      readonly kind: 'bounded';
      readonly target: number;
      readonly size: number;
      readonly count: number | null;
      /** What is read beside it: nothing, a text up to its zero, or `size` bytes. */
      readonly reads: 'nothing' | 'text' | 'bytes';
      readonly source: number | null;
      /** Whether it always ends what it wrote with a zero. */
      readonly terminates: boolean;
    }
  /** At most `size` bytes and a zero after the content. */
  | {
      readonly kind: 'append bounded';
      readonly target: number;
      readonly source: number;
      readonly size: number;
    }
  | { readonly kind: 'scan'; readonly format: number }
  | { readonly kind: 'unbounded'; readonly target: number }
  | { readonly kind: 'length'; readonly source: number }
  /** What it needs or gives is not in the code. */
  | { readonly kind: 'asked'; readonly target: number | null };

interface Bounded {
  readonly reads?: 'text' | 'bytes';
  readonly source?: number;
  readonly terminates?: boolean;
  readonly count?: number;
}

function bounded(target: number, size: number, more: Bounded = {}): BufferCall {
  return {
    kind: 'bounded',
    target,
    size,
    count: more.count ?? null,
    reads: more.reads ?? 'nothing',
    source: more.source ?? null,
    terminates: more.terminates ?? false,
  };
}

const copy = { kind: 'copy', target: 0, source: 1 } as const;
const bytes = bounded(0, 2, { reads: 'bytes', source: 1 });
const text = bounded(0, 2, { reads: 'text', source: 1 });
const input = bounded(1, 2);

const CALLS: ReadonlyMap<string, BufferCall> = new Map<string, BufferCall>([
  ['strcpy', copy],
  ['stpcpy', copy],
  ['strcat', { kind: 'append', target: 0, source: 1 }],
  ['strncat', { kind: 'append bounded', target: 0, source: 1, size: 2 }],
  ['sprintf', { kind: 'print', target: 0, format: 1, variadic: true }],
  ['vsprintf', { kind: 'print', target: 0, format: 1, variadic: false }],
  ['snprintf', bounded(0, 1, { reads: 'text', terminates: true })],
  ['vsnprintf', bounded(0, 1, { reads: 'text', terminates: true })],
  ['fgets', bounded(0, 1, { terminates: true })],
  ['strncpy', text],
  ['stpncpy', text],
  ['strlcpy', { ...text, terminates: true } as BufferCall],
  ['memcpy', bytes],
  ['memmove', bytes],
  ['mempcpy', bytes],
  ['bcopy', bounded(1, 2, { reads: 'bytes', source: 0 })],
  ['memset', bounded(0, 2)],
  ['bzero', bounded(0, 1)],
  ['explicit_bzero', bounded(0, 1)],
  ['read', input],
  ['pread', input],
  ['recv', input],
  ['recvfrom', input],
  ['fread', bounded(0, 1, { count: 2 })],
  ['getcwd', bounded(0, 1, { terminates: true })],
  ['scanf', { kind: 'scan', format: 0 }],
  ['fscanf', { kind: 'scan', format: 1 }],
  ['sscanf', { kind: 'scan', format: 1 }],
  ['gets', { kind: 'unbounded', target: 0 }],
  ['strlen', { kind: 'length', source: 0 }],
]);

/** How a function writes; null for those whose need is only asked about. */
export function bufferCallOf(name: string): BufferCall | null {
  return CALLS.get(name) ?? null;
}
