// Security row 8: a change that brings its own pardon. The policy of the base decides; what the change says is listed only.
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '#app/config.ts';
import { decide } from '#gate/decide.ts';
import { aJudgedFinding } from '../doubles/judged-finding.ts';

const BASE = parsePolicy('version: 1\n', 'assay.yml@base');
const ID = '00000000000000aa';
const HEAD_TEXTS = [
  `version: 1\nwaivers: [{ id: ${ID}, reason: a, owner: b, expires: 2099-01-01 }]\n`,
  'version: 1\ngate: { mode: report }\n',
  'version: 1\ngate: { rules: [{ name: default, severity: critical }] }\n',
  'version: 1\nignore: ["**"]\n',
];
const given = { failOn: null, today: '2026-12-01', unfinished: [] };

describe('a change that loosens assay.yml', () => {
  it.each(HEAD_TEXTS)('%j stays red and is told when it takes effect', (headText) => {
    // The head's text is valid, and is not what the gate is given.
    expect(parsePolicy(headText, 'assay.yml@head')).not.toEqual(BASE);
    const { decision, findings, notices } = decide([aJudgedFinding({ id: ID })], {
      ...given,
      policy: BASE,
      configChanged: true,
    });
    expect(findings[0]?.gate.effect).toBe('blocks');
    expect(decision).toMatchObject({ outcome: 'failed', mode: 'enforce' });
    expect(notices).toEqual([
      {
        code: 'config-changed',
        text: 'assay.yml is changed by this change; the new version takes effect after merge, this run used the one of the base.',
      },
    ]);
  });

  it('a suppression that the change adds is shown as not honoured and blocks all the same', () => {
    const suppression = { kind: 'inSource', honoured: false, why: 'the comment is added by this change' };
    const { findings } = decide([aJudgedFinding({ id: ID, suppression })], {
      ...given,
      policy: BASE,
      configChanged: false,
    });
    expect(findings[0]).toMatchObject({ gate: { effect: 'blocks' }, suppression: { honoured: false } });
  });
});
