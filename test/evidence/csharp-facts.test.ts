import { describe, expect, it } from 'vitest';
import { outcomeOf } from './evidence-of.ts';

const body = (code: string): string =>
  `using System; using System.Data.SqlClient;\nclass A { void M(string q, bool b, int n, HttpRequest request) {\n${code}\n} }`;
const members = (code: string, head = 'class A'): string =>
  `using System.Data.SqlClient;\n${head} {\n${code}\n}`;
const use = (text: string): string => `new SqlCommand(${text}); // HERE`;
const run = (text: string): string => `void Run(string q) { ${use(text)}\n}`;
const controller = (code: string): string =>
  `using Microsoft.AspNetCore.Mvc;\npublic class HomeController : Controller {\n${code}\n}`;

type Row = readonly [sentence: string, outcome: string, cwe: number, code: string];

const CONSTANTS: readonly Row[] = [
  ['joined constants', 'constant_arguments', 89, body(`var s = "a" + 1; s += 'x';\n${use('s')}`)],
  [
    'interpolated constants',
    'constant_arguments',
    89,
    body(`const string t = "a"; var s = b ? "x" : "y";\n${use('$"{t} {s,3:X}"')}`),
  ],
  ['a verbatim and a raw text', 'constant_arguments', 89, body(use('@"a ""b""" + """raw "text\\ """'))],
  [
    'a builder of constants',
    'constant_arguments',
    89,
    body(
      `var s = new System.Text.StringBuilder(); s.Append("a").AppendLine("b"); if (b) s.Append("c");\n${use('s.ToString()')}`,
    ),
  ],
  ['formatted constants', 'constant_arguments', 89, body(use('string.Format("{0} {1}", "a", string.Empty)'))],
  [
    'joined elements',
    'constant_arguments',
    89,
    body(`var c = new[] { "a", "b" };\n${use('string.Join(",", c)')}`),
  ],
  ['a constant field', 'constant_arguments', 89, members(`public const string S = "a";\n${run('S')}`)],
  [
    'a read-only field',
    'constant_arguments',
    89,
    members(`private static readonly string S = "a" + T; const string T = "b";\n${run('A.S')}`),
  ],
  [
    'a private field that nobody writes',
    'constant_arguments',
    89,
    members(`string s = "a";\n${run('this.s')}`),
  ],
  ['a property that is its text', 'constant_arguments', 89, members(`static string S => "a";\n${run('S')}`)],
  ['a read-only property', 'constant_arguments', 89, members(`public string S { get; } = "a";\n${run('S')}`)],
  [
    'a constant of a partial class',
    'constant_arguments',
    89,
    members(`const string S = "a";\n${run('S')}`, 'partial class A'),
  ],
  [
    'a switch of constants',
    'constant_arguments',
    89,
    body(`var s = q switch { "x" => "a", "y" or "z" => "b", null => throw new E(), _ => "c" };\n${use('s')}`),
  ],
  [
    'a `switch` statement of constants',
    'constant_arguments',
    89,
    body(
      `string s; switch (n) { case 1: case 2: s = "a"; break; case > 5: s = "b"; break; default: s = "c"; break; }\n${use('s')}`,
    ),
  ],
  [
    'a tuple of constants',
    'constant_arguments',
    89,
    body(`var (s, t) = ("a", "b"); (s, t) = (t, s);\n${use('s + t')}`),
  ],
  [
    '`??` and `??=` of constants',
    'constant_arguments',
    89,
    body(`string s = null; s ??= "a"; var t = s ?? throw new E();\n${use('t')}`),
  ],
  [
    'a text set under `using`',
    'constant_arguments',
    89,
    body(`using (var x = Open()) { using var y = Open();\nx.CommandText = "a"; // HERE\n}`),
  ],
  [
    'a top-level statement',
    'constant_arguments',
    89,
    `using System.Data.SqlClient;\n// the query\nvar s = "a";\nvar c = ${use('s')}\nclass A { }`,
  ],
  [
    'a lambda of its own',
    'constant_arguments',
    89,
    body(`const string s = "a"; Run(async () => {\nawait ${use('s')}\n});`),
  ],
  [
    'named arguments in another order',
    'constant_arguments',
    89,
    body(`new SqlCommand(connection: Open(q), cmdText: "a"); // HERE`).replace('Open(q)', 'conn'),
  ],
  [
    'Dapper with values aside',
    'constant_arguments',
    89,
    `using Dapper;\nclass A { void M(IDbConnection db, int id) {\ndb.Query<User>("select * from t where id = @id", new { id }); // HERE\n} }`,
  ],
  [
    'a fixed command',
    'constant_arguments',
    78,
    body(`System.Diagnostics.Process.Start("ls", "-l"); // HERE`),
  ],
];

const DEAD: readonly Row[] = [
  [
    'a condition on constants',
    'dead_branch',
    89,
    body(`const bool Debug = false; if (Debug) {\n${use('q')}\n}`),
  ],
  [
    'after every way has left',
    'dead_branch',
    89,
    body(`if (b) { throw new E(); } else { return; }\n${use('q')}`),
  ],
  [
    'a case that does not come',
    'dead_branch',
    89,
    body(`var m = "x"; switch (m) { case "y":\n${use('q')}\nbreak; case "x": break; }`),
  ],
];

const FLOWS: readonly Row[] = [
  [
    'a query value',
    'direct_flow',
    89,
    body(`string s = request.Query["id"]; var t = $"select {s}";\n${use('t')}`),
  ],
  [
    'a form value under `?.`',
    'direct_flow',
    89,
    body(`var s = request.Form["id"]?.ToString();\n${use('"select " + s')}`),
  ],
  [
    'an action parameter',
    'direct_flow',
    89,
    controller(`public IActionResult Get(string id) {\n${use('"select " + id')}\n}`),
  ],
  [
    'a parameter bound by name',
    'direct_flow',
    601,
    controller(
      `[HttpGet] public IActionResult Get([FromQuery(Name = "u")] string to)\n=> Redirect(to); // HERE`,
    ),
  ],
  [
    'a minimal endpoint',
    'direct_flow',
    78,
    `app.MapGet("/run", (string name) => {\nProcess.Start("sh", name); // HERE\n});`,
  ],
  [
    'an initialiser of process settings',
    'direct_flow',
    78,
    controller(
      `public void Go(string name) {\nvar p = new ProcessStartInfo { FileName = "sh", Arguments = "-c " + name }; // HERE\n}`,
    ),
  ],
  [
    'a server-side request',
    'direct_flow',
    918,
    controller(
      `private readonly HttpClient http; public async Task Go(string url) {\nawait http.GetAsync(url); // HERE\n}`,
    ),
  ],
  [
    'markup',
    'direct_flow',
    79,
    controller(
      `public IActionResult Go(string name) {\nreturn Content("<b>" + name, "text/html"); // HERE\n}`,
    ),
  ],
  [
    'an XPath',
    'direct_flow',
    643,
    controller(
      `public void Go(string name, XmlDocument d) {\nd.SelectNodes($"//user[@n='{name}']"); // HERE\n}`,
    ),
  ],
];

const OPEN: readonly Row[] = [
  [
    'a number that an action is given',
    'REV.param',
    89,
    controller(`public void Get(int id) {\n${use('"select " + id')}\n}`),
  ],
  [
    'a service that an action is given',
    'REV.param',
    89,
    controller(`public void Get([FromServices] string id) {\n${use('id')}\n}`),
  ],
  [
    'a value that a pattern has checked',
    'REV.unknown',
    89,
    controller(`public void Get(string id) { if (id is "a" or "b") {\n${use('id')}\n} }`),
  ],
  [
    'a value that was parsed',
    'sanitized_arguments',
    89,
    body(`var s = int.Parse(request.Query["id"]);\n${use('"select " + s')}`),
  ],
  [
    'an encoded value',
    'sanitized_arguments',
    79,
    body(`Response.Write(HttpUtility.HtmlEncode(request.Query["id"])); // HERE`),
  ],
  ['a jump into the code', 'REV.unknown', 89, body(`top: if (b) goto top;\n${use('"a"')}`)],
];

const FORMS: readonly Row[] = [
  ['an interpolated query', 'safe_call', 89, body('db.T.FromSqlInterpolated($"select {q}"); // HERE')],
  [
    'a local redirect',
    'safe_call',
    601,
    controller('public IActionResult Go(string to) => LocalRedirect(to); // HERE'),
  ],
  [
    'a strong hash',
    'safe_call',
    328,
    body('using var h = System.Security.Cryptography.SHA256.Create(); // HERE'),
  ],
  ['a large key', 'safe_call', 326, body('var r = RSA.Create(4096); // HERE')],
  [
    'refused document types',
    'safe_call',
    611,
    body('var s = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit }; // HERE'),
  ],
  [
    'a secure cookie',
    'safe_call',
    614,
    body('Response.Cookies.Append("a", q, new CookieOptions { HttpOnly = b, Secure = true }); // HERE'),
  ],
  ['an ECB mode', 'misuse', 327, body('using var a = Aes.Create(); a.Mode = CipherMode.ECB; // HERE')],
  [
    'a certificate that is never checked',
    'misuse',
    295,
    body(
      'var h = new HttpClientHandler { ServerCertificateCustomValidationCallback = (m, c, n, e) => true }; // HERE',
    ),
  ],
  [
    'a certificate callback that is added',
    'misuse',
    295,
    body(
      'ServicePointManager.ServerCertificateValidationCallback += delegate (object s, X509Certificate c, X509Chain n, SslPolicyErrors e) { return true; }; // HERE',
    ),
  ],
  [
    'an old protocol',
    'misuse',
    326,
    body('System.Net.ServicePointManager.SecurityProtocol = SecurityProtocolType.Ssl3; // HERE'),
  ],
  ['a cookie for scripts', 'misuse', 1004, body('var c = new HttpCookie("a") { HttpOnly = false }; // HERE')],
  [
    'a written password',
    'misuse',
    798,
    body('var c = new SqlConnection("Server=x;User=sa;Password=g7Rk21xx"); // HERE'),
  ],
];

describe.each([
  ['constants', CONSTANTS],
  ['code that never runs', DEAD],
  ['remote input', FLOWS],
  ['open questions', OPEN],
  ['forms of calls', FORMS],
])('C#: %s', (_kind, rows) => {
  it.each(rows)('%s: %s', async (_sentence, outcome, cwe, code) => {
    expect(await outcomeOf('csharp', code, { cwe: [cwe] })).toBe(outcome);
  });
});
