import type {Analyzer} from '../../../src/analysis/detection/analyzer.ts';
import {severityOfCause} from '../../../src/analysis/detection/incident.ts';
import type {Snapshot} from '../../../src/analysis/detection/snapshot.ts';
import type {Cause} from '../../../src/analysis/diagnosis/cause.ts';
import {surveyIn} from './cluster-in-yaml.ts';

const wayOut = ({remedies}: Cause) => {
	const sure = remedies.filter(each => each.sure);
	return remedies.length === 0 ? 'none' : sure.length === 1 || remedies.length === 1 ? 'remedy' : 'choices';
};

/** What an analyzer finds, one line each: severity, class, object, field and whether there is a way out. */
export const faultLines = (analyzer: Analyzer, yaml: string, snapshot: Partial<Snapshot> = {}): readonly string[] =>
	analyzer(surveyIn(yaml, snapshot)).map(
		cause => `${severityOfCause(cause)} ${cause.id} ${cause.resource.kind}/${cause.resource.name} ${cause.path} ${wayOut(cause)}`,
	);

/** Patches of the sure remedies that an analyzer offers. */
export const surePatches = (analyzer: Analyzer, yaml: string): readonly string[] =>
	analyzer(surveyIn(yaml)).flatMap(({remedies}) =>
		remedies.filter(({sure}) => sure).map(({input, tool}) => String(input.patch ?? `${tool} ${input.name}`)),
	);
