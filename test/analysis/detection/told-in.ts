import type {Analyzer} from '../../../src/analysis/detection/analyzer.ts';
import type {Unread} from '../../../src/analysis/detection/snapshot.ts';
import type {Cause} from '../../../src/analysis/diagnosis/cause.ts';
import {surveyIn} from './cluster-in-yaml.ts';

/** `id Kind/name path`, with how grave it is where it is not what its class says. */
const line = ({id, resource, path, severity}: Cause) =>
	[id, `${resource.kind}/${resource.name}`, path, severity === undefined ? undefined : `(${severity})`].filter(Boolean).join(' ');

/** What an analyzer tells of a cluster in YAML, one line for each cause. */
export const told = (find: Analyzer, text: string, unread?: readonly Unread[]) =>
	find(surveyIn(text, unread === undefined ? {} : {unread})).map(line);

/** The remedies in one line each: `sure` or `choice`, and what is written. */
export const remedies = (find: Analyzer, text: string) =>
	find(surveyIn(text)).flatMap(cause =>
		cause.remedies.map(({sure, input, writes}) => {
			const steps = writes?.map(
				write => `${write.op} ${write.ref.kind}/${write.ref.name}${'manifest' in write ? ` ${JSON.stringify(write.manifest)}` : ''}`,
			);
			return `${sure ? 'sure' : 'choice'} ${steps?.join('; ') ?? input.patch ?? input.manifest ?? JSON.stringify(input)}`;
		}),
	);
