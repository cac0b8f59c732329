// What reading files of records finds, one after the other.

/** Text that may be a record, or why something could not be read, in a sentence. Names are set apart as outside text already, and open nothing. */
export type FoundText =
  | { readonly kind: 'text'; readonly name: string; readonly text: string }
  | { readonly kind: 'gap'; readonly why: string };
