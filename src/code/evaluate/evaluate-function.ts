// The evaluator's front: evaluates a function once, with the constants of its surroundings, and says what it saw.
import type { Expression, FieldDefinition, FunctionDefinition, Statement } from '../ir.ts';
import { TRAITS } from '../languages.ts';
import { NO_PROGRAM, type Program } from '../program.ts';
import type { SourceUnit } from '../source-unit.ts';
import { walkStatements } from '../walk-ir.ts';
import type { ApiKnowledge } from './api-knowledge.ts';
import { Evaluation } from './evaluation.ts';
import { evaluateExpression } from './expressions.ts';
import { countBindings, mayBindAnyName } from './loose-names.ts';
import type { Scene, Semantics } from './scene.ts';
import { Session } from './session.ts';
import { runStatement, runStatements } from './statements.ts';
import { doubtful, isFixed, tainted, type Value, withDoubt, withStep } from './value.ts';
import { useOfVariables } from './variables.ts';

const SEMANTICS: Semantics<Evaluation> = {
  evaluate: evaluateExpression,
  execute: runStatement,
  executeAll: runStatements,
};

/** Evaluates the functions of one file, each once. */
export class UnitEvaluator {
  readonly #unit: SourceUnit;
  readonly #knowledge: ApiKnowledge;
  readonly #results = new Map<FunctionDefinition, Evaluation>();
  readonly #fields = new Map<FieldDefinition, Value | null>();
  #memberWrites: ReadonlySet<string> | null = null;

  readonly #program: Program;
  readonly #others: Map<SourceUnit, UnitEvaluator>;

  constructor(
    unit: SourceUnit,
    knowledge: ApiKnowledge,
    program: Program = NO_PROGRAM,
    others = new Map<SourceUnit, UnitEvaluator>(),
  ) {
    this.#unit = unit;
    this.#knowledge = knowledge;
    this.#program = program;
    this.#others = others;
    others.set(unit, this);
  }

  /** The evaluator of another file of the same program. */
  of(unit: SourceUnit): UnitEvaluator {
    return this.#others.get(unit) ?? new UnitEvaluator(unit, this.#knowledge, this.#program, this.#others);
  }

  get program(): Program {
    return this.#program;
  }

  /** The evaluation of a function that another one calls, before anything has run. */
  inner(definition: FunctionDefinition, context: string, session: Session): Evaluation {
    return this.#evaluation(definition, context, session);
  }

  #evaluation(definition: FunctionDefinition, context = '', session = new Session()): Evaluation {
    return new Evaluation(this.#unit, definition, this.#knowledge, this.scene, context, session);
  }

  /** What every function of this file sees around it. */
  readonly scene: Scene<Evaluation> = {
    outerNames: (name, within) => this.#lookUp(name, within),
    semantics: SEMANTICS,
    evaluatorOf: (unit) => this.of(unit),
    fieldOf: (field) => this.#fieldValue(field),
    classAt: (paths) => this.#program.classAt(this.#unit, paths),
    functionAt: (paths) => this.#program.functionAt(this.#unit, paths),
    moduleAt: (path) => this.#program.moduleAt(this.#unit, path),
    subtypesOf: (owner) => this.#program.subtypesOf(owner),
    resource: (name) => this.#program.resources.named(name, this.#unit.path),
    resourceVariants: (name) => this.#program.resources.variants(name),
  };

  evaluate(definition: FunctionDefinition): Evaluation {
    const known = this.#results.get(definition);
    if (known !== undefined) return known;
    const run = this.#evaluation(definition);
    this.#results.set(definition, run);
    this.#bindParameters(run);
    if (definition.kind === 'module' && this.#unit.language === 'php')
      run.state?.rewriteAll({
        kind: 'shared',
        text: 'a variable that the file that includes this one may set',
        span: { ...definition.span, endLine: 1 },
      });
    run.executeAll(definition.body);
    return run;
  }

  /** Functions around a definition, innermost first, ending with the file itself. */
  enclosing(definition: FunctionDefinition): readonly FunctionDefinition[] {
    if (definition === this.#unit.topLevel) return [];
    const around = this.#unit.functions.filter(
      ({ span }) =>
        span.start <= definition.span.start &&
        span.end >= definition.span.end &&
        span.end - span.start > definition.span.end - definition.span.start,
    );
    return [
      ...around.sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start)),
      this.#unit.topLevel,
    ];
  }

  #bindParameters(run: Evaluation): void {
    const { definition } = run;
    const callback = this.#callbackTypes(definition);
    for (const [position, parameter] of definition.parameters.entries()) {
      const given = callback?.[position];
      const types = [...run.typePaths(parameter.type), ...(given === undefined ? [] : [given])];
      const id = run.declare(parameter.name, 'function', definition.span, types);
      const source = this.#knowledge.parameterSource(definition, position, parameter.annotations);
      const name = definition.name === '' ? 'the function' : `\`${definition.name}\``;
      const doubt = {
        kind: 'parameter' as const,
        text: `the parameter \`${parameter.name}\` of ${name}`,
        span: definition.span,
      };
      const value =
        source === null ? doubtful(doubt, [], types) : { ...tainted(source, definition.span, []), types };
      run.store(id, value);
      run.parameters.set(parameter.name, value);
    }
  }

  /** What the function that this lambda is handed to will call it with. */
  #callbackTypes(definition: FunctionDefinition): readonly string[] | null {
    if (definition.kind !== 'lambda') return null;
    const [outer] = this.enclosing(definition);
    if (outer === undefined) return null;
    const callback = this.evaluate(outer).callbacks.get(definition);
    return callback === undefined ? null : this.#knowledge.callbackParameters(callback.paths);
  }

  #lookUp(name: string, within: FunctionDefinition): Value | null {
    const dot = name.lastIndexOf('.');
    if (dot >= 0) return this.#lookUpField(name.slice(dot + 1), name.slice(0, dot), within);
    // PHP functions see no variable of their surroundings, and a `global` one belongs to every file.
    if (this.#unit.language === 'php' && name.startsWith('$')) return null;
    let inner = within;
    for (const outer of this.enclosing(within)) {
      // Of the variables around it a Ruby block sees all, a method or a class body only constants.
      const isBlock = inner.kind === 'lambda' && !inner.ownsAssigned;
      if (this.#unit.language === 'ruby' && !isBlock && !/^[A-Z]/.test(name)) break;
      inner = outer;
      if (outer.parameters.some((parameter) => parameter.name === name))
        return this.#capturedParameter(name, outer);
      const use = useOfVariables(outer);
      if (use.own.has(name)) return this.#singleAssignment(name, outer);
    }
    return this.#lookUpField(name, null, within);
  }

  #capturedParameter(name: string, outer: FunctionDefinition): Value | null {
    if ((useOfVariables(outer).writes.get(name) ?? 0) > 0) return null;
    return this.evaluate(outer).parameters.get(name) ?? null;
  }

  /** A variable of the surroundings that is written exactly once, at a place that has been evaluated. */
  #singleAssignment(name: string, outer: FunctionDefinition): Value | null {
    if ((useOfVariables(outer).writes.get(name) ?? 0) !== 1) return null;
    if (this.#unit.language === 'ruby' && /^[A-Z]/.test(name) && this.#countWrites(name) > 1) return null;
    if (outer === this.#unit.topLevel && !(this.#isClosedToOthers(name) && this.#isBoundOnce(name, false)))
      return null;
    const run = this.evaluate(outer);
    const prefix = `${name}@`;
    for (const [key, value] of run.stored) {
      if (!key.startsWith(prefix)) continue;
      return value.isContainer
        ? withDoubt(value, {
            kind: 'captured',
            text: `\`${name}\`, a collection of the surroundings`,
            span: outer.span,
          })
        : value;
    }
    return null;
  }

  /** The text of the file agrees that nothing but its definition gives the name a value. */
  #isBoundOnce(name: string, isMember: boolean): boolean {
    const unit = this.#unit;
    const { catalog } = TRAITS[unit.language];
    return !mayBindAnyName(unit, catalog, isMember) && countBindings(unit, name) <= 1;
  }

  /** How often the file writes a name: a Ruby class may be opened again, and its constants set again or changed in place. */
  #countWrites(name: string): number {
    const definitions = [this.#unit.topLevel, ...this.#unit.functions];
    return definitions.reduce((sum, each) => sum + (useOfVariables(each).writes.get(name) ?? 0), 0);
  }

  /** Whether a top-level variable can only be assigned in this file. Go, C and C++ share theirs between files unless constant. */
  #isClosedToOthers(name: string): boolean {
    const { language } = this.#unit;
    if (language !== 'go' && language !== 'c' && language !== 'cpp') return true;
    return this.#unit.module.body.some((statement) => declaresConstant(statement, name));
  }

  #lookUpField(name: string, owner: string | null, within: FunctionDefinition): Value | null {
    const classes = this.#unit.classes
      .filter(({ span }) => span.start <= within.span.start && span.end >= within.span.end)
      .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start));
    if (owner !== null && !['this', 'self', '$this', 'static', '@'].includes(owner)) {
      const named = this.#unit.classes.filter(
        // A specialised template may have a field of the name too.
        (candidate) => candidate.name.replace(/<[\s\S]*$/, '') === owner,
      );
      const field =
        named.length === 1 ? named[0]?.fields.find((candidate) => candidate.name === name) : undefined;
      return field === undefined ? null : this.#fieldValue(field);
    }
    for (const candidate of owner === null ? classes : classes.slice(0, 1)) {
      const field = candidate.fields.find((entry) => entry.name === name);
      if (field !== undefined) return this.#fieldValue(field);
      // A superclass this file does not show may have a field of that name.
      if (candidate.supers.length > 0) return null;
    }
    return null;
  }

  #fieldValue(field: FieldDefinition): Value | null {
    const known = this.#fields.get(field);
    if (known !== undefined) return known;
    this.#fields.set(field, null);
    const value = this.#evaluateField(field);
    this.#fields.set(field, value);
    return value;
  }

  #evaluateField(field: FieldDefinition): Value {
    const run = this.#evaluation(this.#placeOf(field));
    const types = run.typePaths(field.type);
    const open = doubtful(
      { kind: 'field', text: `the field \`${field.name}\``, span: field.span },
      [],
      types,
    );
    if (field.value === null || !(field.isConstant || field.isPrivate)) return open;
    if (this.#writesOfMembers().has(field.name)) return open;
    if (!field.isConstant && !this.#isBoundOnce(field.name, true)) return open;
    const value = run.evaluate(field.value);
    if (value.isContainer) return { ...open, paths: value.paths, types: [...types, ...value.types] };
    if (!isFixed(value)) return { ...withStep(value, field.span), types: [...types, ...value.types] };
    return withStep({ ...value, types: [...value.types, ...types] }, field.span);
  }

  /** A stand-in function at the field's place, so that names in its initialiser resolve as they do there. */
  #placeOf(field: FieldDefinition): FunctionDefinition {
    return { ...this.#unit.topLevel, kind: 'initializer', body: [], span: field.span };
  }

  /** Names that are written as a member or as a name of no function, anywhere in the file. */
  #writesOfMembers(): ReadonlySet<string> {
    if (this.#memberWrites !== null) return this.#memberWrites;
    const written = new Set<string>();
    const note = (target: Expression): void => {
      if (target.kind === 'member' || target.kind === 'name') written.add(target.name);
      if (target.kind === 'index' || target.kind === 'slice') note(target.object);
      if (target.kind === 'list') for (const element of target.elements) note(element);
      if (target.kind === 'map') for (const entry of target.entries) note(entry.value);
      if (target.kind === 'spread') note(target.operand);
      if (target.kind === 'unknown') for (const name of target.names) written.add(name);
    };
    const visitor = {
      expression: (node: Expression) => {
        if (node.kind === 'assign' || node.kind === 'update') note(node.target);
        if (node.kind === 'reference') note(node.operand);
      },
      statement: (node: Statement) => {
        if (node.kind === 'foreach') for (const target of node.targets) note(target);
      },
    };
    walkStatements(this.#unit.module.body, visitor);
    for (const definition of this.#unit.functions) walkStatements(definition.body, visitor);
    this.#memberWrites = written;
    return written;
  }
}

function declaresConstant(statement: Statement, name: string): boolean {
  if (statement.kind === 'block') return statement.body.some((inner) => declaresConstant(inner, name));
  return statement.kind === 'declare' && statement.name === name && statement.isConstant;
}
