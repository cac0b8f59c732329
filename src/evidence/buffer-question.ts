// What would have to be known of a buffer that the code does not tell: one sentence that names both sides.
import { markOutside } from '#support/mark-outside.ts';
import type { Span } from '../code/ir.ts';
import { argumentSpan, arrayAt, type BufferSite, type Outcome, open, plural } from './buffer-site.ts';

/** An argument as written, with what it is where that helps. */
export function shownArgument(site: BufferSite, position: number): string {
  const value = site.call.arguments[position]?.value;
  if (value === undefined) return 'its argument';
  const shown = markOutside(site.unit.textOf(value.span), 60);
  const isParameter =
    value.kind === 'name' && site.within.parameters.some((parameter) => parameter.name === value.name);
  return isParameter ? `${shown} (parameter of \`${site.within.name}\`)` : shown;
}

function shownRoom(
  site: BufferSite,
  position: number,
): { readonly text: string; readonly spans: readonly Span[] } {
  const array = arrayAt(site, position);
  if (array === null) return { text: shownArgument(site, position), spans: [] };
  const written = array.isBytes && array.extent !== '' ? `the \`${array.extent}\` bytes of ` : '';
  const size = array.size === null ? written : `the ${plural(array.size)} of `;
  return { text: `${size}\`${array.name}\` (line ${array.span.line})`, spans: array.spans };
}

export function askFits(site: BufferSite, source: number | null, target: number): Outcome {
  const room = shownRoom(site, target);
  const what = source === null ? `what line ${site.call.span.line} writes` : shownArgument(site, source);
  return open(site, `Does ${what} fit into ${room.text}?`, room.spans);
}

export function askRoom(
  site: BufferSite,
  form: { readonly target: number; readonly source: number },
): Outcome {
  const room = shownRoom(site, form.target);
  return open(
    site,
    `Does ${shownArgument(site, form.source)} fit behind what ${room.text} already holds?`,
    room.spans,
  );
}

export function askLimit(
  site: BufferSite,
  form: { readonly target: number; readonly size: number; readonly count: number | null },
): Outcome {
  const room = shownRoom(site, form.target);
  const limit = site.unit.textOf(argumentSpan(site, form.count ?? form.size)).replace(/\s+/g, ' ');
  return open(site, `Are there at least \`${limit}\` bytes in ${room.text}?`, room.spans);
}

export function askEnds(site: BufferSite, position: number): string {
  return `Does ${shownArgument(site, position)} always end with a terminator?`;
}

export function askOnly(site: BufferSite, name: string): Outcome {
  const given = site.call.arguments.length === 0 ? '' : shownArgument(site, 0);
  if (name === 'getenv' || name === 'secure_getenv')
    return open(site, `How long is what \`${name}(${given.replaceAll('`', '')})\` returns?`);
  if (/^f?getc(har)?$/.test(name))
    return open(
      site,
      `Is what \`${name}\` returns stored in a buffer, and what keeps it from going past the end?`,
    );
  if (name === 'alloca') return open(site, `How large can ${given} get in \`alloca\`?`);
  const first = site.call.arguments.findIndex((_, position) => arrayAt(site, position) !== null);
  const room = first < 0 ? 'the buffer it is given' : shownRoom(site, first).text;
  return open(site, `Does what \`${name}\` writes fit into ${room}?`);
}
