// What C# code keeps in lists, dictionaries and builders, and what its sanitizers are enough for.
import { describe, expect, it } from 'vitest';
import { outcomeOf } from './evidence-of.ts';

const body = (code: string, parameters = 'SqlConnection c, string p'): string =>
  `using System; using System.Collections.Generic; using System.Text; using System.Web; using System.IO; using System.Linq;
class A : Controller { void M(${parameters}) {
  var q = Request.Query["q"];
${code}
} }`;
const sql = (value: string): string => `var x = new SqlCommand("select " + ${value}, c); // HERE`;

const open: readonly (readonly [string, string, number])[] = [
  ['a list made with input', `var l = new List<string> { "a", q };\n${sql('l[1]')}`, 89],
  ['a list made with input, of which any is read', `var l = new List<string> { q };\n${sql('l[0]')}`, 89],
  [
    'a list made of a list',
    `var k = new List<string>(); k.Add(q);\nvar l = new List<string>(k);\n${sql('l[0]')}`,
    89,
  ],
  [
    'a dictionary made with input',
    `var m = new Dictionary<string, string> { { "a", q } };\n${sql('m["a"]')}`,
    89,
  ],
  [
    'a dictionary made with input by key',
    `var m = new Dictionary<string, string> { ["a"] = q };\n${sql('m["a"]')}`,
    89,
  ],
  [
    'a dictionary whose keys are not told apart by case',
    `var m = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);\nm["A"] = "x"; m["a"] = q;\n${sql('m["A"]')}`,
    89,
  ],
  [
    'a list of another name',
    `var l = new List<string>(); l.Add("a"); var k = l; k[0] = q;\n${sql('l[0]')}`,
    89,
  ],
  [
    'a list that was turned round',
    `var l = new List<string>(); l.Add("a"); l.Add(q); l.Reverse();\n${sql('l[0]')}`,
    89,
  ],
  [
    'a list that was inserted into',
    `var l = new List<string>(); l.Add("a"); l.Insert(0, q);\n${sql('l[0]')}`,
    89,
  ],
  [
    'a list that lost its first',
    `var l = new List<string>(); l.Add("a"); l.Add(q); l.RemoveAt(0);\n${sql('l[0]')}`,
    89,
  ],
  [
    'a list that lost an element',
    `var l = new List<string>(); l.Add("a"); l.Add(q); l.Remove("a");\n${sql('l[0]')}`,
    89,
  ],
  [
    'the first that fits',
    `var l = new List<string>(); l.Add("a"); l.Add(q); var s = l.First(v => v != "a");\n${sql('s')}`,
    89,
  ],
  [
    'a filtered list',
    `var l = new List<string>(); l.Add("a"); l.Add(q); var s = l.Where(v => v != "a").First();\n${sql('s')}`,
    89,
  ],
  [
    'a value that is fetched by reference',
    `var m = new Dictionary<string, string>(); m["a"] = q; m.TryGetValue("a", out var s);\n${sql('s')}`,
    89,
  ],
  [
    'a list that is gone through',
    `var l = new List<string>(); l.Add(q); var s = ""; foreach (var v in l) { s += v; }\n${sql('s')}`,
    89,
  ],
  ['a list that another fills', `var l = new List<string>(); l.Add("a"); Fill(l);\n${sql('l[0]')}`, 89],
  ['a joined list', `var l = new List<string>(); l.Add("a"); l.Add(q);\n${sql('string.Join(",", l)')}`, 89],
  ['an array whose element was set', `var l = new[] { "a", "b" }; l[0] = q;\n${sql('l[0]')}`, 89],
  ['a copied array', `var l = new[] { "a" }; var k = new[] { q }; k.CopyTo(l, 0);\n${sql('l[0]')}`, 89],
  [
    'a builder with a format',
    `var b = new StringBuilder(); b.AppendFormat("{0}", q);\n${sql('b.ToString()')}`,
    89,
  ],
  [
    'a builder with an insertion',
    `var b = new StringBuilder("a"); b.Insert(0, q);\n${sql('b.ToString()')}`,
    89,
  ],
  [
    'a builder of another name',
    `var b = new StringBuilder("a"); var d = b; d.Append(q);\n${sql('b.ToString()')}`,
    89,
  ],
  [
    'a builder in a chain',
    `var b = new StringBuilder("a").Append("x").Append(q);\n${sql('b.ToString()')}`,
    89,
  ],
  ['a builder that another fills', `var b = new StringBuilder("a"); Fill(b);\n${sql('b.ToString()')}`, 89],
  [
    'a replaced part of a builder',
    `var b = new StringBuilder("a"); b.Replace("a", q);\n${sql('b.ToString()')}`,
    89,
  ],
  [
    'a format of the page',
    'Response.Write(string.Format("<a href={0}>", HttpUtility.HtmlEncode(q))); // HERE',
    79,
  ],
  ['an interpolated tag', 'Response.Write($"<a href={HttpUtility.HtmlEncode(q)}>"); // HERE', 79],
  [
    'a tag that an earlier write left open',
    'Response.Write("<a href="); Response.Write("");\nResponse.Write(HttpUtility.HtmlEncode(q)); // HERE',
    79,
  ],
  [
    'text that is read back',
    'Response.Write("<p>" + HttpUtility.HtmlDecode(HttpUtility.HtmlEncode(q))); // HERE',
    79,
  ],
  [
    'text spelled in another way',
    'Response.Write("<p>" + HttpUtility.HtmlEncode(q).Normalize(NormalizationForm.FormKC)); // HERE',
    79,
  ],
  ['the folder above', 'Directory.Delete(Path.Combine("files", Path.GetFileName(q))); // HERE', 22],
  ['an encoder of HTML in a statement', sql('HttpUtility.HtmlEncode(q)'), 89],
  ['a number that was only tried', `int.TryParse(q, out var n);\n${sql('q')}`, 89],
];

const closed: readonly (readonly [string, string, string, number])[] = [
  [
    'an element of a list',
    'constant_arguments',
    `var l = new List<string>(); l.Add("a"); l.Add(q);\n${sql('l[0]')}`,
    89,
  ],
  [
    'a value of a dictionary',
    'constant_arguments',
    `var m = new Dictionary<string, string>(); m["a"] = "x"; m["b"] = q;\n${sql('m["a"]')}`,
    89,
  ],
  [
    'a builder of constants',
    'constant_arguments',
    `var b = new StringBuilder(); b.Append("a").Append("b");\n${sql('b.ToString()')}`,
    89,
  ],
  ['a number', 'sanitized_arguments', `var n = int.Parse(q);\n${sql('n')}`, 89],
  [
    'an interpolated text',
    'sanitized_arguments',
    'Response.Write($"<p>{HttpUtility.HtmlEncode(q)}</p>"); // HERE',
    79,
  ],
  [
    'a formatted text',
    'sanitized_arguments',
    'Response.Write(string.Format("<p>{0}</p>", HttpUtility.HtmlEncode(q))); // HERE',
    79,
  ],
  [
    'a builder of escaped text',
    'sanitized_arguments',
    'var b = new StringBuilder("<p>"); b.Append(HttpUtility.HtmlEncode(q));\nResponse.Write(b.ToString()); // HERE',
    79,
  ],
  [
    'a file of a folder',
    'sanitized_arguments',
    'File.ReadAllText(Path.Combine("files", Path.GetFileName(q))); // HERE',
    22,
  ],
];

describe('C# that must stay open', () => {
  it.each(open)('%s', async (_words, code, cwe) => {
    expect(await outcomeOf('csharp', body(code), { cwe: [cwe] })).not.toMatch(
      /sanitized_arguments|safe_call|constant_arguments/,
    );
  });
});

describe('C# that is harmless', () => {
  it.each(closed)('%s: %s', async (_words, outcome, code, cwe) => {
    expect(await outcomeOf('csharp', body(code), { cwe: [cwe] })).toBe(outcome);
  });
});
