// A sanitizer is enough for the place in a text that it is for: other places, earlier writes and later changes are not forgotten.
import { describe, expect, it } from 'vitest';
import { outcomeOf } from './evidence-of.ts';

const CLEAN = 'sanitized_arguments';
const java = (body: string): string =>
  `import javax.servlet.http.HttpServletResponse;\nclass A { void m(HttpServletResponse r, String q, boolean c) throws Exception {\n${body}\n} }`;
const go = (body: string): string =>
  `package a\nimport ("fmt"; "html"; "net/http"; "net/url"; "os"; "os/exec"; "strconv"; "path/filepath")\nfunc f(w http.ResponseWriter, r *http.Request) {\nq := r.FormValue("q")\n${body}\n}`;
const php = (body: string): string => `<?php function f($c) { $q = $_GET['q'];\n${body}\n}`;
const ruby = (body: string): string => `def f(db)\nq = params[:q]\n${body}\nend`;
const ENCODE = 'org.owasp.encoder.Encode.forHtml';

type Row = readonly [words: string, language: string, text: string, cwe: number];

const open: readonly Row[] = [
  [
    'a format that puts it into a tag without quotes',
    'java',
    java(`String s = String.format("<a href=%s>", ${ENCODE}(q));\nr.getWriter().println(s); // HERE`),
    79,
  ],
  [
    'a printed format that puts it into a tag without quotes',
    'java',
    java(`r.getWriter().printf("<a href=%s>", ${ENCODE}(q)); // HERE`),
    79,
  ],
  [
    'one escaped text in two places, by ways',
    'java',
    java(
      `String e = ${ENCODE}(q);\nString s = c ? "<p>" + e : "<a href=" + e;\nr.getWriter().println(s); // HERE`,
    ),
    79,
  ],
  [
    'one escaped text in two places of a text',
    'java',
    java(`String e = ${ENCODE}(q);\nr.getWriter().println("<p>" + e + "</p><a href=" + e); // HERE`),
    79,
  ],
  [
    'a tag that an earlier write left open',
    'java',
    java(`r.getWriter().print("<a href=");\nr.getWriter().println(${ENCODE}(q)); // HERE`),
    79,
  ],
  [
    'a tag that an earlier argument left open',
    'go',
    go('fmt.Fprint(w, "<a href=", html.EscapeString(q)) // HERE'),
    79,
  ],
  ['a format of Go', 'go', go('fmt.Fprintf(w, "<a href=%s>", html.EscapeString(q)) // HERE'), 79],
  [
    'an escaped text that is read back',
    'go',
    go('fmt.Fprint(w, "<p>" + html.UnescapeString(html.EscapeString(q))) // HERE'),
    79,
  ],
  ['a host of an address', 'go', go('http.Redirect(w, r, "//" + url.QueryEscape(q), 302) // HERE'), 601],
  ['a file of the working folder', 'go', go('os.ReadFile(filepath.Base(q)) // HERE'), 22],
  ['a folder above', 'go', go('os.RemoveAll("files/" + filepath.Base(q)) // HERE'), 22],
  ['a command for the shell', 'go', go('exec.Command("sh", "-c", html.EscapeString(q)).Run() // HERE'), 78],
  [
    'an unquoted attribute of the page',
    'php',
    `<input value=<?php echo htmlspecialchars($_GET['q']); // HERE\n?>>`,
    79,
  ],
  ['a quoted address of the page', 'php', `<a href="<?= htmlspecialchars($_GET['q']) // HERE\n?>">`, 79],
  [
    'an address of the page, begun before',
    'php',
    `<a href="<?= 'x' ?>/<?= htmlspecialchars($_GET['q']) // HERE\n?>">`,
    79,
  ],
  [
    'a script of the page',
    'php',
    `<script>var a = <?= htmlspecialchars($_GET['q']) // HERE\n?>;</script>`,
    79,
  ],
  [
    'an attribute in single quotes',
    'php',
    php(`echo "<p title='" . htmlspecialchars($q) . "'>"; // HERE`),
    79,
  ],
  ['a tag that an earlier argument left open', 'php', php(`echo '<p title=', esc_html($q); // HERE`), 79],
  ['a tag that an earlier echo left open', 'php', php(`echo '<p title=';\necho esc_html($q); // HERE`), 79],
  [
    'a number of a statement',
    'php',
    php(`mysqli_query($c, 'select * from t where a = ' . mysqli_real_escape_string($c, $q)); // HERE`),
    89,
  ],
  [
    'a name of a statement',
    'php',
    php('mysqli_query($c, "select * from `t" . mysqli_real_escape_string($c, $q) . "`"); // HERE'),
    89,
  ],
  [
    'a statement with another quote open',
    'php',
    php(
      `mysqli_query($c, "select * from t where b = \\"it's\\" and a = " . mysqli_real_escape_string($c, $q)); // HERE`,
    ),
    89,
  ],
  [
    'an escaped text cut in two',
    'php',
    php(
      `mysqli_query($c, "select * from t where a = '" . substr(mysqli_real_escape_string($c, $q), 0, 9) . "'"); // HERE`,
    ),
    89,
  ],
  [
    'an argument whose quotes are taken away',
    'php',
    php(`system('ping ' . trim(escapeshellarg($q), "'")); // HERE`),
    78,
  ],
  ['the program itself', 'php', php('system(escapeshellarg($q)); // HERE'), 78],
  [
    'an argument inside of quotes',
    'php',
    php(`system("sh -c 'ls " . escapeshellarg($q) . "'"); // HERE`),
    78,
  ],
  ['an option', 'php', php(`system('ping ' . escapeshellarg($q)); // HERE`), 88],
  [
    'a raw digest',
    'php',
    php(`mysqli_query($c, "select * from t where a = '" . md5($q, true) . "'"); // HERE`),
    89,
  ],
  ['a file that may be an address', 'php', php('include basename($q); // HERE'), 98],
  ['a part of a quoted argument', 'ruby', ruby('system("ping " + Shellwords.escape(q)[1..]) # HERE'), 78],
  ['a reversed argument', 'ruby', ruby('system("ping " + Shellwords.escape(q).reverse) # HERE'), 78],
  ['a decoded text', 'ruby', ruby('raw("<p>" + CGI.unescape(CGI.escape(q))) # HERE'), 79],
  [
    'a module that is opened again',
    'ruby',
    'module CGI\n def self.escapeHTML(x)\n  x\n end\nend\ndef f\n raw("<p>" + CGI.escapeHTML(params[:q])) # HERE\nend',
    79,
  ],
  [
    'a function of the namespace',
    'php',
    "<?php namespace X; function htmlspecialchars($x) { return $x; }\nfunction f() { echo '<p>' . htmlspecialchars($_GET['q']); // HERE\n}",
    79,
  ],
  ['a class of characters', 'ruby', ruby('Regexp.new("[a" + Regexp.escape(q) + "]") # HERE'), 1333],
];

const closed: readonly Row[] = [
  [
    'a format in text',
    'java',
    java(`String s = String.format("<p>%s</p>", ${ENCODE}(q));\nr.getWriter().println(s); // HERE`),
    79,
  ],
  [
    'a write of its own',
    'java',
    java(`r.getWriter().print("<p>");\nr.getWriter().println(${ENCODE}(q)); // HERE`),
    79,
  ],
  ['a format of Go', 'go', go('fmt.Fprintf(w, "<p>%s</p>", html.EscapeString(q)) // HERE'), 79],
  [
    'a number',
    'go',
    go('n, err := strconv.Atoi(q)\nif err != nil { return }\nfmt.Fprint(w, "<p>", n) // HERE'),
    79,
  ],
  ['a file of a folder', 'go', go('os.ReadFile(filepath.Join("files", filepath.Base(q))) // HERE'), 22],
  ['text of the page', 'php', `<p><?php echo htmlspecialchars($_GET['q']); // HERE\n?></p>`, 79],
  [
    'text of the page behind a closed tag',
    'php',
    `<a href="x"><?= htmlspecialchars($_GET['q']) // HERE\n?></a>`,
    79,
  ],
  ['a quoted attribute', 'php', php(`echo '<p title="' . esc_attr($q) . '">'; // HERE`), 79],
  [
    'a quoted text of a statement',
    'php',
    php(`mysqli_query($c, "select * from t where a = '" . mysqli_real_escape_string($c, $q) . "'"); // HERE`),
    89,
  ],
  ['a cast', 'php', php(`$n = (int) $q;\nmysqli_query($c, "select * from t where a = $n"); // HERE`), 89],
  ['an argument of a program', 'php', php(`system('ping -c 4 ' . escapeshellarg($q)); // HERE`), 78],
  ['a number', 'ruby', ruby('db.execute("select * from t where a = #{q.to_i}") # HERE'), 89],
  ['a quoted argument', 'ruby', ruby('system("ping -c 1 #{Shellwords.escape(q)}") # HERE'), 78],
];

it('a map that compares keys in its own way keeps nothing apart', async () => {
  const text = `class A { void m(java.sql.Statement s, String q) throws Exception {
    java.util.TreeMap<String, String> map = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    map.put("A", "x"); map.put("a", q);
    s.executeQuery("select " + map.get("A")); // HERE
  } }`;
  expect(await outcomeOf('java', text, { cwe: [89] })).not.toContain('constant_arguments');
});

describe('what a sanitizer is not enough for', () => {
  it.each(open)('%s stays open (%s)', async (_words, language, text, cwe) => {
    const outcome = await outcomeOf(language, text, { cwe: [cwe] });
    expect(outcome).not.toMatch(/sanitized_arguments|safe_call|constant_arguments/);
  });
});

describe('what a sanitizer is enough for', () => {
  it.each(closed)('%s is harmless (%s)', async (_words, language, text, cwe) => {
    expect(await outcomeOf(language, text, { cwe: [cwe] })).toBe(CLEAN);
  });
});
