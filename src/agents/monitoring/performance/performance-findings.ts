import type {Finding} from '../../../core/finding.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {unseenFinding} from '../../../core/unchecked.ts';
import type {ToldPerformance, ToldWorkload} from './performance-schema.ts';

/** What a bottleneck's evidence was asked by. */
const queryOf = ({measures}: ToldWorkload, source: string) => {
	const query = measures.find(({name}) => name === source)?.query;
	return query === undefined ? source : `${source}: ${query}`;
};

function findingsOf(told: ToldWorkload): readonly Finding[] {
	const {resource, bottlenecks, within, measures} = told;
	const id = (kind: string) => `performance-${kind}`;
	if (bottlenecks.length === 0 && measures.length === 0)
		return [
			{
				...{id: id('bottleneck'), status: 'not-checked', severity: 'low', resource, evidence: []},
				cause: refText(resource),
				why: 'nothing was measured of it',
			},
		];
	if (bottlenecks.length === 0)
		return [
			{
				...{id: id('bottleneck'), status: 'pass', severity: 'low', resource},
				evidence: within.map(detail => ({source: 'measures', detail})),
				cause: `${refText(resource)} has no bottleneck`,
			},
		];
	return bottlenecks.map(({kind, severity, sure, cause, evidence}) => ({
		...{id: id(kind), status: 'fail', severity, resource},
		evidence: evidence.map(({source, detail}) => ({source: queryOf(told, source), detail})),
		cause: `${refText(resource)}: ${cause} (${sure})`,
	}));
}

/** Every bottleneck of every workload, and what could not be looked at. */
export const performanceFindings = ({workloads, notChecked}: ToldPerformance): readonly Finding[] => [
	...workloads.flatMap(findingsOf),
	...notChecked.map(unseenFinding),
];
