// Security rows 1, 2, 6, 7, 8, 9, 31, 48, 49: texts planted in comments of the code, encoded, hidden or dressed as something else.
import { describeCases } from './injection/describe-cases.ts';
import { GROUPS } from './injection/groups.ts';

describeCases(GROUPS.disguised);
