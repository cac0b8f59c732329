// One result with everything a reader may meet: proved, open, dismissed, waived, unresolved and out of scope; wide characters and long paths.
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import { aDocument, aFinding, aLocation, aReason, aVerdict } from './result-document.ts';

const REPOSITORY = 'src/main/java/org/example/shop/orders/repository/OrderRepository.java';

function proved(): FindingRecord[] {
  const sink = {
    path: REPOSITORY,
    line: 142,
    quote: 'stmt.executeQuery("SELECT * FROM orders WHERE id = " + id)',
  };
  const secret = { path: 'config/settings.py', line: 7, quote: 'DEBUG_MODE = "always"' };
  return [
    aFinding({
      id: 'c0ffee0000000001',
      severity: 'critical',
      ruleId: 'java.lang.security.audit.sqli.jdbc-sqli',
      message:
        'Detected SQL statement that is tainted by `request` object. Use prepared statements | bind parameters.',
      location: aLocation({ path: REPOSITORY, startLine: 142, endLine: 142 }),
      flow: [
        { location: aLocation({ path: REPOSITORY, startLine: 131 }), message: 'request.getParameter("id")' },
        { location: aLocation({ path: REPOSITORY, startLine: 142 }), message: null },
      ],
      related: [
        {
          location: aLocation({ path: 'src/main/java/org/example/Db.java', startLine: 4 }),
          message: 'declared',
        },
      ],
      rootCause: 'The handler builds SQL text out of a request parameter.',
      remediation: 'Bind the value with a prepared statement.',
      verdict: aVerdict(
        'true_positive',
        aReason(
          'TP.flow.remote',
          'The value of `request.getParameter("id")` reaches `executeQuery` at line 142.',
          sink,
        ),
      ),
    }),
    aFinding({
      id: 'c0ffee0000000002',
      ruleId: 'misuse',
      cwe: [489],
      message: 'Debug mode',
      location: aLocation({ path: 'config/settings.py', startLine: 7, endLine: 7 }),
      verdict: aVerdict(
        'true_positive',
        aReason('TP.misuse', 'The constant is itself the weakness.', secret),
      ),
    }),
  ];
}

function open(): FindingRecord[] {
  return [
    aFinding({
      id: 'c0ffee0000000003',
      ruleId: 'js/path-injection',
      cwe: [22, 23],
      message: '路径遍历：用户输入进入文件路径',
      location: aLocation({ path: 'web/src/下载/处理程序.ts', startLine: 88, endLine: 88 }),
      verdict: aVerdict(
        'needs_review',
        aReason('REV.param', 'The value is the parameter `name` of `readUpload`: who calls it?'),
      ),
    }),
    aFinding({
      id: 'c0ffee0000000004',
      severity: 'medium',
      ruleId: 'weak-hash',
      cwe: [328],
      message: 'Weak hash @here https://exfil.example/x ![](https://exfil.example/p.gif) Fixes #1',
      location: aLocation({ path: 'lib/digest.go', startLine: 31, endLine: 31 }),
      gate: { effect: 'allowed', why: 'below the threshold' },
    }),
    aFinding({
      id: 'c0ffee0000000005',
      ruleId: 'cpp/overflow',
      cwe: [120],
      message: 'Buffer overflow',
      location: aLocation({
        path: '../outside/native.c',
        resolved: false,
        why: 'no file of the repository ends with this path',
      }),
      verdict: aVerdict(
        'needs_review',
        aReason('REV.unresolved', 'The place that the report names is not in the repository.'),
      ),
    }),
  ];
}

function closed(): FindingRecord[] {
  const literal = {
    path: 'tools/build.py',
    line: 12,
    quote: '    subprocess.run(["make", "all"], check=True)',
  };
  return [
    aFinding({
      id: 'c0ffee0000000006',
      ruleId: 'cmd-injection',
      cwe: [78],
      message: 'Command injection',
      location: aLocation({ path: 'tools/build.py' }),
      gate: { effect: 'allowed', why: 'a false positive blocks nothing' },
      verdict: aVerdict(
        'false_positive',
        aReason('FP.const', 'Every argument of `subprocess.run` is a literal.', literal),
      ),
    }),
    aFinding({
      id: 'c0ffee0000000007',
      severity: 'low',
      ruleId: 'cookie-httponly',
      cwe: [1004],
      message: 'Cookie without HttpOnly',
      location: aLocation({ path: 'api/session.js', startLine: 9, endLine: 9 }),
      gate: { effect: 'waived', why: 'waived by alice until 2027-01-31: legacy widget' },
    }),
    aFinding({
      id: 'c0ffee0000000008',
      message: 'An old finding',
      scope: { state: 'existing', why: 'its line is not touched' },
      gate: { effect: 'out_of_scope', why: 'existing' },
      verdict: null,
    }),
  ];
}

export function richDocument(): ResultDocument {
  return aDocument([...proved(), ...open(), ...closed()], {
    notices: [{ code: 'waiver-soon', text: 'The waiver of `cookie-httponly` expires on 2027-01-31.' }],
  });
}
