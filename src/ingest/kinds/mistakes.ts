// Files that are no reports, given by mistake.
import { phrase } from '#domain/phrase.ts';
import type { ReportKind } from './report-kind.ts';

export const MISTAKES: readonly ReportKind[] = [
  {
    id: 'zip',
    name: phrase`zip archive`,
    advice: phrase`Unpack it and give the report inside; only a single .gz stream is read compressed.`,
    text: /^PK\u0003\u0004/,
  },
  {
    id: 'html',
    name: phrase`HTML page`,
    advice: phrase`Give the report that the scanner writes for machines, as SARIF.`,
    text: /^\s*(?:<!doctype html|<html)/i,
  },
  {
    id: 'csv',
    name: phrase`CSV table`,
    advice: phrase`Give the SARIF of the scanner.`,
    text: /^[^\n,{}<>[\]]{1,200}(?:,[^\n,{}<>[\]]{0,200}){2,200}\r?\n/,
  },
  {
    id: 'xml',
    name: phrase`XML document`,
    advice: phrase`Give the SARIF of the scanner.`,
    text: /^\s*<(?:\?xml|!--|[A-Za-z])/,
  },
];
