// Helper of this folder's tests: the unit of one snippet, and the line that holds a mark.
import { PackageAssets } from '#adapters/local/package-assets.ts';
import { createCodeIndex } from '#code/code-index.ts';
import type { SourceUnit } from '#code/source-unit.ts';
import { say } from '#domain/phrase.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';

export const assets = new PackageAssets();

export async function unitOf(path: string, text: string): Promise<SourceUnit> {
  const unit = await createCodeIndex(createMemoryWorkspace({ [path]: text }), assets).unit(path);
  if (unit.kind === 'failure') throw new Error(say(unit.why, null));
  return unit;
}

/** 1-based line of the first line that holds `mark`. */
export function lineWith(text: string, mark: string): number {
  const at = text.split('\n').findIndex((line) => line.includes(mark));
  if (at < 0) throw new Error(`no line with ${mark}`);
  return at + 1;
}

/** One guarded, sanitised query in each language: the same shape, so that one table of expectations speaks of all. */
export const SAMPLES: Readonly<Record<string, readonly [path: string, text: string]>> = {
  java: [
    'src/A.java',
    `package app;
import org.jsoup.Jsoup;
class A {
  private static final int LIMIT = 10;
  void find(String q) {
    // only a comment
    if (q == null) {
      throw new IllegalArgumentException("no q");
    }
    String safe = Jsoup.clean(q, "none");
    String kind = q.isEmpty() ? "all" : "one";
    db.query(safe, LIMIT);
  }
}
`,
  ],
  javascript: [
    'src/a.js',
    `import { clean } from 'washer';
const LIMIT = 10;
export function find(q) {
  // only a comment
  if (q == null) {
    throw new Error('no q');
  }
  const safe = clean(q, 'none');
  const kind = q.length === 0 ? 'all' : 'one';
  db.query(safe, LIMIT);
}
`,
  ],
  typescript: [
    'src/a.ts',
    `import { clean } from 'washer';
const LIMIT: number = 10;
export async function find(q: string): Promise<void> {
  // only a comment
  if (q == null) {
    throw new Error('no q');
  }
  const safe = (await clean(q, 'none')) as string;
  const kind = q.length === 0 ? 'all' : 'one';
  db.query(safe, LIMIT);
}
`,
  ],
  python: [
    'src/a.py',
    `from washer import clean
LIMIT = 10
def find(q):
    # only a comment
    if q is None:
        raise ValueError("no q")
    safe = clean(q, "none")
    kind = "all" if q == "" else "one"
    db.query(safe, LIMIT)
`,
  ],
  go: [
    'src/a.go',
    `package app

import "example.org/washer"

const LIMIT = 10

func find(q *string) {
	// only a comment
	if q == nil {
		panic("no q")
	}
	safe, err := washer.Clean(q, "none")
	db.query(safe, LIMIT)
}
`,
  ],
  php: [
    'src/a.php',
    `<?php
use Washer\\Soap;
const LIMIT = 10;
function find($q) {
  // only a comment
  if ($q === null) {
    throw new Exception('no q');
  }
  $safe = Soap::clean($q, 'none');
  $kind = $q === '' ? 'all' : 'one';
  $db->query($safe, LIMIT);
}
`,
  ],
  ruby: [
    'src/a.rb',
    `require 'washer'
LIMIT = 10
def find(q)
  # only a comment
  if q.nil?
    raise ArgumentError, "no q"
  end
  safe = Washer.clean(q, "none")
  kind = q.empty? ? "all" : "one"
  db.query(safe, LIMIT)
end
`,
  ],
  csharp: [
    'src/A.cs',
    `using Washing;
class A {
  private const int LIMIT = 10;
  void Find(string q) {
    // only a comment
    if (q == null) {
      throw new ArgumentException("no q");
    }
    var safe = Washer.Clean(q, "none");
    var kind = q.Length == 0 ? "all" : "one";
    db.query(safe, LIMIT);
  }
}
`,
  ],
  c: [
    'src/a.c',
    `#include "washer.h"
static const int LIMIT = 10;
void find(const char *q) {
  // only a comment
  if (q == NULL) {
    abort();
  }
  char *safe = clean(q, "none");
  const char *kind = q[0] == 0 ? "all" : "one";
  query(safe, LIMIT);
}
`,
  ],
};
