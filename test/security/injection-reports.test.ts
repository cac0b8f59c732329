// Security rows 1, 2, 6, 7, 8, 9, 31, 48, 49: texts planted in reports of scanners: messages, rules, places, fixes, logs.
import { describeCases } from './injection/describe-cases.ts';
import { GROUPS } from './injection/groups.ts';

describeCases(GROUPS.reports);
