// A model's answer on its way to a terminal, piece by piece: without power over it, without secrets, and with its citations checked.
import { toTerminal } from '../../support/escape-terminal.ts';

export interface InertStream {
  /** A piece as it came; what it is the end or the beginning of is waited for. */
  push(piece: string): void;
  /** Writes what was held back. */
  end(): void;
  /** What was cited and exists, as it is shown, in order, each once. */
  readonly cited: readonly string[];
}

/** A sentence is shown when this much has come: a secret or a control sequence may be split over pieces, hardly over sentences. */
const PATIENCE = 160;
/** The most that is held back, and the most that is shown of one answer. */
const LONGEST_LINE = 4_000;
const LONGEST_ANSWER = 40_000;
const SENTENCE_END = /[.!?](?=\s)|[。！？；]/g;

/** `E1`, `K2`, the opaque id of a finding in a prompt, or what looks like an id of a result. */
const LABEL = /^(?:[EKF]\d{1,4}|f-[0-9a-f]{4,64}|[0-9a-f]{8,64})$/i;
/** In brackets of any kind; the opaque id of a finding, and the number of an item, without them too. */
const CITATIONS =
  /[[［【]\s*([^[\]［］【】\n]{1,200}?)\s*[\]］】]|(?<![\w-])f-[0-9a-f]{10}(?![\w-])|(?<![\w./-])[EK]\d{1,4}(?![\w-]|\.\w)/g;
/** `src/shop.js:12`, `shop.js:12-14`: a place in a file, as models write it in their prose. */
const PLACES = /(?<![\w/.:@-])((?:[\w.-]{1,80}\/){0,20}[\w.-]{1,80}\.[A-Za-z]\w{0,7}):(\d{1,7})(?![\w:])/g;
const BETWEEN = /\s*(?:[,;，、；]|\s(?:and|to)\s|[和至~–—]|(?<=\d)-(?=[EK]))\s*/;

/**
 * `known`: labels of what was shown to the model, for example `E1`, `K2`, and what each is shown as. A citation of anything else is
 * marked as such by `unknown`, in brackets or in the middle of a sentence.
 */
export function createInertStream(
  write: (text: string) => void,
  options: {
    readonly known: ReadonlyMap<string, string>;
    readonly unknown: (label: string) => string;
    /** Whether a line of a file was shown, or told of; without it places are left as they are. */
    readonly isPlace?: (path: string, line: number) => boolean;
    readonly redact: (text: string) => string;
  },
): InertStream {
  const cited: string[] = [];
  let held = '';
  let shown = 0;
  const told = (label: string): string => {
    const as = options.known.get(label);
    if (as === undefined) return `[${options.unknown(label)}]`;
    if (!cited.includes(as)) cited.push(as);
    return `[${as}]`;
  };
  // In one pass: what marks an unknown label is not looked at again.
  const checkCitations = (text: string) =>
    text.replace(CITATIONS, (whole, list: string | undefined) => {
      const labels = list === undefined ? [whole] : list.split(BETWEEN);
      return labels.every((label) => LABEL.test(label)) ? labels.map(told).join('') : whole;
    });
  const checkPlaces = (text: string) =>
    text.replace(PLACES, (whole, path: string, line: string) =>
      options.isPlace === undefined || options.isPlace(path, Number(line))
        ? whole
        : `[${options.unknown(whole)}]`,
    );
  const show = (text: string, ending: string) => {
    if (shown > LONGEST_ANSWER) return;
    const inert = toTerminal(checkPlaces(checkCitations(options.redact(text)))) + ending;
    shown += inert.length;
    write(inert);
  };
  const release = () => {
    for (let at = held.search(/[\r\n]/); at !== -1; at = held.search(/[\r\n]/)) {
      // A carriage return at the end may be half of a line end.
      if (held[at] === '\r' && at === held.length - 1) return;
      show(held.slice(0, at), '\n');
      held = held.slice(at + (held.startsWith('\r\n', at) ? 2 : 1));
    }
    if (held.length < PATIENCE) return;
    const ends = [...held.slice(0, LONGEST_LINE).matchAll(SENTENCE_END)];
    const last = ends.at(-1);
    if (last !== undefined && !held.includes('\u001b')) {
      show(held.slice(0, last.index + 1), '');
      held = held.slice(last.index + 1);
    } else if (held.length > LONGEST_LINE) {
      show(held, '\n');
      held = '';
    }
  };
  return {
    cited,
    push: (piece) => {
      held += piece;
      release();
    },
    end: () => {
      if (held !== '') show(held.replace(/[\r\n]+/g, ' '), '');
      held = '';
    },
  };
}
