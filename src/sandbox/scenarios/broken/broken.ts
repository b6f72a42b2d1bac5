import {foundation, threeNodes} from '../foundation.ts';
import {node} from '../nodes.ts';
import {namespace} from '../objects.ts';
import {days, minutes, type Scenario} from '../scenario.ts';
import {containerFaults} from './container-faults.ts';
import {type BrokenThing, brokenNamespace} from './fault.ts';
import {rolloutFaults} from './rollout-faults.ts';
import {loseNode, lostNode, schedulingFaults} from './scheduling-faults.ts';
import {trafficFaults} from './traffic-faults.ts';

/** Every fault of the scenario, each found under its name. */
export const brokenThings: readonly BrokenThing[] = [...containerFaults, ...schedulingFaults, ...trafficFaults, ...rolloutFaults];

const at = '2025-06-01T08:00:00Z';
const nodes = () => [
	...threeNodes(),
	node({
		name: 'node-4',
		number: 4,
		at,
		labels: {accelerator: 'gpu'},
		taints: [{key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule'}],
	}),
	node({name: lostNode, number: 5, at, labels: {pool: 'edge'}, taints: [{key: 'pool', value: 'edge', effect: 'NoSchedule'}]}),
];

export const broken: Scenario = {
	history: [
		{agoMs: days(2), objects: foundation(nodes())},
		{agoMs: minutes(40), objects: [namespace(brokenNamespace), ...brokenThings.flatMap(({objects}) => objects)]},
		{
			agoMs: minutes(30),
			objects: brokenThings.flatMap(({later = []}) => later),
			also(machine) {
				loseNode(machine);
				for (const {also} of brokenThings) also?.(machine);
			},
		},
	],
};
