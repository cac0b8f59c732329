// Adds a constraint on a package that others bring in to a Python project: uv's table in pyproject.toml, or a file of constraints.

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,212}[A-Za-z0-9])?$/;
const LIST = /^([ \t]*constraint-dependencies[ \t]*=[ \t]*\[)/m;

/** https://docs.astral.sh/uv/reference/settings/#constraint-dependencies */
export function addUvConstraint(text: string, name: string, version: string): string | null {
  if (!NAME.test(name)) return null;
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  const entry = `"${name}>=${version}"`;
  // CRLF: a return before the line feed is white space of the same length.
  const table = /^\[tool\.uv\][ \t]*(?:#[^\n]*)?$/m.exec(text.replace(/\r(?=\n)/g, ' '));
  if (table === null) {
    const gap = text === '' || text.endsWith('\n') ? '' : newLine;
    return `${text}${gap}${newLine}[tool.uv]${newLine}constraint-dependencies = [${entry}]${newLine}`;
  }
  const start = table.index + table[0].length;
  const nextTable = text.slice(start).search(/\n[ \t]*\[[A-Za-z["']/);
  const end = nextTable < 0 ? text.length : start + nextTable;
  const body = text.slice(start, end);
  const list = LIST.exec(body);
  if (list === null) {
    const lineEnd = text.indexOf('\n', table.index);
    const at = lineEnd < 0 ? text.length : lineEnd + 1;
    return `${text.slice(0, at)}${lineEnd < 0 ? newLine : ''}constraint-dependencies = [${entry}]${newLine}${text.slice(at)}`;
  }
  const at = start + list.index + list[0].length;
  const rest = text.slice(at);
  const lead = /^\s*/.exec(rest)?.[0] ?? '';
  const isEmpty = rest.trimStart().startsWith(']');
  const indent = /\n([ \t]*)$/.exec(lead)?.[1];
  // As the first of the list: what stands behind it, comments and a closing comma, keeps its place.
  if (isEmpty) return `${text.slice(0, at)}${entry}${rest.trimStart()}`;
  return indent === undefined
    ? `${text.slice(0, at)}${entry}, ${rest}`
    : `${text.slice(0, at)}${newLine}${indent}${entry},${rest}`;
}

/** https://pip.pypa.io/en/stable/user_guide/#constraints-files */
export function addConstraintLine(text: string, name: string, version: string): string | null {
  if (!NAME.test(name)) return null;
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = text === '' || text.endsWith('\n') ? '' : newLine;
  return `${text}${gap}${name}>=${version}${newLine}`;
}
