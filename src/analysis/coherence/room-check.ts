import type {Json} from '../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {cpuText, memoryText, quantityOf} from '../../core/kube/quantity.ts';
import {count} from '../../core/text/count.ts';
import {podSize} from '../capacity/pod-size.ts';
import {amountText, completed, takes} from '../capacity/quota-size.ts';
import {type Around, failed, notApplicable, notChecked, passed, type SetFinding} from './set-finding.ts';
import type {SetWorkload} from './workload-set.ts';

const number = (value: Json | undefined) => (typeof value === 'string' || typeof value === 'number' ? (quantityOf(value) ?? 0) : 0);

type Lack = {readonly text: string; readonly isUnset?: true};

function lacks(quota: KubeObject, each: {readonly [what: string]: number}, pods: number): readonly Lack[] {
	if (listAt(quota, 'spec', 'scopes').length > 0 || valueAt(quota, 'spec', 'scopeSelector') !== undefined) return [];
	return Object.entries(objectAt(quota, 'spec', 'hard')).flatMap(([what, hard]): readonly Lack[] => {
		const one = each[what];
		if (one === undefined) return [];
		if (one === 0) return [{text: `it limits ${what}, and the pods name none`, isUnset: true}];
		const free = number(hard) - number(objectAt(quota, 'status', 'used')[what]);
		const wanted = one * pods;
		return wanted <= free ? [] : [{text: `${what} wants ${amountText(what, wanted)}, and ${amountText(what, Math.max(0, free))} are free`}];
	});
}

/** `ResourceQuota shop/small: pods wants 3, and 2 are free` */
const byQuota = (all: readonly (Lack & {readonly quota: string})[]) =>
	[...Map.groupBy(all, ({quota}) => quota)].map(([quota, found]) => `${quota}: ${found.map(({text}) => text).join(', ')}`).join('; ');

/**
 * Whether the quotas of the namespace have room for all pods and those of a rollout besides. Quotas with scopes are left out. Of a workload that is
 * there already only what it takes more would count, so it is not asked for new ones alone.
 */
function quotaCheck(
	{ref, podSpec, pods, mostPods, surge}: SetWorkload,
	{objects, unread}: Around,
	isThere: boolean,
): readonly SetFinding[] {
	const on = {id: 'quota-has-room', resource: ref, severity: 'high'} as const;
	const why = unread.get('resourcequotas') ?? unread.get('limitranges');
	if (why !== undefined) return [notChecked(on, why)];
	const quotas = objects.filter(({kind}) => kind === 'ResourceQuota');
	if (quotas.length === 0) return [notApplicable(on, 'the namespace has no quota')];
	if (pods === undefined || mostPods === undefined) return [notChecked(on, 'its pods are counted by nodes')];
	const each = takes(
		completed(
			podSpec,
			objects.filter(({kind}) => kind === 'LimitRange'),
		),
	);
	const told = (wanted: number) =>
		quotas.flatMap(quota => lacks(quota, each, wanted).map(lack => ({...lack, quota: refText(refOf(quota))})));
	const now = told(isThere ? surge : pods + surge);
	if (now.some(({isUnset}) => isUnset === true))
		return [
			failed(
				{...on, severity: 'critical'},
				{
					cause: `The server refuses its pods: ${byQuota(now.filter(({isUnset}) => isUnset === true))}`,
					fix: 'Name requests and limits for all that the quota counts',
				},
			),
		];
	if (now.length > 0)
		return [
			failed(on, {
				cause: `There is too little room for ${count(pods, 'pod')} and ${surge} more while it rolls: ${byQuota(now)}`,
				fix: 'Ask for less, roll with maxSurge: 0, or raise the quota',
			}),
		];
	const later = isThere ? [] : told(mostPods + surge);
	if (later.length > 0)
		return [
			failed(
				{...on, severity: 'medium'},
				{
					cause: `At ${count(mostPods, 'pod')} (maxReplicas) and ${surge} more while it rolls there is too little room: ${byQuota(later)}`,
					fix: 'Lower maxReplicas, or raise the quota',
				},
			),
		];
	return [passed(on, `The quota has room for ${count(mostPods, 'pod')} and ${surge} more while it rolls`)];
}

/** Nodes that take new pods: ready or not is for another day, cordoned ones are not counted. */
const openNodes = (objects: readonly KubeObject[]) =>
	objects.filter(({kind, spec}) => kind === 'Node' && objectAt(spec).unschedulable !== true);

const topologies: {readonly [key: string]: string} = {'topology.kubernetes.io/zone': 'zone', 'kubernetes.io/hostname': 'node'};

/** A constraint that may not be broken keeps pods from starting where its topology is missing or too small. */
function spreadCheck({ref, podSpec, mostPods}: SetWorkload, {objects, unread}: Around): SetFinding {
	const on = {id: 'spread-fits-nodes', resource: ref, severity: 'high'} as const;
	const rules = listAt(podSpec, 'topologySpreadConstraints');
	const why = unread.get('nodes');
	if (why !== undefined) return notChecked(on, why);
	const nodes = openNodes(objects);
	const zones = new Set(nodes.flatMap(({metadata}) => metadata.labels?.['topology.kubernetes.io/zone'] ?? []));
	if (rules.length === 0) {
		if ((mostPods ?? 0) < 2 || zones.size < 2) return notApplicable(on, 'there is nothing to spread');
		return failed(
			{...on, severity: 'low'},
			{
				cause: `Nothing spreads its pods over the ${zones.size} zones: all may stand in one`,
				fix: 'Add a topologySpreadConstraint over topology.kubernetes.io/zone',
			},
		);
	}
	const missing = rules
		.filter(rule => textAt(rule, 'whenUnsatisfiable') !== 'ScheduleAnyway')
		.map(rule => textAt(rule, 'topologyKey') ?? '')
		.filter(key => nodes.every(({metadata}) => metadata.labels?.[key] === undefined));
	if (missing.length > 0)
		return failed(on, {
			cause: `No node has the label ${missing.join(', ')}, and its pods may not start without`,
			fix: 'Set whenUnsatisfiable: ScheduleAnyway, or label the nodes',
		});
	const over = rules.map(rule => topologies[textAt(rule, 'topologyKey') ?? ''] ?? textAt(rule, 'topologyKey')).join(' and ');
	return passed(on, `Its pods are spread by ${over}; there are ${count(zones.size, 'zone')} and ${count(nodes.length, 'node')}`);
}

/** Whether one pod fits onto some empty node at all. */
function nodeCheck({ref, podSpec}: SetWorkload, {objects, unread}: Around): SetFinding {
	const on = {id: 'pod-fits-a-node', resource: ref, severity: 'critical'} as const;
	const why = unread.get('nodes');
	if (why !== undefined) return notChecked(on, why);
	const {cpuCores, memoryBytes} = podSize(podSpec);
	const nodes = openNodes(objects).map(node => objectAt(node, 'status', 'allocatable'));
	const fits = nodes.filter(({cpu, memory}) => number(cpu) >= cpuCores && number(memory) >= memoryBytes).length;
	const size = `${cpuText(cpuCores)} CPU and ${memoryText(memoryBytes)}`;
	if (fits > 0) return passed(on, `A pod of ${size} fits onto ${fits} of ${count(nodes.length, 'node')}, when empty`);
	return failed(on, {cause: `A pod asks for ${size}, which none of ${count(nodes.length, 'node')} has`, fix: 'Ask for less'});
}

export const roomCheck = (workload: SetWorkload, around: Around, isThere: boolean): readonly SetFinding[] => [
	...quotaCheck(workload, around, isThere),
	spreadCheck(workload, around),
	nodeCheck(workload, around),
];
