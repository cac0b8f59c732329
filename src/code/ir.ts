// The language-neutral form of source code: what every lowering makes and the one evaluator reads. Plain data, spans instead of syntax nodes.

/** Where a node stands. Lines and columns 1-based, columns in UTF-16 code units, ends exclusive in columns and offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The file it is a place of, where that is not the one at hand. */
  readonly file?: SourceText;
}

/** What is quoted of a file. */
export interface SourceText {
  readonly path: string;
  readonly lines: readonly string[];
}

/** A constant of the source. `char` holds a one-character string of languages that tell characters from strings. */
export type Constant =
  | { readonly kind: 'string' | 'char'; readonly value: string }
  | { readonly kind: 'int' | 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'null'; readonly value: null };

export interface Argument {
  readonly value: Expression;
  /** Keyword of a named argument, else null. */
  readonly name: string | null;
}

interface Node {
  readonly span: Span;
}

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '//'
  | '%'
  | '**'
  | '.'
  | '&'
  | '|'
  | '^'
  | '<<'
  | '>>'
  | '>>>'
  | '=='
  | '!='
  | '==='
  | '!=='
  | '<'
  | '<='
  | '>'
  | '>='
  | '&&'
  | '||'
  | '??'
  | 'in'
  | 'not in'
  | '?';

export type Expression =
  | (Node & { readonly kind: 'constant'; readonly constant: Constant })
  | (Node & { readonly kind: 'name'; readonly name: string })
  | (Node & { readonly kind: 'member'; readonly object: Expression; readonly name: string })
  | (Node & { readonly kind: 'index'; readonly object: Expression; readonly index: Expression })
  | (Node & { readonly kind: 'slice'; readonly object: Expression; readonly bounds: readonly Expression[] })
  | CallExpression
  | (Node & {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Node & {
      readonly kind: 'unary';
      readonly operator: '!' | '-' | '+' | '~';
      readonly operand: Expression;
    })
  | (Node & {
      readonly kind: 'ternary';
      readonly condition: Expression;
      readonly consequence: Expression;
      readonly otherwise: Expression;
    })
  /** Text with expressions in it: interpolation, adjacent literals, template strings. */
  | (Node & { readonly kind: 'template'; readonly parts: readonly Expression[] })
  | (Node & { readonly kind: 'list'; readonly elements: readonly Expression[] })
  | (Node & {
      readonly kind: 'map';
      readonly entries: readonly { readonly key: Expression; readonly value: Expression }[];
    })
  | (Node & { readonly kind: 'lambda'; readonly definition: FunctionDefinition })
  /** `operator` is null for a plain assignment, else the binary operator of a compound one. */
  | (Node & {
      readonly kind: 'assign';
      readonly target: Expression;
      readonly operator: BinaryOperator | null;
      readonly value: Expression;
    })
  | (Node & {
      readonly kind: 'update';
      readonly target: Expression;
      readonly delta: 1 | -1;
      readonly prefix: boolean;
    })
  | (Node & { readonly kind: 'cast'; readonly type: string; readonly operand: Expression })
  | (Node & { readonly kind: 'type_test'; readonly operand: Expression; readonly binds: string | null })
  | (Node & { readonly kind: 'spread'; readonly operand: Expression })
  /** Comprehensions and generator expressions: elements of an iterable, transformed. */
  | (Node & {
      readonly kind: 'comprehension';
      readonly iterables: readonly Expression[];
      readonly names: readonly string[];
      readonly body: readonly Expression[];
    })
  | (Node & { readonly kind: 'await'; readonly operand: Expression })
  | (Node & { readonly kind: 'regex'; readonly pattern: string })
  /** `&x`, `ref x`, `out x`: whoever gets it may change `x`. */
  | (Node & { readonly kind: 'reference'; readonly operand: Expression })
  | (Node & { readonly kind: 'dereference'; readonly operand: Expression })
  | (Node & { readonly kind: 'sequence'; readonly items: readonly Expression[] })
  /** A `switch` used for its value; its arms are statements that `yield`. */
  | (Node & {
      readonly kind: 'match';
      readonly subject: Expression;
      readonly arms: readonly { readonly labels: readonly Expression[] | null; readonly value: Expression }[];
    })
  /** Syntax that the lowering does not know: `what` is the grammar's node type, `names` every identifier in it. */
  | (Node & {
      readonly kind: 'unknown';
      readonly what: string;
      readonly names: readonly string[];
      readonly children: readonly Expression[];
    });

export interface CallExpression extends Node {
  readonly kind: 'call';
  /** The called expression; for `new T(…)` a name or member chain of the type. */
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
  readonly isNew: boolean;
}

export interface SwitchCase {
  /** Null for the default case; a label that is not a plain value is lowered as `unknown`. */
  readonly labels: readonly Expression[] | null;
  /** An extra condition (`case x if c`), or null. */
  readonly guard: Expression | null;
  readonly body: readonly Statement[];
  readonly span: Span;
}

export interface CatchClause {
  readonly name: string | null;
  readonly body: readonly Statement[];
  readonly span: Span;
}

export type Statement =
  | DeclareStatement
  | (Node & { readonly kind: 'expression'; readonly expression: Expression })
  | (Node & {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly consequence: Statement;
      readonly otherwise: Statement | null;
    })
  | (Node & {
      readonly kind: 'loop';
      readonly init: readonly Statement[];
      readonly condition: Expression | null;
      readonly step: readonly Expression[];
      readonly body: Statement;
      /** The body runs before the condition is first asked. */
      readonly bodyFirst: boolean;
      readonly orElse: Statement | null;
    })
  | (Node & {
      readonly kind: 'foreach';
      readonly targets: readonly Expression[];
      readonly declares: boolean;
      readonly iterable: Expression;
      readonly body: Statement;
      readonly orElse: Statement | null;
    })
  | (Node & {
      readonly kind: 'switch';
      readonly subject: Expression | null;
      readonly cases: readonly SwitchCase[];
      readonly fallsThrough: boolean;
    })
  | (Node & { readonly kind: 'return'; readonly value: Expression | null })
  | (Node & { readonly kind: 'break' | 'continue'; readonly label: string | null })
  | (Node & { readonly kind: 'throw'; readonly value: Expression | null })
  | (Node & {
      readonly kind: 'try';
      readonly resources: readonly Statement[];
      readonly body: Statement;
      readonly catches: readonly CatchClause[];
      readonly orElse: Statement | null;
      readonly finalizer: Statement | null;
    })
  /** A scope that closes something at its end, or runs later (`defer`). */
  | (Node & { readonly kind: 'defer'; readonly expression: Expression })
  | (Node & { readonly kind: 'block'; readonly body: readonly Statement[]; readonly scoped: boolean })
  | (Node & { readonly kind: 'function'; readonly definition: FunctionDefinition })
  | (Node & { readonly kind: 'class'; readonly definition: ClassDefinition })
  | (Node & {
      readonly kind: 'labeled';
      readonly label: string;
      readonly body: Statement;
      readonly isJumpTarget: boolean;
    })
  | (Node & { readonly kind: 'goto'; readonly label: string })
  /** Python `global` and `nonlocal`, PHP `global`: names of this scope that live elsewhere. */
  | (Node & { readonly kind: 'outer_names'; readonly names: readonly string[] })
  | (Node & { readonly kind: 'nothing'; readonly what: 'comment' | 'import' | 'type' | 'empty' })
  | (Node & { readonly kind: 'unknown'; readonly what: string; readonly children: readonly Statement[] });

export interface DeclareStatement extends Node {
  readonly kind: 'declare';
  readonly name: string;
  /** As written, without generic arguments; null when the language or the code gives none. */
  readonly type: string | null;
  readonly value: Expression | null;
  /** `final`, `const`: never assigned again. */
  readonly isConstant: boolean;
  readonly scope: 'block' | 'function';
  /** An array whose storage is the variable itself (C). */
  readonly isArray: boolean;
}

export interface Parameter {
  readonly name: string;
  readonly type: string | null;
  readonly defaultValue: Expression | null;
  /** Annotation or decorator names, as written. */
  readonly annotations: readonly string[];
}

export type FunctionKind = 'function' | 'method' | 'constructor' | 'lambda' | 'initializer' | 'module';

export interface FunctionDefinition extends Node {
  /** Empty for a lambda without a name. */
  readonly name: string;
  readonly kind: FunctionKind;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
  readonly annotations: readonly string[];
  /** A name that is assigned here belongs to this function unless declared otherwise (Python, PHP, Ruby methods). */
  readonly ownsAssigned: boolean;
}

export interface FieldDefinition extends Node {
  readonly name: string;
  readonly type: string | null;
  readonly value: Expression | null;
  readonly isStatic: boolean;
  readonly isConstant: boolean;
  readonly isPrivate: boolean;
}

export interface ClassDefinition extends Node {
  readonly name: string;
  readonly supers: readonly string[];
  readonly fields: readonly FieldDefinition[];
  readonly methods: readonly FunctionDefinition[];
  readonly classes: readonly ClassDefinition[];
}

/** One imported thing: `local` is the name this file uses, `path` what it stands for, with dots. */
export interface Import {
  readonly local: string;
  readonly path: string;
  readonly span: Span;
}

/** A file, lowered. `body` is what runs when it is loaded, definitions included. */
export interface Module {
  readonly imports: readonly Import[];
  /** Packages of star imports. */
  readonly stars: readonly string[];
  /** Names that the preprocessor may replace (C, C++). */
  readonly macros: readonly string[];
  readonly body: readonly Statement[];
}
