// Files that are no reports, given by mistake.
import { phrase } from '#domain/phrase.ts';
import { GIVE_WHAT_IS_READ, type ReportKind } from './report-kind.ts';

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
    advice: phrase`Give the report that the scanner writes for machines, as SARIF, JSON or XML.`,
    text: /^\s*(?:<!doctype html|<html)/i,
  },
  {
    id: 'csv',
    name: phrase`CSV table`,
    advice: GIVE_WHAT_IS_READ,
    text: /^[^\n,{}<>[\]]{1,200}(?:,[^\n,{}<>[\]]{0,200}){2,200}\r?\n/,
  },
  {
    id: 'xml',
    name: phrase`XML document`,
    advice: GIVE_WHAT_IS_READ,
    text: /^\s*<(?:\?xml|!--|[A-Za-z])/,
  },
];
