// Where a YAML text nests too deeply to be parsed: asked before every file of a team's is read (security row 22).
import { CST, Lexer } from 'yaml';

/**
 * The offset (UTF-16 units) at which brackets, or the `- ` and `? ` of one line, open more than `maxDepth` levels; null when they do
 * not. The parser recurses and spends half a second on overflowing its stack; the lexer does not, and is left as soon as it is too deep.
 */
export function findDeepNesting(text: string, maxDepth: number): number | null {
  let [offset, brackets, indicators] = [0, 0, 0];
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    if (type === 'flow-seq-start' || type === 'flow-map-start') brackets += 1;
    if (type === 'flow-seq-end' || type === 'flow-map-end') brackets -= 1;
    if (type === 'seq-item-ind' || type === 'explicit-key-ind') indicators += 1;
    if (type === 'newline') indicators = 0;
    if (brackets > maxDepth || indicators > maxDepth) return offset;
    // These tokens are the lexer's own marks and stand for no text.
    if (type !== 'doc-mode' && type !== 'scalar' && type !== 'flow-error-end') offset += token.length;
  }
  return null;
}
