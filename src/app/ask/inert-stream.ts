// A model's answer on its way to a terminal, piece by piece: without power over it, without secrets, and with its citations checked.
import { toTerminal } from '../../support/escape-terminal.ts';

export interface InertStream {
  /** A piece as it came; what it is the end or the beginning of is waited for. */
  push(piece: string): void;
  /** Writes what was held back. */
  end(): void;
  /** Labels that were cited and exist, in order, each once. */
  readonly cited: readonly string[];
}

/** A sentence is shown when this much has come: a secret or a control sequence may be split over pieces, hardly over sentences. */
const PATIENCE = 160;
/** The most that is held back, and the most that is shown of one answer. */
const LONGEST_LINE = 4_000;
const LONGEST_ANSWER = 40_000;
const SENTENCE_END = /[.!?](?=\s)|[。！？；]/g;

/**
 * `known`: labels of what was shown to the model, for example `E1`, `K2`. A citation of anything else is marked as such by `unknown`.
 */
export function createInertStream(
  write: (text: string) => void,
  options: {
    readonly known: ReadonlySet<string>;
    readonly unknown: (label: string) => string;
    readonly redact: (text: string) => string;
  },
): InertStream {
  const cited: string[] = [];
  let held = '';
  let shown = 0;
  const show = (text: string, ending: string) => {
    if (shown > LONGEST_ANSWER) return;
    const checked = options
      .redact(text)
      .replace(/\[((?:[EK]\d{1,4})(?:\s*[,;]\s*[EK]\d{1,4})*)\]/g, (_, list: string) =>
        list
          .split(/\s*[,;]\s*/)
          .map((label) => {
            if (!options.known.has(label)) return `[${options.unknown(label)}]`;
            if (!cited.includes(label)) cited.push(label);
            return `[${label}]`;
          })
          .join(''),
      );
    const inert = toTerminal(checked) + ending;
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
