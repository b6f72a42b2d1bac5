import type {Analyzer} from '../../analyzer.ts';
import {fieldFaults} from './field-faults.ts';
import {literalVariables} from './literal-variables.ts';
import {optionalReferences} from './optional-references.ts';
import {partFaults} from './part-faults.ts';
import {programFiles} from './program-files.ts';
import {referenceFaults} from './reference-faults.ts';
import {restartFaults} from './restart-faults.ts';
import {toldFiles} from './told-files.ts';
import {valueFaults} from './value-faults.ts';
import {variableFaults} from './variable-faults.ts';

/** Settings of programs: what they name, and what they say. */
export const configFaults: Analyzer = survey =>
	[
		referenceFaults,
		optionalReferences,
		variableFaults,
		literalVariables,
		fieldFaults,
		programFiles,
		partFaults,
		toldFiles,
		valueFaults,
		restartFaults,
	].flatMap(find => find(survey));
