import {count, someOf} from '../../core/text/count.ts';
import {type MeasuredUnit, measuredText} from '../../core/text/measured-text.ts';
import {type Course, coincides, riseOf, type Shift} from './course.ts';
import {endedText} from './ended-text.ts';
import type {Bottleneck, Facts, Neighbour, NodeFacts} from './facts.ts';
import {type Symptom, shiftText} from './symptoms.ts';

/** Part of its periods in which a container was stopped by its CPU limit: as kubernetes-mixin's CPUThrottlingHigh has it. */
const throttledFrom = 0.25;
/** Parts of a limit and of a node that are nearly all: as node-exporter's NodeCPUHighUsage and NodeMemoryHighUtilization have it. */
const nearlyAll = 0.9;
/** A node that is as busy as this lets pods wait for each other. */
export const busyNode = 0.8;
/** Part of a node by which a neighbour's use has to rise to be felt. */
const feltPart = 0.05;

type Around = {readonly facts: Facts; readonly symptoms: readonly Symptom[]};

const together = (shift: Shift | undefined, {facts, symptoms}: Around) =>
	symptoms.find(symptom => coincides(symptom.shift, shift, facts.stepMs));

const detail = (course: Course, unit: MeasuredUnit) => {
	const shift = riseOf(course, 1);
	return shift === undefined
		? `${measuredText(course.level, unit)}, at most ${measuredText(course.most, unit)}`
		: `${shiftText(shift, unit)}; at most ${measuredText(course.most, unit)}`;
};

const symptomEvidence = (symptom: Symptom | undefined) => (symptom === undefined ? [] : [{source: symptom.name, detail: symptom.text}]);

function memory(around: Around): readonly Bottleneck[] {
	const {measures, oomKills} = around.facts;
	const used = measures.get('memory-of-limit');
	const evidence = used === undefined ? [] : [{source: 'memory-of-limit', detail: detail(used, 'ratio')}];
	if (oomKills.count > 0)
		return [
			{
				...{kind: 'memory-limit', severity: 'high', sure: 'certain'},
				cause: `its memory limit kills it: ${count(oomKills.count, 'container')} ended as OOMKilled`,
				evidence: [{source: 'pod status', detail: endedText(oomKills)}, ...evidence],
			},
		];
	if (used === undefined || used.level < nearlyAll) return [];
	const shift = riseOf(used, 1);
	const symptom = together(shift, around);
	return [
		{
			// Caches fill a limit and harm nobody; what grows, or is felt, does.
			...{kind: 'memory-limit', severity: shift === undefined && symptom === undefined ? 'low' : 'medium', sinceMs: shift?.atMs},
			sure: symptom === undefined ? 'possible' : 'likely',
			cause: `memory is at ${measuredText(used.level, 'ratio')} of its limit`,
			evidence: [...evidence, ...symptomEvidence(symptom)],
		},
	];
}

function cpu(around: Around): readonly Bottleneck[] {
	const {measures} = around.facts;
	const [throttled, used] = [measures.get('throttled'), measures.get('cpu-of-limit')];
	const isThrottled = throttled !== undefined && throttled.level >= throttledFrom;
	const isFull = used !== undefined && used.level >= nearlyAll;
	if (!isThrottled && !isFull) return [];
	const shift = (isThrottled ? riseOf(throttled, 1) : undefined) ?? (used === undefined ? undefined : riseOf(used, 1));
	const symptom = together(shift, around);
	return [
		{
			kind: 'cpu-limit',
			severity: symptom?.severity ?? 'medium',
			sure: symptom === undefined ? 'possible' : 'likely',
			sinceMs: shift?.atMs,
			cause: isThrottled
				? `its CPU limit stops it in ${measuredText(throttled.level, 'ratio')} of its periods`
				: `it uses ${measuredText(used?.level ?? 0, 'ratio')} of its CPU limit`,
			evidence: [
				...(throttled === undefined ? [] : [{source: 'throttled', detail: detail(throttled, 'ratio')}]),
				...(used === undefined ? [] : [{source: 'cpu-of-limit', detail: detail(used, 'ratio')}]),
				...symptomEvidence(symptom),
			],
		},
	];
}

/** Neighbours whose use rose when the node's did, or when the workload got worse. */
function risen({neighbours, cores = 1, cpu: node}: NodeFacts, {facts, symptoms}: Around): readonly (Neighbour & {readonly shift: Shift})[] {
	const moments = [...symptoms.map(({shift}) => shift), node === undefined ? undefined : riseOf(node, 1)];
	return neighbours
		.flatMap(neighbour => {
			const shift = riseOf(neighbour.cpu, 1);
			const isFelt = shift !== undefined && shift.to - shift.from >= feltPart * cores;
			return isFelt && moments.some(moment => coincides(moment, shift, facts.stepMs)) ? [{...neighbour, shift}] : [];
		})
		.toSorted((a, b) => b.shift.to - b.shift.from - (a.shift.to - a.shift.from));
}

function ofNode(node: NodeFacts, around: Around): readonly Bottleneck[] {
	const {name, cpu: busy, memory: filled} = node;
	const loud = busy === undefined || busy.level < busyNode ? [] : risen(node, around);
	const shift = busy === undefined ? undefined : riseOf(busy, 1);
	const symptom = together(loud[0]?.shift ?? shift, around);
	const sure = symptom === undefined ? 'possible' : 'likely';
	const severity = symptom?.severity ?? 'medium';
	const source = `cpu of node ${name}`;
	const nodeEvidence = busy === undefined ? [] : [{source, detail: detail(busy, 'ratio')}];
	const [loudest] = loud;
	const found: Bottleneck[] = [];
	if (loudest !== undefined)
		found.push({
			...{kind: 'noisy-neighbour', severity, sure, sinceMs: loudest.shift.atMs},
			cause: `${someOf(loud.map(({namespace, pod}) => `pod ${namespace}/${pod}`))} took the CPU of node ${name}`,
			evidence: [
				...loud
					.slice(0, 3)
					.map(({namespace, pod, shift: each}) => ({source: `cpu of ${namespace}/${pod}`, detail: `${shiftText(each, 'cores')} cores`})),
				...nodeEvidence,
				...symptomEvidence(symptom),
			],
		});
	else if (busy !== undefined && busy.level >= nearlyAll)
		found.push({
			...{kind: 'node-cpu', severity, sure, sinceMs: shift?.atMs},
			cause: `node ${name} is ${measuredText(busy.level, 'ratio')} busy`,
			evidence: [...nodeEvidence, ...symptomEvidence(symptom)],
		});
	if (filled !== undefined && filled.level >= nearlyAll)
		found.push({
			...{kind: 'node-memory', severity: 'medium', sure: 'possible', sinceMs: riseOf(filled, 1)?.atMs},
			cause: `the memory of node ${name} is ${measuredText(filled.level, 'ratio')} used`,
			evidence: [{source: `memory of node ${name}`, detail: detail(filled, 'ratio')}],
		});
	return found;
}

/** Resources that are at their end. */
export const resourceBottlenecks = (around: Around): readonly Bottleneck[] => [
	...memory(around),
	...cpu(around),
	...around.facts.nodes.flatMap(node => ofNode(node, around)),
];
