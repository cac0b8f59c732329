// A run on GitHub with one fault at every request, of every kind.
import { describeFaults } from './every-fault.ts';

describeFaults('github');
