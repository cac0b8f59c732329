// Reads ShellCheck's formats `json1` and `json` (https://github.com/koalaman/shellcheck/blob/master/shellcheck.1.md#formats).
import { phrase } from '#domain/phrase.ts';
import type { RawFix, RawLocation } from '#domain/report.ts';
import { missingList } from '../formats/missing-list.ts';
import type { DraftResult, FormatReader, ReportFormat } from '../formats/report-format.ts';
import { asInteger, asObject, asObjects, asText, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { levelOfWord, nativeResult, placeAt, refuseEntry } from './native-result.ts';

const NAME = 'ShellCheck';

export const SHELLCHECK_JSON: ReportFormat = {
  kinds: ['shellcheck-json'],
  syntax: 'json',
  elements: ['comments[]', '[]'],
  open(output): FormatReader {
    output.tool({ name: NAME, version: null });
    let isListed = false;
    const others: string[] = [];
    return {
      begin() {
        isListed = true;
      },
      part(path, value) {
        if (path !== 'comments[]' && path !== '[]') {
          others.push(path);
          return;
        }
        const entry = asObject(value);
        if (entry === null) refuseEntry(value, output);
        else output.result(resultOf(entry, path === 'comments[]'));
        if (path === '[]')
          output.notice(
            phrase`ShellCheck's format json counts a tab as up to eight columns, so its columns and fixes are not used: --format json1 has better ones`,
          );
      },
      finish() {
        // A document that has `comments` among other things is somebody else's.
        if (!isListed || others.length > 0) throw missingList(NAME);
      },
    };
  },
};

/** `areColumnsTrue`: a tab is one column. */
function resultOf(comment: JsonObject, areColumnsTrue: boolean): DraftResult {
  const code = asInteger(comment.code, 0);
  const id = code === null ? null : `SC${code}`;
  return nativeResult({
    rule: {
      id,
      helpUri: id === null ? null : `https://www.shellcheck.net/wiki/${id}`,
    },
    level: levelOfWord(typeof comment.level === 'string' ? comment.level : null),
    message: asText(comment.message, CAPS.message),
    location: placeOf(comment.file, comment, areColumnsTrue),
    fixes: areColumnsTrue ? fixesOf(comment) : [],
    // Haskell's characters.
    columnKind: 'unicodeCodePoints',
  });
}

function placeOf(file: unknown, place: JsonObject, areColumnsTrue: boolean): RawLocation | null {
  const lines = { startLine: place.line, endLine: place.endLine };
  const columns = { startColumn: place.column, endColumn: place.endColumn };
  return placeAt(file, areColumnsTrue ? { ...lines, ...columns } : lines);
}

function fixesOf(comment: JsonObject): readonly RawFix[] {
  const listed = asObjects(asObject(comment.fix)?.replacements, COUNTS.replacements);
  const replacements = listed.flatMap((replacement) => {
    const location = placeOf(comment.file, replacement, true);
    const insertedText = asText(replacement.replacement, CAPS.insertedText);
    // Text that is cut would be a wrong fix.
    const isWhole = insertedText !== null && insertedText === replacement.replacement;
    const isPlaced = location?.region?.startColumn != null && location.region.endColumn !== null;
    return location !== null && isPlaced && isWhole ? { location, insertedText } : [];
  });
  return replacements.length === 0 || replacements.length < listed.length
    ? []
    : [{ description: null, replacements }];
}
