// Looks over an XML text before any parser does: well nested, not too deep or large, and nothing in it that could define or fetch anything.
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { IngestLimits } from '../limits.ts';
import { ReadFault } from '../read-fault.ts';

const MEND = phrase`The file is not well-formed XML: write it again with the scanner.`;
const CUT_SHORT = phrase`The file is cut short: was the scanner stopped, or the disk full?`;
/** Names that every object of JavaScript answers to: `__proto__`, `constructor`, `toString` … */
const REFUSED_NAMES: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
]);
/** Characters of one text. The parser puts texts together one by one, which takes a hundred times their size. */
const MAXIMUM_TEXT = 2 * 1024 * 1024;
const MAXIMUM_ATTRIBUTES = 1_000;
const NAME = /^[\p{L}_:][\p{L}\p{N}\p{M}_:.\-·]*$/u;
const ATTRIBUTE = /\s*([^\s=<>"'/]+)\s*=\s*(?:"[^"<]*"|'[^'<]*')/y;

/** Throws ReadFault: `syntax`, `ended`, `depth`, `size`, or `structure` for a DOCTYPE and for refused names. `offset` is where `text` starts in the document. */
export function checkXml(text: string, offset: number, limits: IngestLimits): void {
  new XmlCheck(text, offset, limits).run();
}

class XmlCheck {
  readonly #text: string;
  readonly #offset: number;
  readonly #limits: IngestLimits;
  /** Names of the elements that are open. */
  readonly #open: string[] = [];
  #elements = 0;
  /** Of the text since the last tag: comments do not end it. */
  #textLength = 0;

  constructor(text: string, offset: number, limits: IngestLimits) {
    this.#text = text;
    this.#offset = offset;
    this.#limits = limits;
  }

  run(): void {
    const text = this.#text;
    let position = 0;
    for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', position)) {
      this.#checkBetween(position, at);
      position = this.#markup(at);
    }
    this.#checkBetween(position, text.length);
    if (this.#open.length > 0 || this.#elements === 0)
      throw this.#fault('ended', phrase`the file ends inside ${this.#place()}`, text.length, CUT_SHORT);
  }

  /** Handles what begins with `<`; gives the position behind it. */
  #markup(at: number): number {
    const text = this.#text;
    if (text.startsWith('<!--', at)) return this.#behind('-->', at + 4);
    if (text.startsWith('<![CDATA[', at)) {
      if (this.#open.length === 0) throw this.#unexpected(at);
      return this.#behind(']]>', at + 9);
    }
    if (text.startsWith('<?', at)) return this.#behind('?>', at + 2);
    this.#textLength = 0;
    if (text.startsWith('<!', at))
      throw this.#fault(
        'structure',
        phrase`there is a DOCTYPE or another declaration`,
        at,
        phrase`It could define entities or name other files, which are never read: remove it.`,
      );
    return text.startsWith('</', at) ? this.#close(at) : this.#start(at);
  }

  #close(at: number): number {
    const end = this.#behind('>', at + 2);
    const name = this.#text.slice(at + 2, end - 1).trimEnd();
    if (this.#open.pop() !== name) throw this.#unexpected(at);
    return end;
  }

  #start(at: number): number {
    const end = this.#tagEnd(at);
    const isEmpty = this.#text[end - 2] === '/';
    const inside = this.#text.slice(at + 1, end - (isEmpty ? 2 : 1));
    const name = /^[^\s/]*/.exec(inside)?.[0] ?? '';
    if (!NAME.test(name)) throw this.#unexpected(at);
    this.#refuseName(name, at);
    this.#checkAttributes(inside.slice(name.length), at);
    if (this.#open.length === 0 && this.#elements > 0) throw this.#unexpected(at);
    this.#elements++;
    if (this.#elements > this.#limits.elements)
      throw this.#tooMany(this.#limits.elements, phrase`elements`, at);
    if (this.#open.length >= this.#limits.depth)
      throw this.#fault(
        'depth',
        phrase`the XML is nested too deeply`,
        at,
        phrase`No scanner nests a report that deep: check how the file was made.`,
      );
    if (!isEmpty) this.#open.push(name);
    return end;
  }

  /** The position behind the `>` of a tag; one in a quoted value does not end it. */
  #tagEnd(at: number): number {
    const text = this.#text;
    const mark = /["'>]/g;
    mark.lastIndex = at;
    for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
      if (match[0] === '>') return mark.lastIndex;
      mark.lastIndex = this.#behind(match[0], mark.lastIndex);
    }
    throw this.#endedIn(at);
  }

  #checkAttributes(text: string, at: number): void {
    const names = new Set<string>();
    const attribute = new RegExp(ATTRIBUTE);
    const end = text.trimEnd().length;
    while (attribute.lastIndex < end) {
      const name = attribute.exec(text)?.[1];
      if (name === undefined || !NAME.test(name)) throw this.#unexpected(at);
      if (names.has(name))
        throw this.#fault(
          'duplicate_key',
          phrase`the attribute ${JSON.stringify(name.slice(0, 80))} stands twice in one element`,
          at,
          MEND,
        );
      this.#refuseName(name, at);
      names.add(name);
      if (names.size > MAXIMUM_ATTRIBUTES) throw this.#tooMany(MAXIMUM_ATTRIBUTES, phrase`attributes`, at);
    }
  }

  /** Only white space may stand outside of the root element, and no text may be endless. */
  #checkBetween(from: number, to: number): void {
    this.#textLength += to - from;
    if (this.#textLength > MAXIMUM_TEXT)
      throw this.#fault(
        'size',
        phrase`the text inside ${this.#place()} is larger than ${MAXIMUM_TEXT / 1024 / 1024} MiB`,
        from,
        phrase`No single result is that large: check how the file was made.`,
      );
    if (this.#open.length > 0) return;
    const odd = this.#text.slice(from, to).search(/[^\s\ufeff]/);
    if (odd !== -1) throw this.#unexpected(from + odd);
  }

  #refuseName(name: string, at: number): void {
    const local = name.slice(name.indexOf(':') + 1);
    if (!REFUSED_NAMES.has(local) && !REFUSED_NAMES.has(name)) return;
    throw this.#fault(
      'structure',
      phrase`there is an element or attribute called ${JSON.stringify(local)}`,
      at,
      MEND,
    );
  }

  #behind(mark: string, from: number): number {
    const at = this.#text.indexOf(mark, from);
    if (at === -1) throw this.#endedIn(from);
    return at + mark.length;
  }

  #tooMany(most: number, what: Phrase, at: number): ReadFault {
    return this.#fault(
      'size',
      phrase`there are more than ${most} ${what}`,
      at,
      phrase`Split the scan, for example by folder, and give the parts.`,
    );
  }

  #endedIn(at: number): ReadFault {
    return this.#fault(
      'ended',
      phrase`the file ends inside ${this.#place()}`,
      Math.max(at, this.#text.length),
      CUT_SHORT,
    );
  }

  #unexpected(at: number): ReadFault {
    return this.#fault('syntax', phrase`there is markup that cannot stand inside ${this.#place()}`, at, MEND);
  }

  #place(): Phrase | string {
    const name = this.#open.at(-1);
    return name === undefined ? phrase`the document` : `<${name.slice(0, 80)}>`;
  }

  #fault(code: ReadFault['code'], what: Phrase, at: number, hint: Phrase): ReadFault {
    return new ReadFault(code, what, this.#offset + Buffer.byteLength(this.#text.slice(0, at)), hint);
  }
}
