// Evidence under construction: numbers the facts and keeps the open questions apart.
import type { Evidence, Fact, FactKind, Unknown, UnknownCode } from '#domain/evidence.ts';
import type { Citation } from '#domain/location.ts';
import type { OddName } from '#domain/odd-name.ts';

export class EvidenceDraft {
  language: string | null = null;
  enclosingFunction: Evidence['enclosingFunction'] = null;
  oddNames: readonly OddName[] = [];
  readonly #facts: Fact[] = [];
  readonly #unknowns: Unknown[] = [];

  fact(kind: FactKind, text: string, citations: readonly Citation[]): void {
    this.#facts.push({ id: `E${this.#facts.length + 1}`, kind, text, citations });
  }

  unknown(code: UnknownCode, text: string, citations: readonly Citation[] = []): void {
    if (this.#unknowns.some((known) => known.code === code && known.text === text)) return;
    this.#unknowns.push({ code, text, citations });
  }

  /** Every line that facts and open questions rest on. */
  get citations(): readonly Citation[] {
    return [...this.#facts, ...this.#unknowns].flatMap(({ citations }) => citations);
  }

  finish(): Evidence {
    return {
      language: this.language,
      enclosingFunction: this.enclosingFunction,
      facts: this.#facts,
      unknowns: this.#unknowns,
      ...(this.oddNames.length === 0 ? {} : { oddNames: this.oddNames }),
    };
  }
}
