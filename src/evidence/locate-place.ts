// A finding's lines in a file that is understood → the place that questions are asked about, with the file's evaluator.
import type { ScopedFinding } from '#domain/scoped-finding.ts';
import { UnitEvaluator } from '../code/evaluate/evaluate-function.ts';
import { TRAITS } from '../code/languages.ts';
import type { Program, RepositoryProgram } from '../code/program.ts';
import type { SourceUnit } from '../code/source-unit.ts';
import { walkStatements } from '../code/walk-ir.ts';
import type { Catalog } from './catalog.ts';
import type { WeaknessFamily } from './catalog-schema.ts';
import type { Place } from './place.ts';

/** Functions are evaluated once, however many batches a run asks about them in. */
const EVALUATORS = new WeakMap<Catalog, WeakMap<SourceUnit, UnitEvaluator>>();

const IN_PROGRAM = new WeakMap<Program, { version: number; evaluators: Map<SourceUnit, UnitEvaluator> }>();

/** What evaluates a file together with those that its program has loaded by now. */
function evaluatorIn(program: RepositoryProgram, catalog: Catalog, unit: SourceUnit): UnitEvaluator {
  let known = IN_PROGRAM.get(program);
  if (known === undefined || known.version !== program.version) {
    known = { version: program.version, evaluators: new Map() };
    IN_PROGRAM.set(program, known);
  }
  return (
    known.evaluators.get(unit) ??
    new UnitEvaluator(unit, catalog.language(unit.language).knowledge, program, known.evaluators)
  );
}

export function evaluatorOf(catalog: Catalog, unit: SourceUnit): UnitEvaluator {
  let evaluators = EVALUATORS.get(catalog);
  if (evaluators === undefined) {
    evaluators = new WeakMap();
    EVALUATORS.set(catalog, evaluators);
  }
  let evaluator = evaluators.get(unit);
  if (evaluator === undefined) {
    evaluator = new UnitEvaluator(unit, catalog.language(unit.language).knowledge);
    evaluators.set(unit, evaluator);
  }
  return evaluator;
}

export function locatePlace(
  finding: ScopedFinding,
  unit: SourceUnit,
  catalog: Catalog,
  program: RepositoryProgram | null = null,
): Place {
  const { startLine } = finding.location;
  const reported = Math.min(Math.max(finding.location.endLine, startLine), unit.lines.length);
  const endLine = endOfStatement(unit, startLine, reported);
  const families = familiesOf(finding, catalog.families);
  return {
    unit,
    evaluator: program === null ? evaluatorOf(catalog, unit) : evaluatorIn(program, catalog, unit),
    catalog: catalog.language(unit.language),
    families,
    // What excuses one kind of misuse says nothing of its neighbours.
    weaknesses: new Set([
      ...finding.cwe,
      ...families.filter((family) => !family.misuse).flatMap((family) => family.members),
    ]),
    isMisuse: families.some((family) => family.misuse),
    startLine,
    endLine,
    within: unit.functionAt(startLine, endLine) ?? unit.topLevel,
    finding,
  };
}

/** A report may name the line that a statement starts on, and mean the call that stands further down in it. */
function endOfStatement(unit: SourceUnit, startLine: number, endLine: number): number {
  if (TRAITS[unit.language].catalog === 'c' || unit.callsOn(startLine, endLine).length > 0) return endLine;
  const within = unit.functionAt(startLine, endLine) ?? unit.topLevel;
  let last = endLine;
  walkStatements(within.body, {
    statement: ({ kind, span }) => {
      const isSimple = kind === 'declare' || kind === 'expression' || kind === 'return';
      if (!isSimple || span.line !== startLine || span.endLine > startLine + LONGEST_STATEMENT) return;
      const holdsFunction = unit.functions.some(
        (one) => one.span.start > span.start && one.span.end <= span.end,
      );
      if (!holdsFunction) last = Math.max(last, span.endLine);
    },
  });
  return last;
}

/** Lines that such a statement may go on for. */
const LONGEST_STATEMENT = 8;

function familiesOf(finding: ScopedFinding, families: readonly WeaknessFamily[]): readonly WeaknessFamily[] {
  return families.filter((family) => family.members.some((member) => finding.cwe.includes(member)));
}
