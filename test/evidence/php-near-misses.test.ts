import { describe, expect, it } from 'vitest';
import { evidenceOf, outcomeOf } from './evidence-of.ts';

const DISMISSALS = new Set([
  'constant_arguments',
  'sanitized_arguments',
  'dead_branch',
  'safe_call',
  'not_the_sink',
]);
const dismisses = async (code: string, cwe: number): Promise<boolean> =>
  (await evidenceOf('php', code, { cwe: [cwe] })).facts.some(({ kind }) => DISMISSALS.has(kind));

/** A function's body; `$q` is of unknown origin, `$b` a switch of unknown position. */
const body = (code: string): string => `<?php\nfunction m($q, $b, $l) {\n${code}\n}`;
const use = 'system($c); // HERE';

type Row = readonly [sentence: string, code: string, cwe?: number];

const NEAR_MISSES: readonly Row[] = [
  ['a variable variable in a loop head', body(`$c = 'ls'; foreach ($l as $k => $$k) { }\n${use}`)],
  ['a variable variable with braces', body(`$c = 'ls'; \${'c'} = $q;\n${use}`)],
  ['a variable variable with an operator', body(`$c = 'ls'; $$b .= $q;\n${use}`)],
  ['a computed variable in a list', body(`$c = 'ls'; [$$b, $d] = $l;\n${use}`)],
  ['parse_str with one argument', body(`$c = 'ls'; parse_str($q);\n${use}`)],
  ['parse_str into the variable', body(`$c = 'ls'; parse_str($q, $c);\n${use}`)],
  ['EXTRACT in capitals', body(`$c = 'ls'; EXTRACT($l);\n${use}`)],
  ['a function of the root namespace', body(`$c = 'ls'; \\extract($l);\n${use}`)],
  ['eval', body(`$c = 'ls'; eval($q);\n${use}`)],
  ['assert with text', body(`$c = 'ls'; assert($q);\n${use}`)],
  ['require_once as an expression', body(`$c = 'ls'; $ok = require_once $b;\n${use}`)],
  ['a match that fills the variable', body(`$c = 'ls'; preg_match('/a/', $q, $c);\n${use}`)],
  ['exec that fills the variable', body(`$c = 'ls'; exec('id', $c);\nsystem($c[0]); // HERE`)],
  ['sscanf that fills the variable', body(`$c = 'ls'; sscanf($q, '%s', $c);\n${use}`)],
  ['a method that fills the variable', body(`$c = 'ls'; $b->fill($c);\n${use}`)],
  ['a static method that fills the variable', body(`$c = 'ls'; A::fill($c);\n${use}`)],
  ['a constructor that keeps a reference', body(`$c = 'ls'; $o = new Binder($c);\n${use}`)],
  [
    'a parameter by reference',
    "<?php\nfunction m(&$c, &$d) { $c = 'ls'; $d = $_GET['x'];\nsystem($c); // HERE\n}",
  ],
  ['an element by reference in an array', body(`$c = 'ls'; $a = [&$c]; $a[0] = $q;\n${use}`)],
  ['an element by reference under a key', body(`$c = 'ls'; $a = ['k' => &$c]; $a['k'] = $q;\n${use}`)],
  ['a reference made later in a loop', body(`$c = 'ls'; while ($b) {\n${use}\n$d = &$c; $d = $q; }`)],
  [
    'a static reference of a foreach with a key',
    body(`$a = ['ls']; foreach ($a as $k => &$v) { $v = $q; }\nsystem($a[0]); // HERE`),
  ],
  [
    'the variable a foreach by reference leaves behind',
    body(`foreach ($l as &$c) { }\n$c = 'ls'; f();\nsystem($l[0]); // HERE`),
  ],
  ['a key of a foreach', body(`$c = 'ls'; foreach ($l as $c => $v) { }\n${use}`)],
  ['a list in a foreach', body(`$c = 'ls'; foreach ($l as [$c, $d]) { }\n${use}`)],
  ['a keyed list', body(`$c = 'ls'; ['k' => $c] = $l;\n${use}`)],
  ['a nested list', body(`$c = 'ls'; list($d, list($c)) = $l;\n${use}`)],
  ['a list with a gap', body(`list(, $c) = ['ls', $q];\n${use}`)],
  ['a spread before the element', body(`$a = [...$l, 'ls'];\nsystem($a[1]); // HERE`)],
  ['a static variable', body(`static $c = 'ls'; if ($b) { $c = $q; }\n${use}`)],
  ['a static variable that is only read', body(`static $c = 'ls';\n${use}\n$c = $q;`)],
  ['a global that is assigned here', body(`global $c; $c = 'ls'; f();\n${use}`)],
  [
    'a captured copy that a branch replaces',
    "<?php\nfunction m($c) { return function ($b) use ($c) { if ($b) { $c = 'ls'; }\nsystem($c); // HERE\n}; }",
  ],
  [
    'what an arrow function captures',
    '<?php\nfunction m($q) { $c = $q; return fn() =>\nsystem($c); // HERE\n}',
  ],
  [
    'a variable of the file inside of a function',
    "<?php\n$c = 'ls';\nfunction m() {\nsystem($c); // HERE\n}",
  ],
  [
    'a variable that the including file may have set',
    "<?php\nif (isset($b)) { $c = 'ls'; }\nsystem($c); // HERE",
  ],
  ['a variable of the file that a function may set', "<?php\n$c = 'ls'; prepare();\nsystem($c); // HERE"],
  ['a variable of the file that a method may set', "<?php\n$c = 'ls'; $app->boot();\nsystem($c); // HERE"],
  [
    'a variable of the file written through $GLOBALS',
    "<?php\n$c = 'ls'; $GLOBALS['c'] = $_GET['x'];\nsystem($c); // HERE",
  ],
  [
    '$GLOBALS in a branch',
    "<?php\n$c = 'ls'; if (isset($d)) { $GLOBALS['c'] .= $_GET['x']; }\nsystem($c); // HERE",
  ],
  [
    'a property with a constant default',
    "<?php\nclass A { private $c = 'ls'; function m($k, $v) { $this->$k = $v;\nsystem($this->c); // HERE\n} }",
  ],
  [
    'a property of a constant’s name',
    "<?php\nclass A { const c = 'ls'; public $c; function m() {\nsystem($this->c); // HERE\n} }",
  ],
  [
    'a constant that a subclass overrides',
    "<?php\nclass A { const C = 'ls'; function m() {\nsystem(static::C); // HERE\n} }",
  ],
  ['a constant defined if it is not yet', "<?php\ndefined('C') || define('C', 'ls');\nsystem(C); // HERE"],
  [
    'a promoted parameter',
    "<?php\nclass A { function __construct(private $c = 'ls') {\nsystem($c); // HERE\n} }",
  ],
  [
    'continue in a switch of a loop',
    body(`while ($b) { switch ($b) { case 1: $c = $q; continue; default: $c = 'ls'; }\n${use}\n}`),
  ],
  [
    'break of two levels',
    body(`$c = 'ls'; foreach ($l as $v) { switch ($v) { case 1: $c = $q; break 2; } $c = 'ls'; }\n${use}`),
  ],
  [
    'continue of two levels',
    body(`$c = 'ls'; foreach ($l as $v) { foreach ($l as $w) { $c = $q; continue 2; } $c = 'ls'; }\n${use}`),
  ],
  ['a goto backwards', body(`$c = 'ls'; again:\n${use}\n$c = $q; goto again;`)],
  [
    'a case that falls through',
    body(`switch ($b) { case 1: $c = $q; case 2: break; default: $c = 'ls'; }\n${use}`),
  ],
  ['a match with a condition', body(`$c = match (true) { $b > 1 => 'ls', default => $q };\n${use}`)],
  ['the short ternary', body(`$c = $q ?: 'ls';\n${use}`)],
  ['a null default', body(`$c = $q ?? 'ls';\n${use}`)],
  ['assigned unless null', body(`$c ??= 'ls';\n${use}`)],
  ['the colon form of if', body(`$c = 'ls'; if ($b): $c = $q; endif;\n${use}`)],
  ['the colon form of for', body(`$c = 'ls'; for ($i = 0; $i < $b; $i++): f(); $c = $q; endfor;\n${use}`)],
  ['else if in two words', body(`$c = 'ls'; if ($b) f(); else if ($l) $c = $q; else f();\n${use}`)],
  ['a catch', body(`$c = 'ls'; try { f(); } catch (A | B $e) { $c = $q; }\n${use}`)],
  ['a finally', body(`$c = 'ls'; try { f(); } finally { $c = $q; }\n${use}`)],
  ['a heredoc with a variable', body(`$c = <<<X\nls $q\nX;\n${use}`)],
  ['a heredoc with an indented end', body(`$c = <<<X\n  ls {$q->a}\n  X;\n${use}`)],
  ['a text with a brace after the dollar', body(`$c = "ls \${q}";\n${use}`)],
  ['a text with a method', body(`$c = "ls {$q->a()}";\n${use}`)],
  ['a dollar that is escaped before one that is not', body(`$c = "\\$a $q";\n${use}`)],
  ['a backtick command', body('$c = `ls $q`; // HERE')],
  ['a numeric text compared loosely', body(`if ('0e1' == '0e2') { $c = $q; } else { $c = 'ls'; }\n${use}`)],
  ['null compared loosely', body(`$n = null; if ($n == false) { $c = $q; } else { $c = 'ls'; }\n${use}`)],
  ['the text "0"', body(`$z = '0'; if (!$z) { $c = $q; } else { $c = 'ls'; }\n${use}`)],
  ['octal numbers', body(`if (010 == 8) { $c = $q; } else { $c = 'ls'; }\n${use}`)],
  ['a character of a text', body(`$s = ['abc', $q]; $c = $s[1];\n${use}`)],
  ['a string cast to an array', body(`$a = (array)'x'; $a[] = $q;\nsystem($a[1]); // HERE`)],
  ['a callable of constant name with input', body('call_user_func("system", $q); // HERE'), 94],
  ['a callback of constant name with input', body('array_map("system", $l); // HERE'), 94],
  ['a harmless callback that is only likely', body('usort($l, $b ? "strcmp" : $q); // HERE'), 94],
  ['a program with arguments', body("pcntl_exec('/bin/sh', ['-c', $q]); // HERE")],
  ['options of mail', body("mail('a', 'b', 'c', 'd', $q); // HERE")],
  ['the second path of rename', body("rename('a', $q); // HERE"), 22],
  ['include of a constant that is not known', body("include BASE . '/a.php'; // HERE"), 98],
  [
    'a prepared statement with a variable',
    body('$db = new PDO("x"); $s = $db->prepare("select $q"); // HERE'),
    89,
  ],
  ['a second statement on the line', body("mysqli_query($l, 'select 1'); mysqli_query($l, $q); // HERE"), 89],
  ['an unknown call beside a known one', body("mysqli_query($l, 'select 1'); run_query($q); // HERE"), 89],
  ['a header with a variable', body("header('Location: ' . $q); // HERE"), 601],
  ['an option given by name', body("unserialize($q, options: ['allowed_classes' => true]); // HERE"), 502],
  ['allowed classes as a variable', body("unserialize($q, ['allowed_classes' => $b]); // HERE"), 502],
  ['options merged', body("unserialize($q, [...$l, 'allowed_classes' => false] + $b); // HERE"), 502],
  ['a spread of arguments', body('system(...$l); // HERE')],
  ['a cookie whose options are a variable', body("setcookie('a', $q, $l); // HERE"), 614],
  ['a cookie with secure only sometimes', body("setcookie('a', $q, 0, '/', '', $b); // HERE"), 614],
  ['a cookie whose other flag is set', body("setcookie('a', $q, 0, '/', '', true, $b); // HERE"), 1004],
  ['a fast hash for passwords', body("$c = hash('sha256', $q); // HERE"), 916],
  ['a cipher of unknown name', body("openssl_encrypt($q, $b ? 'aes-256-gcm' : 'des', $l); // HERE"), 327],
  ['a short echo tag', '<?php $c = $_GET["x"]; ?>\n<p><?= $c ?></p><!-- HERE -->', 79],
  [
    'a short echo tag with several values',
    '<?php $c = $_GET["x"]; ?>\n<p><?= "a", $c ?></p><!-- HERE -->',
    79,
  ],
  ['code after an exit that is only likely', body(`if ($b) { exit; }\nsystem($q); // HERE`)],
  [
    'code after an exit in a function that is only defined',
    body(`function stop() { exit; }\nsystem($q); // HERE`),
  ],
  ['a condition over an undefined constant', body(`if (DEBUG) {\nsystem($q); // HERE\n}`)],
  ['a null that a reference fills', body(`$n = null; fill($n); if ($n !== null) {\nsystem($q); // HERE\n}`)],
];

describe('PHP that only looks harmless is never dismissed', () => {
  it.each(NEAR_MISSES.map(([sentence, code, cwe]) => [sentence, code, cwe ?? 78] as const))(
    '%s',
    async (_sentence, code, cwe) => {
      expect(await dismisses(code, cwe)).toBe(false);
    },
  );
});

const DECIDED: readonly (readonly [sentence: string, outcome: string, code: string, cwe?: number])[] = [
  ['a constant', 'constant_arguments', body(`$c = 'ls';\n${use}`)],
  ['a constant made of parts', 'constant_arguments', body(`$a = 'l'; $c = "$a{$a}s"; $c .= ' -a';\n${use}`)],
  [
    'a constant of the class',
    'constant_arguments',
    "<?php\nclass A { const C = 'ls'; function m() {\nsystem(self::C); // HERE\n} }",
  ],
  [
    'a constant of the file',
    'constant_arguments',
    "<?php\nconst C = 'ls';\nfunction m() {\nsystem(C); // HERE\n}",
  ],
  ['a constant in a heredoc', 'constant_arguments', body(`$a = 'x'; $c = <<<X\n  ls $a\n  X;\n${use}`)],
  ['a constant in a nowdoc', 'constant_arguments', body(`$c = <<<'X'\nls $q\nX;\n${use}`)],
  ['a dollar in single quotes', 'constant_arguments', body(`$c = 'ls $q {$q}';\n${use}`)],
  [
    'a choice of constants',
    'constant_arguments',
    body(`$c = match ($b) { 1 => 'a', default => 'b' };\n${use}`),
  ],
  [
    'constants on every way',
    'constant_arguments',
    body(`switch ($b) { case 1: $c = 'a'; break; default: $c = 'b'; }\n${use}`),
  ],
  [
    'a platform constant',
    'constant_arguments',
    body("include __DIR__ . DIRECTORY_SEPARATOR . 'a.php'; // HERE"),
    98,
  ],
  ['a constant after a known call', 'constant_arguments', "<?php\n$c = 'ls'; echo 'a';\nsystem($c); // HERE"],
  [
    'a constant that a closure copies',
    'constant_arguments',
    body(`$c = 'ls'; $f = function () use ($c) { $c = $_GET['x']; };\n${use}`),
  ],
  ['a branch that is never taken', 'dead_branch', body(`$n = 3; if ($n > 5) {\nsystem($q); // HERE\n}`)],
  ['code after an exit', 'dead_branch', body(`exit;\nsystem($q); // HERE`)],
  ['code after die()', 'dead_branch', body(`die('a');\nsystem($q); // HERE`)],
  ['a bound statement', 'safe_call', body("$db = new PDO('x'); $s = $db->prepare('select ?'); // HERE"), 89],
  ['input', 'direct_flow', body("$c = 'ls ' . trim($_GET['x']);\nsystem($c); // HERE")],
  ['input in a text', 'direct_flow', body('system("ls {$_POST["x"]}"); // HERE')],
  ['input in backticks', 'direct_flow', body('$c = `ls {$_POST["x"]}`; // HERE')],
  ['input in a short echo tag', 'direct_flow', '<p><?= $_GET["x"] ?></p><!-- HERE -->', 79],
  ['a header of the request', 'direct_flow', body("echo $_SERVER['HTTP_USER_AGENT']; // HERE"), 79],
  ['an included file', 'direct_flow', body("require $_COOKIE['x']; // HERE"), 98],
  ['a number made of input', 'sanitized_arguments', body("$c = (int)$_GET['x'];\nsystem($c); // HERE")],
  ['a sum with input', 'REV.unknown', body("$c = $_GET['x'] + 1;\nsystem($c); // HERE")],
  ['escaped input', 'REV.unknown', body("$c = escapeshellarg($_GET['x']);\nsystem($c); // HERE")],
  [
    'a superglobal that was changed',
    'REV.unknown',
    body("$_GET['x'] = clean($_GET['x']);\nsystem($_GET['x']); // HERE"),
  ],
  ['a path of the server', 'REV.unknown', body("readfile($_SERVER['DOCUMENT_ROOT'] . '/a'); // HERE"), 22],
  ['a parameter', 'REV.param', body('system($q); // HERE')],
];

describe('PHP that can be decided', () => {
  it.each(DECIDED.map(([sentence, outcome, code, cwe]) => [sentence, outcome, code, cwe ?? 78] as const))(
    '%s: %s',
    async (_sentence, outcome, code, cwe) => {
      expect(await outcomeOf('php', code, { cwe: [cwe] })).toBe(outcome);
    },
  );
});
