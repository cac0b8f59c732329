// The checks of claims that may prove a finding, and of those that only help the reader.
import type { Expression, FunctionDefinition } from '../../code/ir.ts';
import { nameOf } from '../../code/read-expression.ts';
import { walkExpression, walkStatements } from '../../code/walk-ir.ts';
import { holding, lastName, opening, type Quoted, type Ruling, type Scene, struck } from './claim-scene.ts';
import { type Coverage, coverValues } from './cover-values.ts';
import { isAtPlace } from './place-values.ts';

/** `symbol` stands there as a call, a parameter or a value; it opens when it is known to be remote and on the way to the place. */
export function checkSource(quoted: Quoted, scene: Scene): Ruling {
  const { apis, place } = scene;
  const nodes = nodesOn(quoted).filter((node) => namesSymbol(node, quoted));
  const owners = quoted.unit.functions.filter(
    ({ parameters, span }) =>
      span.line <= quoted.endLine &&
      span.line >= quoted.startLine - 1 &&
      parameters.some(({ name }) => name === quoted.symbol),
  );
  if (nodes.length === 0 && owners.length === 0) return struck('no_source');
  if (place?.values == null) return holding('unknown_source');
  const way = coverValues(place.unit, place.values, []);
  const isHere = quoted.unit.path === place.unit.path;
  const isRemote = nodes.some(
    (node) =>
      apis.isSource(quoted.unit, node) && ((isHere && isOnWay(node, way)) || isReportedStep(quoted, scene)),
  );
  const isBound = owners.some(
    (owner) =>
      apis.isHandlerParameter(quoted.unit, owner.span.line, quoted.symbol) &&
      ((isHere && owner === place.within && way.met.has(quoted.symbol)) || isReportedStep(quoted, scene)),
  );
  return isRemote || isBound ? opening('source') : holding('unknown_source');
}

function namesSymbol(node: Expression, { symbol, claim }: Quoted): boolean {
  if (node.kind === 'call') {
    const { callee } = node;
    return (callee.kind === 'name' || callee.kind === 'member') && callee.name === symbol;
  }
  const name = nameOf(node);
  if (name !== null) return name === claim.symbol || name === symbol || lastName(name) === symbol;
  return (
    node.kind === 'index' &&
    nameOf(node.object) !== null &&
    lastName(nameOf(node.object) ?? '') === lastName(symbol.replace(/\[.*$/s, ''))
  );
}

/** The node itself, or the beginning of a chain (`req.query` of `req.query.id`), is a part of the values. */
function isOnWay({ span }: Expression, { spans }: Coverage): boolean {
  return spans.some(({ start, end }) => start === span.start && end >= span.end);
}

/** Calls, names and members on the quoted lines, wherever they stand in them. */
function nodesOn({ unit, startLine, endLine }: Quoted): readonly Expression[] {
  const found = new Set<Expression>();
  const visit = {
    expression: (node: Expression) => {
      if (node.span.line <= endLine && node.span.endLine >= startLine) found.add(node);
    },
  };
  const bodies: readonly Pick<FunctionDefinition, 'body'>[] = [unit.topLevel, ...unit.functions];
  for (const { body } of bodies) walkStatements(body, visit);
  for (const { fields } of unit.classes)
    for (const { value } of fields) if (value !== null) walkExpression(value, visit);
  return [...found];
}

/** The reported place holds a call, or an assignment, of that name. */
export function checkSink(quoted: Quoted, { place }: Scene): Ruling {
  if (place === null) return holding('place_unclear');
  if (quoted.unit.path !== place.unit.path) return struck('not_at_place');
  const { calls, constants } = quoted.syntax;
  const stands =
    calls.some(({ name, span }) => name === quoted.symbol && isAtPlace(place, span)) ||
    constants.some(({ name, span }) => lastName(name) === quoted.symbol && isAtPlace(place, span));
  return stands ? holding('sink') : struck('not_at_place');
}

/** The lines are a step of the reported flow, or hold a part of what the values at the place are made of. */
export function checkFlow(quoted: Quoted, scene: Scene): Ruling {
  const { place } = scene;
  if (isReportedStep(quoted, scene)) return holding('flow');
  if (place?.values == null || quoted.unit.path !== place.unit.path) return struck('not_on_way');
  const way = coverValues(place.unit, place.values, []);
  const passes = way.spans.some(({ line, endLine }) => line <= quoted.endLine && endLine >= quoted.startLine);
  return passes ? holding('flow') : struck('not_on_way');
}

function isReportedStep({ unit, startLine, endLine }: Quoted, scene: Scene): boolean {
  return scene.case.finding.flow.some(
    ({ location }) =>
      location.resolved &&
      location.path === unit.path &&
      location.startLine <= endLine &&
      location.endLine >= startLine,
  );
}

/** Only that the lines stand there, with what the claim is about in them. */
export function checkWords(quoted: Quoted): Ruling {
  const { symbol, unit, startLine, endLine } = quoted;
  const isThere =
    symbol === '' || unit.lines.slice(startLine - 1, endLine).some((line) => line.includes(symbol));
  return isThere ? holding('stands') : struck('no_symbol');
}
