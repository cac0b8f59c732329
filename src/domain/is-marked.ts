// Tells a comment that carries a marker from one that only quotes it: what is known again has it as its last line.

/** Whether `marker` ends `body`, behind nothing but white space and on a line of its own; line ends may be the host's. */
export function isMarked(body: string, marker: string): boolean {
  const text = body.trimEnd();
  return text.endsWith(marker) && /(?:^|[\r\n])$/.test(text.slice(0, text.length - marker.length));
}
