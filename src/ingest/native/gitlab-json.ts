// Reads GitLab's reports on code and secrets, schemas 14 and 15 (https://gitlab.com/gitlab-org/security-products/security-report-schemas).
import { phrase } from '#domain/phrase.ts';
import { missingList } from '../formats/missing-list.ts';
import type { FormatReader, ReportFormat } from '../formats/report-format.ts';
import { asObject, asObjects, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { gitlabResult } from './gitlab-vulnerability.ts';
import { refuseEntry, wordIn } from './native-result.ts';

const NAME = 'GitLab';

export const GITLAB_JSON: ReportFormat = {
  kinds: ['gitlab-json'],
  syntax: 'json',
  elements: ['vulnerabilities[]'],
  open(output): FormatReader {
    let isListed = false;
    let scan: JsonObject | null = null;
    // Before schema 14 each entry named its scanner, and nothing else did.
    let scanner: JsonObject | null = null;
    return {
      begin() {
        isListed = true;
      },
      part(path, value) {
        const entry = asObject(value);
        if (path === 'scan') scan = entry;
        if (path !== 'vulnerabilities[]') return;
        scanner ??= asObject(entry?.scanner);
        if (entry === null) refuseEntry(value, output);
        else output.result(gitlabResult(entry));
      },
      finish() {
        if (!isListed) throw missingList(NAME);
        const named = asObject(scan?.scanner) ?? scanner ?? asObject(scan?.analyzer);
        const name = wordIn(named?.name) ?? wordIn(named?.id) ?? NAME;
        output.tool({ name, version: wordIn(named?.version) });
        if (scan?.status === 'failure') output.problem(phrase`the scan's status is "failure"`);
        for (const { level, value } of asObjects(scan?.messages, COUNTS.tags))
          if (level === 'fatal')
            output.problem(wordIn(value, CAPS.problem) ?? phrase`a tool error without message`);
      },
    };
  },
};
