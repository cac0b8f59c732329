// Loads grammars when the first file of a language is met, once a process: the wasm runtime is shared by all of them.
import { Language as Grammar, Parser } from 'web-tree-sitter';
import type { Assets } from '../ports/assets.ts';
import { type Language, TRAITS } from './languages.ts';

let runtime: Promise<void> | null = null;

function startRuntime(assets: Assets): Promise<void> {
  runtime ??= assets.bytes('grammars/runtime.wasm').then((wasmBinary) => Parser.init({ wasmBinary }));
  return runtime;
}

/** By name. The runtime frees no grammar, so that loading one again for every run of a process would fill its table. */
const grammars = new Map<string, Promise<Grammar>>();

function loadGrammar(name: string, assets: Assets): Promise<Grammar> {
  let grammar = grammars.get(name);
  if (grammar === undefined) {
    grammar = startRuntime(assets)
      .then(() => assets.bytes(`grammars/${name}.wasm`))
      .then((bytes) => Grammar.load(bytes));
    grammars.set(name, grammar);
    // What could not be read is asked for again by the next run, which may have other assets.
    grammar.catch(() => grammars.delete(name));
  }
  return grammar;
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

  async #load(name: string): Promise<Parser> {
    const grammar = await loadGrammar(name, this.#assets);
    const parser = new Parser();
    parser.setLanguage(grammar);
    return parser;
  }
}
