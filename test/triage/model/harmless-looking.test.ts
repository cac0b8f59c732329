import { describe, expect, it } from 'vitest';
import { aClaim, aScene } from './scene.ts';

const py = (body: string) => ({ 'a.py': `import html\nimport re\n\ndef f(q, db):\n${body}\n` });
const php = (body: string) => ({ 'a.php': `<?php\nfunction f($q, $db) {\n${body}\n}\n` });

async function opens(
  files: Readonly<Record<string, string>>,
  cwe: readonly number[],
  ...claims: ReturnType<typeof aClaim>[]
): Promise<boolean> {
  const all = await aScene(files, { cwe }).check(claims);
  return all.some(({ outcome }) => outcome === 'opens');
}

describe('a pattern that lets one line break through at the end', () => {
  it.each([
    ['re.match("^[a-z]+$", q)', false],
    ['re.match(r"^[a-z]+\\Z", q)', true],
    ['re.fullmatch("[a-z]+", q)', true],
  ])('opens for queries, and for headers only where it lets none through: %s', async (test, strict) => {
    const files = py(`    if not ${test}:\n        return\n    db.execute(q)  # HERE`);
    const claim = aClaim('guard', `if not ${test}:`, 'q');
    expect(await opens(files, [89], claim)).toBe(true);
    expect(await opens(files, [113], claim)).toBe(strict);
  });

  it.each([
    ["preg_match('/^[a-z]+$/', $q)", false],
    ["preg_match('/^[a-z]+\\z/', $q)", true],
    ['is_numeric($q)', false],
    ['ctype_alnum($q)', true],
  ])('so in PHP: %s', async (test, strict) => {
    const files = php(`  if (!${test}) { return; }\n  $db->query($q); // HERE`);
    const claim = aClaim('guard', `if (!${test}) { return; }`, '$q');
    expect(await opens(files, [89], claim)).toBe(true);
    expect(await opens(files, [117], claim)).toBe(strict);
  });
});

describe('an escape that leaves the quotes', () => {
  it.each([
    ['html.escape(q)', true],
    ['html.escape(q, False)', false],
    ['html.escape(q, quote=False)', false],
  ])('opens nothing: %s', async (call, expected) => {
    expect(
      await opens(py(`    db.execute(${call})  # HERE`), [79], aClaim('sanitizer', call, 'escape')),
    ).toBe(expected);
  });

  it.each([
    ['htmlspecialchars($q)', true],
    ["htmlspecialchars($q, ENT_QUOTES, 'UTF-8')", true],
    ['htmlspecialchars($q, ENT_NOQUOTES)', false],
    ['htmlspecialchars($q, $flags)', false],
  ])('opens nothing: %s', async (call, expected) => {
    expect(
      await opens(php(`  $db->query(${call}); // HERE`), [79], aClaim('sanitizer', call, 'htmlspecialchars')),
    ).toBe(expected);
  });
});

describe('a number that becomes a character', () => {
  it.each([
    ['a.py', 'def f(q, db):\n    db.execute("a %d" % int(q))  # HERE\n', 'int(q)', 'int', true],
    ['a.py', 'def f(q, db):\n    db.execute("a %c" % int(q))  # HERE\n', 'int(q)', 'int', false],
    ['a.py', 'def f(q, db):\n    db.execute("a {:c}".format(int(q)))  # HERE\n', 'int(q)', 'int', false],
    [
      'a.php',
      '<?php function f($q, $db) {\n$db->query(sprintf("%d", intval($q))); // HERE\n}\n',
      'intval($q)',
      'intval',
      true,
    ],
    [
      'a.php',
      '<?php function f($q, $db) {\n$db->query(sprintf("%c", intval($q))); // HERE\n}\n',
      'intval($q)',
      'intval',
      false,
    ],
    [
      'A.java',
      'class A { void f(String q, Db db) {\ndb.query("a" + Integer.parseInt(q)); // HERE\n} }\n',
      'Integer.parseInt(q)',
      'parseInt',
      true,
    ],
    [
      'A.java',
      'class A { void f(String q, Db db) {\ndb.query("a" + (char) Integer.parseInt(q)); // HERE\n} }\n',
      'Integer.parseInt(q)',
      'parseInt',
      false,
    ],
    [
      'A.cs',
      'class A { void f(string q, Db db) {\ndb.query("a" + (char)int.Parse(q)); // HERE\n} }\n',
      'int.Parse(q)',
      'Parse',
      false,
    ],
    [
      'a.go',
      'package a\nimport "strconv"\nfunc f(q string, db Db) {\nn, _ := strconv.Atoi(q)\ndb.query("a" + string(n)) // HERE\n}\n',
      'strconv.Atoi(q)',
      'Atoi',
      false,
    ],
  ])('in %s, %s', async (path, text, quote, symbol, expected) => {
    expect(await opens({ [path]: text }, [89], aClaim('sanitizer', quote, symbol))).toBe(expected);
  });
});

describe('a parameter that is set behind its name', () => {
  it.each([
    ["if (!['a'].includes(id)) return;\n  db.query(id); // HERE", true],
    ["if (!['a'].includes(id)) return;\n  arguments[0] = other;\n  db.query(id); // HERE", false],
    ["if (!['a'].includes(id)) return;\n  mess(arguments);\n  db.query(id); // HERE", false],
  ])('%s', async (body, expected) => {
    const files = { 'a.js': `function f(id, db, other) {\n  ${body}\n}\n` };
    expect(await opens(files, [89], aClaim('guard', "if (!['a'].includes(id)) return;", 'id'))).toBe(
      expected,
    );
  });
});

describe('a variable that is handed to a call that may change it', () => {
  it.each([
    ['  if ($q !== "a") { return; }\n  $db->query($q); // HERE', true],
    ['  if ($q !== "a") { return; }\n  fill($q, $db);\n  $db->query($q); // HERE', false],
    ['  if ($q !== "a") { return; }\n  $db->query(fill($q), $q); // HERE', false],
    ['  if ($q !== "a") { return; }\n  while ($db->more()) {\n    $db->query($q); // HERE\n  }', false],
  ])('is what it was only before that call: %s', async (body, expected) => {
    expect(await opens(php(body), [89], aClaim('guard', 'if ($q !== "a") { return; }', '$q'))).toBe(expected);
  });
});
