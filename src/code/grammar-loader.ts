// Loads grammars when the first file of a language is met, once a process: the wasm runtime is shared by all of them.
import { Language as Grammar, Parser } from 'web-tree-sitter';
import type { Assets } from '../ports/assets.ts';
import { type Language, TRAITS } from './languages.ts';

let runtime: Promise<void> | null = null;

function startRuntime(assets: Assets): Promise<void> {
  runtime ??= assets.bytes('grammars/runtime.wasm').then((wasmBinary) => Parser.init({ wasmBinary }));
  return runtime;
}

/** A parser per language, made on first use. */
export class GrammarLoader {
  readonly #assets: Assets;
  readonly #parsers = new Map<string, Promise<Parser>>();

  constructor(assets: Assets) {
    this.#assets = assets;
  }

  parserFor(language: Language): Promise<Parser> {
    const { grammar } = TRAITS[language];
    let parser = this.#parsers.get(grammar);
    if (parser === undefined) {
      parser = this.#load(grammar);
      this.#parsers.set(grammar, parser);
    }
    return parser;
  }

  async #load(grammar: string): Promise<Parser> {
    await startRuntime(this.#assets);
    const parser = new Parser();
    parser.setLanguage(await Grammar.load(await this.#assets.bytes(`grammars/${grammar}.wasm`)));
    return parser;
  }
}
