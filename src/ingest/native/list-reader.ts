// The frame of a reader whose tool writes its results as one list: it names the tool, tells entries apart, and misses the list where there is none.
import { missingList } from '../formats/missing-list.ts';
import type { FormatOutput, FormatReader } from '../formats/report-format.ts';
import { asObject, type JsonObject } from '../json/shape.ts';
import { refuseEntry } from './native-result.ts';

export interface ListReading {
  /** The tool's name. */
  readonly name: string;
  /** The path whose beginning shows that there is a list; left out, that of any element will do. */
  readonly list?: string;
  /** An element of one of the format's arrays that is an object. */
  entry(entry: JsonObject, path: string): void;
  /** Any other member of the document. Gives `true` where it stands for an empty list. */
  member?(path: string, value: unknown): boolean | undefined;
}

export function openList(output: FormatOutput, { name, list, entry, member }: ListReading): FormatReader {
  output.tool({ name, version: null });
  let isListed = false;
  return {
    begin(path) {
      isListed ||= list === undefined || path === list;
    },
    part(path, value) {
      if (!path.endsWith('[]')) {
        if (member?.(path, value) === true) isListed = true;
        return;
      }
      const found = asObject(value);
      if (found === null) refuseEntry(value, output);
      else entry(found, path);
    },
    finish() {
      if (!isListed) throw missingList(name);
    },
  };
}
