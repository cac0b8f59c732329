// Sources for the benchmarks: many small functions, each with one sink, as scanners flag them.

export interface Template {
  readonly language: string;
  readonly extension: string;
  readonly ruleId: string;
  readonly cwe: string;
  readonly message: string;
  write(unit: number, functions: number): { readonly text: string; readonly sinkLines: readonly number[] };
}

/** Assembles a file from one body per function; `body` marks its sink line with a trailing `//!` or `#!`. */
function assemble(head: string, body: (unit: number, index: number) => string, tail: string) {
  return (unit: number, functions: number) => {
    const parts = Array.from({ length: functions }, (_, index) => body(unit, index));
    const marked = `${head}${parts.join('\n')}${tail}`.replaceAll('{unit}', String(unit)).split('\n');
    const sinkLines = marked.flatMap((line, at) => (/(\/\/|#)!$/.test(line) ? [at + 1] : []));
    return { text: marked.map((line) => line.replace(/ *(\/\/|#)!$/, '')).join('\n'), sinkLines };
  };
}

export const TEMPLATES: readonly Template[] = [
  {
    language: 'java',
    extension: 'java',
    ruleId: 'java/sql-injection',
    cwe: '089',
    message: 'This query depends on a user-provided value.',
    write: assemble(
      'package shop;\n\nimport java.sql.Connection;\nimport java.sql.Statement;\n\npublic class Unit{unit} {\n',
      (_unit, index) => `  public void find${index}(Connection connection, String name) throws Exception {
    Statement statement = connection.createStatement();
    String limit = "LIMIT " + (${index} + 1);
    String query = "SELECT * FROM orders WHERE customer = '${index % 2 === 0 ? "fixed' " : `' + name + "' `}" + limit;
    statement.executeQuery(query); //!
  }
`,
      '}\n',
    ),
  },
  {
    language: 'python',
    extension: 'py',
    ruleId: 'py/command-line-injection',
    cwe: '078',
    message: 'This command depends on a user-provided value.',
    write: assemble(
      'import os\nimport subprocess\n\n',
      (_unit, index) => `def archive_${index}(name):
    folder = "/srv/archive/" + "${index}"
    command = "tar cf " + folder + ${index % 2 === 0 ? '"/all.tar"' : 'name'}
    os.system(command) #!

`,
      '',
    ),
  },
  {
    language: 'javascript',
    extension: 'js',
    ruleId: 'js/command-line-injection',
    cwe: '078',
    message: 'This command depends on a user-provided value.',
    write: assemble(
      "const { exec } = require('node:child_process');\n\n",
      (_unit, index) => `function list${index}(request, response) {
  const folder = '/srv/files/${index}';
  const command = \`ls \${${index % 2 === 0 ? 'folder' : 'request.query.folder'}}\`;
  exec(command, (error, output) => response.send(output)); //!
}
`,
      '\n',
    ),
  },
  {
    language: 'c',
    extension: 'c',
    ruleId: 'c/format-string',
    cwe: '134',
    message: 'The format may be influenced by an attacker.',
    write: assemble(
      '#include <stdio.h>\n\n',
      (_unit, index) => `static void print_${index}(const char *label) {
  const char *format = "%s: ${index}\\n";
  printf(${index % 2 === 0 ? 'format, label' : 'label'}); //!
}
`,
      '\n',
    ),
  },
];
