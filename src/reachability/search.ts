// One ecosystem's sources and settings as they are asked about package after package: what loads it, and what may.
import { phrase } from '#domain/phrase.ts';
import type { DependencyProject, Requirement } from '#domain/project.ts';
import type { Workspace } from '#ports/workspace.ts';
import { markOutside } from '#support/mark-outside.ts';
import type { CodeIndex } from '../code/code-index.ts';
import { normaliseName } from '../versions/normalise-name.ts';
import { type CommandQuestion, commandGaps } from './command-gaps.ts';
import { commandMentions } from './command-mentions.ts';
import type { Doubt } from './doubt.ts';
import type { EcosystemRules } from './ecosystems/ecosystem.ts';
import { findGaps } from './find-gaps.ts';
import { findQuoted, type Mention } from './find-mentions.ts';
import type { SymbolRules } from './load-symbol-rules.ts';
import { type NpmCommands, readNpmCommands } from './npm-commands.ts';
import { reachedTests } from './reached-tests.ts';
import { blankRanges, type CodeText, citeOffset, readCode } from './read-code.ts';
import { isSettingOf, type SettingIndex } from './setting-index.ts';
import { firstWord, isStarted, mayInject, withoutRequirements } from './setting-mentions.ts';
import type { ImportHit, SourceFile, SourceIndex } from './source-index.ts';

/** What is known of the loading of one package by the sources of a project. */
export interface Loads {
  readonly names: readonly string[];
  /** Imports of sources that run, build configuration apart. */
  readonly runtime: readonly ImportHit[];
  readonly tooling: readonly ImportHit[];
  readonly tests: readonly ImportHit[];
  readonly types: readonly ImportHit[];
  /** Texts and settings that name it, guesses, ways around imports. */
  readonly doubts: readonly Doubt[];
}

export interface SearchParts {
  readonly rules: EcosystemRules;
  readonly sources: SourceIndex;
  readonly settings: SettingIndex;
  readonly code: CodeIndex;
  readonly symbols: SymbolRules;
  readonly workspace: Pick<Workspace, 'files' | 'read'>;
  readonly projects: readonly DependencyProject[];
}

/** Hits that are looked at one by one, for whether they stand in a comment. */
const MOST_CHECKED = 60;
const MOST_TEXTS = 64;

export class Search {
  readonly #parts: SearchParts;
  readonly #loads = new Map<string, Promise<Loads>>();
  readonly #texts = new Map<SourceFile, Promise<CodeText>>();
  readonly #commands = new Map<DependencyProject, Promise<NpmCommands>>();
  #reached: ReadonlySet<string> | null = null;

  constructor(parts: SearchParts) {
    this.#parts = parts;
  }

  get rules(): EcosystemRules {
    return this.#parts.rules;
  }

  get sources(): SourceIndex {
    return this.#parts.sources;
  }

  /** Where modules have dots, what stands behind one is part of another name. */
  get #isDotted(): boolean {
    return this.rules.ecosystem !== 'PyPI';
  }

  isLeaf(name: string): boolean {
    return this.#parts.symbols.isLeaf(this.rules.ecosystem, normaliseName(this.rules.ecosystem, name));
  }

  /** The last few are kept: one question looks at the same files again and again. */
  readCode(file: SourceFile): Promise<CodeText> {
    let known = this.#texts.get(file);
    if (known === undefined) {
      known = readCode(file.path, file.text, this.#parts.code);
      this.#texts.set(file, known);
      const [oldest] = this.#texts.keys();
      if (this.#texts.size > MOST_TEXTS && oldest !== undefined) this.#texts.delete(oldest);
    }
    return known;
  }

  /** @param isDevelopment settings of tools do not count, only what is started */
  loadsOf(
    name: string,
    project: DependencyProject,
    isOwn: (path: string) => boolean,
    isDevelopment: boolean,
  ): Promise<Loads> {
    const key = JSON.stringify([name, project.folder, isDevelopment]);
    let known = this.#loads.get(key);
    if (known === undefined) {
      known = this.#look(name, project, isOwn, isDevelopment);
      this.#loads.set(key, known);
    }
    return known;
  }

  async #look(
    name: string,
    project: DependencyProject,
    isOwn: (path: string) => boolean,
    isDevelopment: boolean,
  ): Promise<Loads> {
    const { rules, symbols, sources } = this.#parts;
    const asked = requirementsOf(project, name);
    const aliases = asked.flatMap(({ alias }) => alias ?? []);
    const known = rules.namesOf(name, symbols);
    const names = [
      ...new Set([
        ...known.names,
        ...aliases.map((one) => one.replace(/-/g, rules.ecosystem === 'crates.io' ? '_' : '-')),
      ]),
    ];
    const hits = names.flatMap((one) =>
      (sources.imports.get(rules.keyOf(one)) ?? []).filter(({ found }) => rules.covers(one, found.specifier)),
    );
    const verified = await this.#withoutComments([...new Set(hits)].filter(({ file }) => isOwn(file.path)));
    const directives = verified.filter(({ found }) => found.isDirective === true);
    const types = verified.filter(({ found }) => found.isTypeOnly);
    const real = verified.filter(({ found }) => !found.isTypeOnly && found.isDirective !== true);
    const isRuntime = ({ file }: ImportHit) =>
      file.role === 'runtime' || (file.role === 'test' && this.#isReachedTest(file.path));
    const runtime = real.filter(isRuntime);
    const tooling = real.filter(({ file }) => file.role === 'tooling');
    const doubts: Doubt[] = [];
    if (runtime.length === 0 && (isDevelopment || tooling.length === 0)) {
      const words = rules.wordsOf(name, names);
      doubts.push(
        ...(await this.#mentions(words, this.#askingLines(name), name, isOwn, isDevelopment, types)),
      );
      const commands = await this.#commandsOf(project);
      if (commands !== null)
        doubts.push(
          ...(await commandMentions(
            { ...this.#parts, readCode: (file) => this.readCode(file) },
            { name, commands: commands.of(name), isOwn, isDevelopment },
          )),
        );
      if (directives.length > 0 && !isDevelopment)
        doubts.push({
          text: phrase`${markOutside(name)} is named in a text or a setting, by which it may be loaded.`,
          citations: directives
            .slice(0, 3)
            .map(({ file, found }) => citeOffset(file.path, file.text, found.start)),
        });
      if (known.isGuess && !isDevelopment)
        doubts.push({
          text: phrase`It is not known by which name code loads ${markOutside(name)}; ${markOutside(names.join(', '))} was searched for.`,
          citations: [],
        });
      if (!isDevelopment && rules.loadedByOthers(name) === 'tool')
        doubts.push({
          text: phrase`${markOutside(name)} is of a kind that commands, settings or frameworks load without an import.`,
          citations: [],
        });
    }
    const tests = real.filter((hit) => hit.file.role === 'test' && !isRuntime(hit));
    return { names, runtime, tooling, tests, types, doubts };
  }

  /** Where any project asks for it, or says its version: that loads nothing, in this project or another. */
  #askingLines(name: string): readonly Requirement[] {
    return this.#parts.projects
      .filter(({ ecosystem }) => ecosystem === this.rules.ecosystem)
      .flatMap((one) => [...requirementsOf(one, name), ...(one.overrides ?? [])]);
  }

  #isReachedTest(path: string): boolean {
    this.#reached ??= reachedTests(this.#parts.sources, this.rules, this.#parts.settings);
    return this.#reached.has(path);
  }

  async #withoutComments(hits: readonly ImportHit[]): Promise<readonly ImportHit[]> {
    const kept: ImportHit[] = [];
    for (const [index, hit] of hits.entries()) {
      if (index >= MOST_CHECKED || hit.found.isDirective === true) kept.push(hit);
      else if (!(await this.readCode(hit.file)).isComment(hit.found.start)) kept.push(hit);
    }
    return kept;
  }

  async #mentions(
    words: readonly string[],
    asked: readonly Requirement[],
    name: string,
    isOwn: (path: string) => boolean,
    isDevelopment: boolean,
    types: readonly ImportHit[],
  ): Promise<readonly Doubt[]> {
    if (words.length === 0) return [];
    const { sources, settings, rules } = this.#parts;
    const found: Mention[] = [];
    for (const file of sources.files) {
      if (found.length >= 3) break;
      if (rules.directed?.test(file.path) === true) continue;
      const counts =
        file.role === 'runtime' || (file.role === 'tooling' && (!isDevelopment || mayInject(file, words)));
      const mention = counts && isOwn(file.path) ? await this.#mentionIn(file, words, types) : null;
      if (mention !== null) found.push(mention);
      // A template engine is loaded by the ending of what it renders.
      else if (counts && !isDevelopment && file.path.endsWith(`.${name}`))
        found.push({ path: file.path, text: file.text, start: 0 });
    }
    for (const file of settings.files) {
      if (found.length >= 3) break;
      if (!isSettingOf(file, rules)) continue;
      const text = withoutRequirements(file.path, file.text, asked, words);
      const start = firstWord(
        text,
        words,
        this.#isDotted,
        (at) => !isDevelopment || isStarted(file.path, text, at),
      );
      if (start >= 0) found.push({ path: file.path, text: file.text, start });
    }
    if (found.length === 0) return [];
    return [
      {
        text: phrase`${markOutside(name)} is named in a text or a setting, by which it may be loaded.`,
        citations: found.map(({ path, text, start }) => citeOffset(path, text, start)),
      },
    ];
  }

  /** Texts that name it besides its imports: some other way of loading it may begin there. */
  async mentionsBeside(loads: Loads, isOwn: (path: string) => boolean): Promise<readonly Mention[]> {
    if (this.rules.ecosystem === 'Maven') return this.#settingsNaming(loads.names);
    if (this.rules.ecosystem !== 'npm') return [];
    const imports = [...loads.runtime, ...loads.tooling, ...loads.types];
    const found: Mention[] = [];
    for (const file of this.#parts.sources.files) {
      if (found.length >= 3) break;
      if (file.role === 'test' || !isOwn(file.path) || this.rules.directed?.test(file.path) === true)
        continue;
      const mention = await this.#mentionIn(file, loads.names, imports);
      if (mention !== null) found.push(mention);
    }
    return found;
  }

  #settingsNaming(words: readonly string[]): readonly Mention[] {
    return this.#parts.settings.files.flatMap((file) => {
      const start = isSettingOf(file, this.rules) ? firstWord(file.text, words, true, () => true) : -1;
      return start < 0 ? [] : [{ ...file, start }];
    });
  }

  /** Outside of comments, and of imports that are gone when the program runs. */
  async #mentionIn(
    file: SourceFile,
    words: readonly string[],
    apart: readonly ImportHit[],
  ): Promise<Mention | null> {
    if (findQuoted(file, words, this.#isDotted) === null) return null;
    const { code } = await this.readCode(file);
    const erased = apart.filter((hit) => hit.file === file).map(({ found }) => found);
    const mention = findQuoted({ ...file, text: blankRanges(code, erased) }, words, this.#isDotted);
    return mention === null ? null : { ...mention, text: file.text };
  }

  /** Why a search for anything in this project has gaps. */
  async gaps(
    question: Omit<CommandQuestion, 'commands'>,
    names: readonly string[],
    gemfileIsExplicit: boolean,
  ): Promise<readonly Doubt[]> {
    return findGaps(
      { ...this.#parts, readCode: (file) => this.readCode(file) },
      { ...question, commands: await this.#commandsOf(question.project), names, gemfileIsExplicit },
    );
  }

  /** Commands that are started and may come with a package that development asks for. */
  async commandGaps(question: Omit<CommandQuestion, 'commands'>): Promise<readonly Doubt[]> {
    const commands = await this.#commandsOf(question.project);
    return commandGaps(this.rules, this.#parts, { ...question, commands });
  }

  #commandsOf(project: DependencyProject): Promise<NpmCommands> | null {
    if (this.rules.ecosystem !== 'npm') return null;
    let known = this.#commands.get(project);
    if (known === undefined) {
      known = readNpmCommands(project, this.#parts.workspace);
      this.#commands.set(project, known);
    }
    return known;
  }
}

export function requirementsOf(project: DependencyProject, name: string): readonly Requirement[] {
  const wanted = normaliseName(project.ecosystem, name);
  return project.requirements.filter((one) => normaliseName(project.ecosystem, one.name) === wanted);
}
