// Whether everything open that a dangerous call is given was made harmless for its place in the text that comes of it.
import { formatStyle, formatText } from '../code/evaluate/format-text.ts';
import type { Doubt, Origin } from '../code/evaluate/value.ts';
import { compose } from '../code/evaluate/value-parts.ts';
import { isGenuine } from './genuine.ts';
import { isHarmless, isPlainBehind, mayContinueTag, pageBefore } from './harmless.ts';
import type { Place } from './place.ts';
import { isChangedLater, type Sink } from './sink.ts';

/** Earlier writes of the function may have opened what plain text cannot stand in. */
const OPENS_SCRIPT = /<(script|style)\b|["'](script|style)["']|\bon[a-z]+\s*=|javascript:/i;

/** Everything open in what the sink is given was made harmless for the place that it comes to. */
export function isProvedClean(sink: Sink, place: Place): boolean {
  const { entry, seen, values } = sink;
  const { context } = entry;
  return (
    context !== undefined &&
    seen.run.incomplete === null &&
    isGenuine(seen, place.unit) &&
    !(entry.changesLater && isChangedLater(sink)) &&
    !(context === 'html' && OPENS_SCRIPT.test(seen.run.unit.textOf(seen.run.definition.span))) &&
    // An argument that is quoted may still be read as an option.
    !(context === 'shell' && place.finding.cwe.includes(88)) &&
    values.length > 0 &&
    originsOf(sink).every(
      (origin) => isHarmless(origin, context) && !(context === 'html' && mayBeInTag(origin, sink)),
    )
  );
}

const FORMATS = /^(v?[fs]?n?printf(_s)?|format|formatted|Fprintf|Format)$/i;

/** Everything open that the sink is given, with what stands before it in the text that all arguments make together. */
function originsOf({ seen: { observation, run }, values }: Sink): readonly Origin[] {
  const { node } = observation;
  const callee = node.kind === 'call' ? node.callee : null;
  const name = callee?.kind === 'member' || callee?.kind === 'name' ? callee.name : '';
  const alone = values.flatMap((value) => [...value.doubts, ...value.taints]);
  if (values.length < 2) return alone;
  if (!FORMATS.test(name)) {
    const whole = compose(values, true);
    return [...whole.doubts, ...whole.taints];
  }
  const doubt: Doubt = { kind: 'call', text: 'a formatted number', span: node.span };
  const text = formatText(values, formatStyle(null, run.unit.language), doubt);
  if (text === null) return alone.map((origin) => ({ ...origin, before: null }));
  return [...text.doubts, ...text.taints].filter(({ span }) => span !== doubt.span);
}

/** Nothing of the page stands before it in the same write: an earlier one may have left a tag open. */
function mayBeInTag({ cleaned, before }: Origin, { seen: { observation, run } }: Sink): boolean {
  if (cleaned?.includes('number') === true || (before != null && /[<>]/.test(before))) return false;
  const { unit, definition } = run;
  const { node } = observation;
  const isPhp = unit.language === 'php';
  if (isPhp && !isPlainBehind(pageBefore(unit.text.slice(0, node.span.start)) + (before ?? ''))) return true;
  const code =
    unit.text.slice(definition.span.start, node.span.start) +
    unit.text.slice(node.span.end, definition.span.end);
  return mayContinueTag(code, isPhp && definition.kind === 'module');
}
