// The slow, exact JSON reader: says what is wrong and where, and reads what JSON.parse is known to misread.
import { type Phrase, phrase } from '#domain/phrase.ts';
import { ReadFault } from '../read-fault.ts';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The first offence against RFC 8259 in `bytes`, or a key that stands twice in one object; null when there is none.
 * `offset` is where `bytes` starts in the document. Recurses, so the nesting must have been bounded before.
 */
export function inspectJson(bytes: Uint8Array, offset: number): ReadFault | null {
  try {
    readStrictly(bytes, offset);
    return null;
  } catch (error) {
    if (error instanceof ReadFault) return error;
    throw error;
  }
}

/** The value of a JSON text; throws the ReadFault that `inspectJson` gives. */
export function readStrictly(bytes: Uint8Array, offset: number): unknown {
  return new StrictReader(bytes, offset).document();
}

/** A fault for a byte that cannot stand where it stands; knows the usual mistakes by name. */
export function unexpectedByte(byte: number, expected: Phrase | string, offset: number): ReadFault {
  if (byte === 0x2f)
    return new ReadFault(
      'syntax',
      phrase`comments are not JSON`,
      offset,
      phrase`Remove the comments from the file.`,
    );
  if (byte === 0)
    return new ReadFault(
      'syntax',
      phrase`there is a NUL byte`,
      offset,
      phrase`The file is damaged or not text: write it again.`,
    );
  const shown =
    byte > 0x20 && byte < 0x7f
      ? `\`${String.fromCharCode(byte)}\``
      : phrase`the byte 0x${byte.toString(16).padStart(2, '0')}`;
  return new ReadFault(
    'syntax',
    phrase`found ${shown} where ${expected} was expected`,
    offset,
    phrase`The file is not valid JSON: write it again with the scanner.`,
  );
}

/** A fault for a text that stops too early. */
export function endedEarly(where: Phrase, offset: number): ReadFault {
  return new ReadFault(
    'ended',
    phrase`the file ends ${where}`,
    offset,
    phrase`The file is cut short: was the scanner stopped, or the disk full?`,
  );
}

const HEX = /^[0-9a-fA-F]{4}$/;
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

class StrictReader {
  readonly #bytes: Uint8Array;
  readonly #offset: number;
  #position = 0;

  constructor(bytes: Uint8Array, offset: number) {
    this.#bytes = bytes;
    this.#offset = offset;
  }

  document(): unknown {
    const value = this.#value();
    this.#space();
    if (this.#position < this.#bytes.length) throw this.#unexpected(phrase`the end of the value`);
    return value;
  }

  #value(): unknown {
    const byte = this.#next(phrase`a value`);
    if (byte === 0x7b) return this.#object();
    if (byte === 0x5b) return this.#array();
    return byte === 0x22 ? this.#string() : this.#scalar();
  }

  #object(): unknown {
    const members = new Map<string, unknown>();
    this.#position++;
    if (this.#take(0x7d)) return {};
    do {
      if (this.#next(phrase`a key`) !== 0x22) throw this.#unexpected(phrase`a key in double quotes`);
      const start = this.#position;
      const key = this.#string();
      if (members.has(key)) throw duplicateKey(key, this.#offset + start);
      if (!this.#take(0x3a)) throw this.#unexpected('`:`');
      members.set(key, this.#value());
    } while (this.#take(0x2c));
    if (!this.#take(0x7d)) throw this.#unexpected(phrase`\`,\` or \`}\``);
    // Defines its members, so that `__proto__` is one like any other.
    return Object.fromEntries(members);
  }

  #array(): unknown {
    const items: unknown[] = [];
    this.#position++;
    if (this.#take(0x5d)) return items;
    do items.push(this.#value());
    while (this.#take(0x2c));
    if (!this.#take(0x5d)) throw this.#unexpected(phrase`\`,\` or \`]\``);
    return items;
  }

  #string(): string {
    const start = this.#position++;
    for (;;) {
      const byte = this.#bytes[this.#position];
      if (byte === undefined) throw endedEarly(phrase`inside a string`, this.#offset + this.#bytes.length);
      if (byte < 0x20) throw this.#unexpected(phrase`a printable character or an escape`);
      if (byte === 0x5c) this.#escape();
      else this.#position++;
      if (byte === 0x22) break;
    }
    return JSON.parse(this.#text(start)) as string;
  }

  #escape(): void {
    const letter = this.#bytes[this.#position + 1];
    if (letter === 0x75) {
      const digits = Buffer.from(this.#bytes.subarray(this.#position + 2, this.#position + 6)).toString(
        'latin1',
      );
      if (!HEX.test(digits)) throw this.#unexpected(phrase`an escape such as ${'`\\u00e9`'}`);
      this.#position += 6;
    } else if (letter !== undefined && '"\\/bfnrt'.includes(String.fromCharCode(letter))) this.#position += 2;
    else throw this.#unexpected(phrase`a valid escape`);
  }

  #scalar(): unknown {
    const start = this.#position;
    while (
      this.#position < this.#bytes.length &&
      /[-+.0-9A-Za-z]/.test(String.fromCharCode(this.#bytes[this.#position] as number))
    )
      this.#position++;
    const text = this.#text(start);
    if (text === 'true' || text === 'false' || text === 'null' || NUMBER.test(text)) return JSON.parse(text);
    this.#position = start;
    throw this.#unexpected(phrase`a value`);
  }

  #text(start: number): string {
    try {
      return strictUtf8.decode(this.#bytes.subarray(start, this.#position));
    } catch {
      throw invalidUtf8(this.#offset + start);
    }
  }

  #space(): void {
    for (;;) {
      const byte = this.#bytes[this.#position];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.#position++;
    }
  }

  #next(expected: Phrase): number {
    this.#space();
    const byte = this.#bytes[this.#position];
    if (byte === undefined)
      throw endedEarly(phrase`where ${expected} was expected`, this.#offset + this.#bytes.length);
    return byte;
  }

  #take(wanted: number): boolean {
    this.#space();
    if (this.#bytes[this.#position] !== wanted) return false;
    this.#position++;
    return true;
  }

  #unexpected(expected: Phrase | string): ReadFault {
    const byte = this.#bytes[this.#position];
    if (byte === undefined)
      return endedEarly(phrase`where ${expected} was expected`, this.#offset + this.#position);
    return unexpectedByte(byte, expected, this.#offset + this.#position);
  }
}

/** A fault for a key that stands twice in one object. */
export function duplicateKey(key: string, offset: number): ReadFault {
  const shown = JSON.stringify(key.slice(0, 80));
  return new ReadFault(
    'duplicate_key',
    phrase`the key ${shown} stands twice in one object`,
    offset,
    phrase`Readers disagree on which one counts: keep one.`,
  );
}

/** A fault for bytes that are not UTF-8. */
export function invalidUtf8(offset: number): ReadFault {
  return new ReadFault(
    'encoding',
    phrase`there are bytes that are not UTF-8`,
    offset,
    phrase`Write the report as UTF-8.`,
  );
}
