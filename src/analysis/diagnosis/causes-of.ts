import {autoscalerCauses} from './autoscaler-causes.ts';
import {budgetCauses} from './budget-causes.ts';
import {type Case, isReady} from './case.ts';
import type {Cause, Unseen} from './cause.ts';
import {crashCauses} from './crash-causes.ts';
import {imageCauses} from './image-causes.ts';
import {lostNodeCauses} from './lost-node-causes.ts';
import {makeCauses} from './make-causes.ts';
import {placementCauses} from './placement-causes.ts';
import {type Client, policyCauses} from './policy-causes.ts';
import {probeCauses} from './probe-causes.ts';
import {quotaCauses} from './quota-causes.ts';
import {referenceCauses} from './reference-causes.ts';
import {runCauses} from './run-causes.ts';
import {serviceCauses} from './service-causes.ts';
import {stoppedCauses} from './stopped-causes.ts';
import {storageCauses} from './storage-causes.ts';

/** What somebody noticed. It decides which causes come first, and never hides one. */
export type Symptom = 'unreachable' | 'pending' | 'restarting' | 'not-ready' | 'not-scaling' | 'not-draining' | 'down';

type Family = {readonly name: string; readonly find: (given: Case, client: Client | undefined) => readonly Cause[]};

/** In the order in which a pod lives: it is allowed, made, placed, started, found. */
const families: readonly Family[] = [
	{name: 'stopped', find: stoppedCauses},
	{name: 'quota', find: quotaCauses},
	{name: 'storage', find: storageCauses},
	{name: 'placement', find: placementCauses},
	{name: 'node', find: lostNodeCauses},
	{name: 'reference', find: referenceCauses},
	{name: 'make', find: makeCauses},
	{name: 'image', find: imageCauses},
	{name: 'crash', find: crashCauses},
	{name: 'run', find: runCauses},
	{name: 'probe', find: probeCauses},
	{name: 'service', find: serviceCauses},
	{name: 'policy', find: policyCauses},
	{name: 'autoscaler', find: autoscalerCauses},
	{name: 'budget', find: budgetCauses},
];

const first: {readonly [symptom in Symptom]: readonly string[]} = {
	unreachable: ['policy', 'service', 'node', 'probe'],
	pending: ['storage', 'placement', 'quota', 'reference'],
	restarting: ['crash', 'make', 'probe', 'image'],
	'not-ready': ['node', 'probe', 'image', 'crash', 'make', 'reference'],
	'not-scaling': ['autoscaler', 'stopped', 'quota'],
	'not-draining': ['budget'],
	down: ['node', 'image', 'crash', 'make', 'reference', 'probe'],
};

/** An autoscaler or a budget keeps no pod from serving: they are told where they are what was asked about. */
const besides: {readonly [family: string]: readonly (Symptom | 'target')[]} = {
	autoscaler: ['not-scaling'],
	budget: ['not-draining'],
};

const isAsked = (name: string, {target}: Case, symptom: Symptom) =>
	besides[name] === undefined ||
	besides[name].includes(symptom) ||
	(name === 'autoscaler' && target.kind === 'HorizontalPodAutoscaler') ||
	(name === 'budget' && target.kind === 'PodDisruptionBudget');

/** Which other symptoms leave the pods themselves out: they may be well. */
const aside = new Set<Symptom>(['not-scaling', 'not-draining']);

/** Every cause that is found, those that fit the symptom first. */
export function causesOf(given: Case, symptom: Symptom, client?: Client): readonly Cause[] {
	const asked = families.filter(({name}) => isAsked(name, given, symptom) && (!aside.has(symptom) || first[symptom].includes(name)));
	const rank = (name: string) => {
		const index = first[symptom].indexOf(name);
		return index === -1 ? first[symptom].length : index;
	};
	const found = asked.toSorted((a, b) => rank(a.name) - rank(b.name)).flatMap(({find}) => find(given, client));
	// That nothing is ready is no cause while something says why.
	const isTold = found.some(({id}) => id !== 'no-ready-pod');
	return isTold ? found.filter(({id}) => id !== 'no-ready-pod') : found;
}

/** What could not be told from what was read. */
export function unseenIn({workload, pods, events}: Case): readonly Unseen[] {
	const silent = pods.length > 0 && !pods.every(isReady) && events.length === 0;
	return [
		...(workload === undefined ? [{en: 'No workload was found behind it', ko: '그 뒤에 있는 워크로드를 찾지 못했습니다'}] : []),
		...(silent ? [{en: 'Its pods have no events: they live an hour only', ko: '파드 이벤트가 없습니다(이벤트는 한 시간만 남습니다)'}] : []),
		{
			en: 'Not looked at: what happens inside the containers beyond their last lines, DNS, and the network outside of the cluster',
			ko: '살펴보지 않은 것: 마지막 로그 줄 밖의 컨테이너 내부, DNS, 클러스터 밖 네트워크',
		},
	];
}
