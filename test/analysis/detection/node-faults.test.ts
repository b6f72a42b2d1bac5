import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {detected, node, pod, runs, workload} from './running.ts';

const says = (type: string, status: string) => ({
	status: {
		conditions: [
			{type: 'Ready', status: 'True'},
			{type, status, message: 'so it is'},
		],
	},
});
const silent = {status: {conditions: [{type: 'Ready', status: 'Unknown', message: 'Kubelet stopped posting node status.'}]}};
const kubelet = (kubeletVersion: string) => ({status: {nodeInfo: {kubeletVersion}}});

const short = {
	status: {
		conditions: [
			{type: 'Ready', status: 'True'},
			{type: 'DiskPressure', status: 'True', message: 'so it is'},
		],
	},
	spec: {taints: [{key: 'node.kubernetes.io/disk-pressure', effect: 'NoSchedule'}]},
};
const byName = {matchExpressions: [{key: 'kubernetes.io/hostname', operator: 'In', values: ['n1']}]};
type Bound = {readonly pods?: readonly {ready?: boolean; node?: undefined}[]; readonly more?: JsonObject; readonly container?: JsonObject};
const bound = ({pods = [{ready: false, node: undefined}], more, container}: Bound) =>
	workload(runs(container, {nodeSelector: {'kubernetes.io/hostname': 'n1'}, ...more}), {pods});
const pressed = 'critical node-pressed Node/n1 status.conditions[DiskPressure]';
const released = 'medium pinned-to-sick-node Deployment/web spec.template.spec.nodeSelector';

type Row = readonly [what: string, objects: readonly (KubeObject | readonly KubeObject[])[], told: readonly string[]];

const rows: readonly Row[] = [
	['nodes that are well', [workload(runs()), node()], []],
	[
		'a silent node with its pods as one incident',
		[workload(runs(), {pods: [{ready: false}]}), node('n1', silent), node('n2')],
		['critical node-not-ready Node/n1 status.conditions[Ready]'],
	],
	[
		'a silent node with pods that wait for it',
		[
			workload(runs({}, {nodeSelector: {pool: 'a'}}), {pods: [{ready: false, node: undefined}]}),
			node('n1', {...silent, labels: {pool: 'a'}, spec: {taints: [{key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule'}]}}),
			node('n2'),
		],
		['critical node-not-ready Node/n1 status.conditions[Ready]'],
	],
	[
		'a node that runs short of memory',
		[node('n1', says('MemoryPressure', 'True'))],
		['high node-pressed Node/n1 status.conditions[MemoryPressure]'],
	],
	[
		'a short node whose pods wait as one incident',
		[
			workload(runs({}, {nodeSelector: {pool: 'a'}}), {pods: [{ready: false, node: undefined}]}),
			node('n1', {...short, labels: {pool: 'a'}}),
			node('n2'),
		],
		['critical node-pressed Node/n1 status.conditions[DiskPressure]'],
	],
	['a workload bound to a short node', [bound({}), node('n1', short), node('n2')], [pressed, released]],
	[
		'a workload bound to a lost node by a rule',
		[
			workload(runs({}, {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [byName]}}}}), {
				pods: [{ready: false}],
			}),
			node('n1', silent),
			node('n2'),
		],
		['critical node-not-ready Node/n1 status.conditions[Ready]', 'medium pinned-to-sick-node Deployment/web spec.template.spec.affinity'],
	],
	[
		'one whose pods run there all the same',
		[bound({pods: [{}]}), node('n1', short), node('n2')],
		['high node-pressed Node/n1 status.conditions[DiskPressure]'],
	],
	[
		'one that no other node has room for',
		[
			bound({container: {resources: {requests: {cpu: '200m'}}}}),
			node('n1', short),
			node('n2', {status: {allocatable: {cpu: '0.1', memory: '8Gi', pods: '9'}}}),
		],
		[pressed],
	],
	[
		'one whose files lie on that node',
		[bound({more: {volumes: [{name: 'logs', hostPath: {path: '/srv'}}]}}), node('n1', short), node('n2')],
		[pressed],
	],
	[
		'a node without a network',
		[node('n1', says('NetworkUnavailable', 'True'))],
		['high node-network-unavailable Node/n1 status.conditions[NetworkUnavailable]'],
	],
	['a node with a network', [node('n1', says('NetworkUnavailable', 'False'))], []],
	['a cordoned node', [node('n1', {spec: {unschedulable: true}})], ['low node-cordoned Node/n1 spec.unschedulable']],
	['a tainted node that nobody waits for', [node('n1', {spec: {taints: [{key: 'gpu', effect: 'NoSchedule'}]}})], []],
	[
		'a node that offers nothing',
		[node('n1', {status: {allocatable: {cpu: '0', memory: '8Gi', pods: '10'}}})],
		['medium node-without-capacity Node/n1 status.allocatable[cpu]'],
	],
	[
		'a kubelet four versions behind',
		[node('n1', kubelet('v1.32.1')), node('n2', kubelet('v1.36.3'))],
		['low kubelet-too-old Node/n1 status.nodeInfo.kubeletVersion'],
	],
	['a kubelet three versions behind', [node('n1', kubelet('v1.33.1')), node('n2', kubelet('v1.36.3'))], []],
	['pods on a node that is gone', [node(), pod({name: 'ghost', node: 'n7'})], ['medium pods-on-gone-node Node/n7 metadata.name']],
	['a finished pod on a node that is gone', [node(), pod({name: 'ghost', node: 'n7', ready: false, status: {phase: 'Succeeded'}})], []],
];

test.each(rows)('tells %s', (_, objects, expected) => {
	expect(detected(...objects).map(({told}) => told)).toEqual(expected);
});

test('what is bound to a lost node by its name keeps the rest of what it asks for', () => {
	const both = workload(runs({}, {nodeSelector: {'kubernetes.io/hostname': 'n1', pool: 'a'}}), {pods: [{ready: false}]});
	const [, released] = detected(both, node('n1', {...silent, labels: {pool: 'a'}}), node('n2', {labels: {pool: 'a'}}), node('n3'));
	expect(released?.what).toBe('choice remove nodeSelector/kubernetes.io~1hostname');
});
