import { describe, expect, it } from 'vitest';
import { evidenceOf } from './evidence-of.ts';

const DISMISSALS = new Set([
  'constant_arguments',
  'sanitized_arguments',
  'dead_branch',
  'safe_call',
  'not_the_sink',
]);
const dismisses = async (code: string, cwe: number): Promise<boolean> =>
  (await evidenceOf('csharp', code, { cwe: [cwe] })).facts.some(({ kind }) => DISMISSALS.has(kind));

/** A method's body; `q` is text of unknown origin, `b` a switch of unknown position. */
const body = (code: string): string =>
  `using System; using System.Data.SqlClient;\nclass A { void M(string q, bool b, object o) {\n${code}\n} }`;
/** Members of a class whose method `Run` is asked about. */
const members = (code: string, head = 'class A'): string =>
  `using System.Data.SqlClient;\n${head} {\n${code}\n}`;
const use = (text: string): string => `new SqlCommand(${text}); // HERE`;
const run = (text: string): string => `void Run(string q) { ${use(text)}\n}`;

type Row = readonly [sentence: string, code: string, cwe?: number];

const NEAR_MISSES: readonly Row[] = [
  ['assigned in one branch', body(`string s = "a"; if (b) s = q;\n${use('s')}`)],
  ['filled by an `out` argument', body(`string s = "a"; Fill(out s);\n${use('s')}`)],
  ['filled by a `ref` argument, by name', body(`string s = "a"; Fill(text: ref s);\n${use('s')}`)],
  [
    'an `out var` that hides a constant field',
    members(`const string s = "a";\nvoid Run() { Fill(out var s);\n${use('s')}\n}`),
  ],
  [
    'a typed `out` variable that hides a constant field',
    members(`const string s = "a";\nvoid Run() { Fill(out string s);\n${use('s')}\n}`),
  ],
  [
    'a pattern variable that hides a constant field',
    members(`const string s = "a";\nvoid Run(object o) { if (o is string s)\n${use('s')}\n}`),
  ],
  [
    'a negated pattern variable',
    members(`const string s = "a";\nvoid Run(object o) { if (o is not string s) return;\n${use('s')}\n}`),
  ],
  [
    'a variable bound inside of a property pattern',
    members(`const string s = "a";\nvoid Run(User u) { if (u is { Name: string s })\n${use('s')}\n}`),
  ],
  [
    'a variable bound by a case',
    members(
      `const string s = "a";\nvoid Run(object o) { switch (o) { case string s:\n${use('s')}\nbreak; } }`,
    ),
  ],
  [
    'a variable bound by a switch arm',
    members(
      `const string s = "a";\nSqlCommand Run(object o) => o switch { string s =>\nnew SqlCommand(s), // HERE\n_ => null };`,
    ),
  ],
  ['a deconstructed tuple', body(`string s = "a"; (s, _) = (q, 1);\n${use('s')}`)],
  [
    'a declared tuple that hides a constant field',
    members(`const string s = "a";\nvoid Run() { var (s, t) = Find();\n${use('s')}\n}`),
  ],
  [
    'a mixed tuple that hides a constant field',
    members(`const string s = "a";\nvoid Run() { (var s, string t) = Find();\n${use('s')}\n}`),
  ],
  ['a swap of two variables', body(`string s = "a", t = q; (s, t) = (t, s);\n${use('s')}`)],
  [
    'a loop over deconstructed pairs',
    members(`const string s = "a";\nvoid Run(Pairs ps) { foreach (var (s, t) in ps)\n${use('s')}\n}`),
  ],
  [
    'a query variable that hides a constant field',
    members(`const string s = "a";\nvoid Run(Rows rs) { var all = from s in rs select\n${use('s')}\n}`),
  ],
  [
    'a reference to another variable',
    body(`string s = "a"; ref string r = ref s; r = "b"; s = q;\n${use('r')}`),
  ],
  ['a variable that a reference writes', body(`string s = "a"; ref string r = ref s; r = q;\n${use('s')}`)],
  [
    'a `ref` parameter that a call may change',
    members(`void Run(ref string s) { s = "a"; Other();\n${use('s')}\n}`),
  ],
  ['a lambda that assigns', body(`string s = "a"; Action f = () => s = q; f();\n${use('s')}`)],
  ['a local function that assigns', body(`string s = "a"; void F() { s = q; } F();\n${use('s')}`)],
  ['`??=`', body(`string s = null; s ??= q;\n${use('s')}`)],
  ['`??` with an unknown right side', body(`string s = null; var t = s ?? q;\n${use('t')}`)],
  ['an assignment behind `?.`', body(`string s = q; o?.Equals(s = "a");\n${use('s')}`)],
  ['an assignment behind `&&`', body(`string s = q; var z = b && (s = "a") != null;\n${use('s')}`)],
  [
    'an assignment in a guard',
    body(`string s = q; switch (o) { case int n when (s = "a") == "a": break; }\n${use('s')}`),
  ],
  ['a loop that appends', body(`string s = "a"; for (int i = 0; i < 3; i++) {\n${use('s')}\ns += q; }`)],
  [
    'a caught exception',
    body(`string s = "a"; try { s = q; F(); s = "b"; } catch (Exception e) when (b) { }\n${use('s')}`),
  ],
  ['a jump', body(`string s = "a"; again:\n${use('s')}\ns = q; goto again;`)],
  [
    'a `goto case`',
    body(`string s = "a"; switch (q) { case "x": s = q; goto case "y"; case "y":\n${use('s')}\nbreak; }`),
  ],
  ['conditional compilation', body(`string s;\n#if DEBUG\ns = q;\n#else\ns = "a";\n#endif\n${use('s')}`)],
  [
    'a field of two variants',
    members(`#if DEBUG\nconst string s = "a";\n#else\nstatic string s = Load();\n#endif\n${run('s')}`),
  ],
  ['an unsafe block', body(`string s = "a"; unsafe { Change(&s); }\n${use('s')}`)],
  ['a fixed pointer into a text', body(`string s = "a"; fixed (char* p = s) { p[0] = 'x'; }\n${use('s')}`)],
  ['an interpolated parameter', body(use('$"select {q}"'))],
  ['an interpolated parameter in a verbatim text', body(use('$@"select ""{q}"""'))],
  ['an interpolated parameter in a raw text', body(use('$"""select {q}"""'))],
  ['an interpolated parameter with a format', body(use('$"select {q,10:N2}"'))],
  ['a doubled-brace raw text', body(use('$$"""select {{q}}"""'))],
  [
    'a builder that was given a parameter',
    body(`var w = new System.Text.StringBuilder("a"); w.Append(q);\n${use('w.ToString()')}`),
  ],
  [
    'a builder that another method was given',
    body(`var w = new System.Text.StringBuilder("a"); Fill(w);\n${use('w.ToString()')}`),
  ],
  [
    'a builder under two names',
    body(`var w = new System.Text.StringBuilder("a"); var v = w; v.Append(q);\n${use('w.ToString()')}`),
  ],
  [
    'a builder in a field',
    members(
      `private readonly System.Text.StringBuilder w = new("a");\nvoid Add(string q) { w.Append(q); }\n${run('w.ToString()')}`,
    ),
  ],
  [
    'a builder in a field of this object',
    members(
      `private System.Text.StringBuilder w = new System.Text.StringBuilder();\nvoid Add(string q) { w.Append(q); }\n${run('this.w.ToString()')}`,
    ),
  ],
  ['an inherited builder', members(run('w.ToString()'), 'class A : Base')],
  ['an array element that was replaced', body(`var a = new[] { "x" }; a[0] = q;\n${use('a[0]')}`)],
  ['an array that another method was given', body(`var a = new[] { "x" }; Fill(a);\n${use('a[0]')}`)],
  ['a public field', members(`public string s = "a";\n${run('s')}`)],
  ['an internal static field', members(`internal static string s = "a";\n${run('s')}`)],
  [
    'a private field that another method writes',
    members(`private string s = "a";\nvoid Set(string q) { this.s = q; }\n${run('s')}`),
  ],
  [
    'a private field that an initialiser writes',
    members(`private string s = "a";\nstatic A Make(string q) => new A { s = q };\n${run('s')}`),
  ],
  [
    'a private field that a `with` writes',
    members(`private string s = "a";\nA Make(string q) => this with { s = q };\n${run('s')}`, 'record A'),
  ],
  [
    'a private field handed out by reference',
    members(`private string s = "a";\nvoid Set() { Fill(ref s); }\n${run('s')}`),
  ],
  [
    'a private field assigned as part of a tuple',
    members(`private string s = "a";\nvoid Set(string q) { (s, _) = (q, 1); }\n${run('s')}`),
  ],
  [
    'a read-only field that the constructor assigns',
    members(`private readonly string s = "a";\nA(string q) { s = q; }\n${run('s')}`),
  ],
  [
    'a static field that the static constructor assigns',
    members(`static readonly string s = "a";\nstatic A() { s = Load(); }\n${run('s')}`),
  ],
  ['a private field of a partial class', members(`private string s = "a";\n${run('s')}`, 'partial class A')],
  [
    'a static field of a partial class',
    members(`static readonly string s = "a";\n${run('s')}`, 'static partial class A'),
  ],
  [
    'a name that another part may hide',
    `using System.Data.SqlClient;\nclass Outer { const string s = "a";\npartial class A { ${run('s')} } }`,
  ],
  [
    'a name that a base may hide',
    `using System.Data.SqlClient;\nclass Outer { const string s = "a";\nclass A : Base { ${run('s')} } }`,
  ],
  [
    'a name that a primary constructor hides',
    `using System.Data.SqlClient;\nclass Outer { const string s = "a";\nclass A(string s) { ${run('s')} } }`,
  ],
  [
    'a name that a property hides',
    `using System.Data.SqlClient;\nclass Outer { const string s = "a";\nclass A { public string s { get; set; } ${run('s')} } }`,
  ],
  [
    'a field in a file that uses reflection',
    members(
      `private string s = "a";\nvoid Set(object v) { GetType().GetField("s", BindingFlags.NonPublic).SetValue(this, v); }\n${run('s')}`,
    ),
  ],
  ['a field that a serialiser fills', members(`[JsonProperty] private string s = "a";\n${run('s')}`)],
  [
    'a field of a serialised class',
    members(`private string s = "a";\n${run('s')}`, '[Serializable] class A'),
  ],
  ['a field of a structure', members(`private readonly string s = "a";\n${run('s')}`, 'struct A')],
  ['a property with a setter', members(`public string S { get; set; } = "a";\n${run('S')}`)],
  ['a property that is initialised once', members(`public string S { get; init; } = "a";\n${run('S')}`)],
  ['a property that a subclass replaces', members(`public virtual string S => "a";\n${run('S')}`)],
  ['a property with a body', members(`string S { get { return Load(); } }\n${run('S')}`)],
  ['a property of an interface', members(`string I.S => "a"; string S { get; set; }\n${run('S')}`)],
  [
    'a top-level variable with the name of a field',
    `using System.Data.SqlClient;\nvar s = "a"; Use(s);\nclass A { public string s; ${run('s')} }`,
  ],
  ['a condition on a cut number', body(`byte n = 255; n += 2; if (n > 100) return;\n${use('q')}`)],
  [
    'a condition on an unsigned number',
    body(`uint n = 1; if (n - 2 < 0) {\n${use('q')}\n}`).replace('n - 2 < 0', 'n - 2 > 5'),
  ],
  ['a condition on a fraction', body(`double n = 1; if (n / 2 > 0) {\n${use('q')}\n}`)],
  ['a condition on boxed numbers', body(`object x = 1; object y = 1; if (x != y) {\n${use('q')}\n}`)],
  ['a condition on an overflowing number', body(`int n = 2147483647; if (n + 1 < 0) {\n${use('q')}\n}`)],
  ['a condition on a converted character', body(`var c = (char)65; if ("" + c == "A") {\n${use('q')}\n}`)],
  ['a condition on a long escape', body(`if ("\\x41bc" == "\\u41bc") {\n${use('q')}\n}`)],
  ['a condition on a zero escape', body(`if ("\\012".Length == 3) {\n${use('q')}\n}`)],
  ['a condition on a verbatim text', body(`if (@"\\n" == "\\\\n") {\n${use('q')}\n}`)],
  ['a condition on nothing', body(`string s = null; if (s is null) {\n${use('q')}\n}`)],
  ['a condition on a default', body(`if (default(string) == null) {\n${use('q')}\n}`)],
  ['a condition on a matching constant', body(`const string k = "x"; if ("x" is k) {\n${use('q')}\n}`)],
  [
    'a switch on one of several constants',
    body(`var m = b ? "x" : "y"; switch (m) { case "x": case "y":\n${use('q')}\nbreak; default: break; }`),
  ],
  [
    'a switch arm behind a guard',
    body(`var m = "x"; var s = m switch { "x" when b => "a", _ => q };\n${use('s')}`),
  ],
  [
    'a switch arm of alternatives',
    body(`var m = "y"; var s = m switch { "x" or "y" => q, _ => "a" };\n${use('s')}`),
  ],
  ['a copied object', body(`var p = new Settings { Sql = "a" } with { Sql = q };\n${use('p.Sql')}`)],
  ['a lambda that makes the text', body(use('string.Join("", Rows.Select(r => q))'))],
  [
    'a replacement by a function',
    body(use('System.Text.RegularExpressions.Regex.Replace("a", "a", m => q)')),
  ],
  ['an interpolated text made elsewhere', body('db.T.FromSqlInterpolated(Make(q)); // HERE')],
  ['an interpolated text for a raw query', body('db.T.FromSqlRaw($"select {q}"); // HERE')],
  ['`FromSql`, which once took plain text', body('db.T.FromSql("select " + q); // HERE')],
  [
    'an initialiser that sets the command',
    body('var p = new System.Diagnostics.ProcessStartInfo("ls") { Arguments = q }; // HERE'),
    78,
  ],
  [
    'a command given by name',
    body('System.Diagnostics.Process.Start(fileName: "sh", arguments: q); // HERE'),
    78,
  ],
  [
    'a cookie flag that is taken back',
    body(
      'var o2 = new CookieOptions { Secure = true }; o2.Secure = false;\nResponse.Cookies.Append("a", q, o2); // HERE',
    ),
    614,
  ],
  [
    'a cookie flag of another kind',
    body('Response.Cookies.Append("a", q, new CookieOptions { Secure = true }); // HERE'),
    1004,
  ],
  [
    'a weak hash of a constant',
    body('var h = System.Security.Cryptography.MD5.HashData(new byte[1]); // HERE'),
    328,
  ],
  ['constant credentials', body('var c = new System.Net.NetworkCredential("a", "b7Gx2mmq"); // HERE'), 798],
  ['types named in constant settings', body('s.TypeNameHandling = TypeNameHandling.All; // HERE'), 502],
  [
    'a statement that the grammar takes for text',
    body(`string s = "a"; var t = $@"{b}"""; s = q; F(@"x");\n${use('s')}`),
  ],
  [
    'a method that the grammar takes for text',
    members(
      `private string s = "a";\nstring t = $@"{1}"""; void Set(string q) { s = q; } string u = @"x";\n${run('s')}`,
    ),
  ],
  ['a variable that is called `_`', body(`string _ = "a"; Fill(out _);\n${use('_')}`)],
  [
    'a parameter that is called `_`',
    members(`const string _ = "a";\nvoid Run(Rows r) { r.Each(_ =>\n${use('_').replace(';', ')')}\n; }`),
  ],
  ['a name with an at sign', body(`string @s = "a"; s = q;\n${use('@s')}`)],
  ['a name with an escape', body(`string s = "a"; \\u0073 = q;\n${use('s')}`)],
  ['a name with an invisible character', body(`string s = "a"; s\u200d = q;\n${use('s')}`)],
  ['an argument under `#if`', body(`new SqlCommand( // HERE\n#if A\nq\n#else\n"a"\n#endif\n);`)],
  ['a part of a text under `#if`', body(`var s = "a" +\n#if A\nq;\n#else\n"b";\n#endif\n${use('s')}`)],
  [
    'a case under `#if`',
    body(
      `string s = "a"; switch (q) {\n#if A\ncase "x": s = q; break;\n#endif\ndefault: break; }\n${use('s')}`,
    ),
  ],
  [
    'an exception that hides a constant field',
    members(`const string s = "a";\nvoid Run() { try { F(); } catch (Error s) {\n${use('s')}\n} }`),
  ],
  [
    'a resource that hides a constant field',
    members(`const string s = "a";\nvoid Run() { using (var s = Open())\n${use('s')}\n}`),
  ],
  [
    'a lambda parameter that hides a constant field',
    members(`const string s = "a";\nvoid Run(Rows r) { r.Each((s, t) =>\n${use('s').replace(';', ')')}\n; }`),
  ],
  [
    'an indexer key that hides a constant field',
    members(`const string s = "a";\nSqlCommand this[string s] =>\n${use('s')}`),
  ],
  ['the value of a setter', members(`const string value = "a";\nstring S { set { \n${use('value')}\n} }`)],
  [
    'an old-style delegate parameter',
    members(`const string s = "a";\nvoid Run(Rows r) { r.Each(delegate (string s) {\n${use('s')}\n}); }`),
  ],
  [
    'a list that is spread',
    body(`var a = new List<string> { q }; string[] c = ["a", .. a];\n${use('c[1]')}`),
  ],
  ['an element of spread parts', body(`string[] a = [q]; string[] c = [.. a, "b"];\n${use('c[0]')}`)],
  ['a nested initialiser', body(`var s = new Settings { Inner = { Sql = q } };\n${use('s.Inner.Sql')}`)],
  [
    'a dictionary of an initialiser',
    body(`var d = new Dictionary<string, string> { ["a"] = q, ["b"] = "c" };\n${use('d["a"]')}`),
  ],
  ['a dictionary of pairs', body(`var d = new Dictionary<string, string> { { "a", q } };\n${use('d["a"]')}`)],
  [
    'a loop over a changed list',
    body(`var d = new List<string> { "a" }; d.Add(q); foreach (var s in d)\n${use('s')}`),
  ],
  [
    'a text of a nested function',
    members(`void Run(string q) { string s = q; string F() =>\ns; // nothing\n${use('F()')}\n}`),
  ],
  ['a value that is awaited', body(`var s = await Load();\n${use('s')}`)],
  ['a finally that assigns', body(`string s = "a"; try { F(); } finally { s = q; }\n${use('s')}`)],
  [
    'a while loop that assigns in its condition',
    body(`string s = "a"; while ((s = Next()) != null)\n${use('s')}`),
  ],
  ['an assignment in an argument', body(`string s = "a"; F(s = q);\n${use('s')}`)],
  ['an assignment in an interpolation', body(`string s = "a"; var t = $"{(s = q)}";\n${use('s')}`)],
  ['a chained assignment', body(`string s = "a", t; s = t = q;\n${use('s')}`)],
  [
    'a constant of another class of the same name',
    members(
      `class B { public const string S = "a"; }\nclass C { class B { public static string S = Load(); } }\n${run('B.S')}`,
    ),
  ],
  ['a redirect in the words of a local one', body('return Redirect(q); // HERE'), 601],
];

describe('C# that only looks harmless is never dismissed', () => {
  it.each(NEAR_MISSES.map(([sentence, code, cwe = 89]) => [sentence, code, cwe] as const))(
    '%s',
    async (_sentence, code, cwe) => {
      expect(code).toContain('HERE');
      expect(await dismisses(code, cwe)).toBe(false);
    },
  );
});
