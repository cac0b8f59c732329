// Security rows 1, 2, 6, 7, 8, 9, 31, 48, 49: texts planted in names, strings, packages, policies and instructions of the repository, or said by the model itself.
import { describeCases } from './injection/describe-cases.ts';
import { GROUPS } from './injection/groups.ts';

describeCases(GROUPS.repository);
