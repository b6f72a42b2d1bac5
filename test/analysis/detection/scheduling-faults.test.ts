import {expect, test} from 'vitest';
import {schedulingFaults} from '../../../src/analysis/detection/analyzers/scheduling/scheduling-faults.ts';
import {surveyOf} from '../../../src/analysis/detection/survey.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {object} from '../../support/kube-objects.ts';
import {ago, detected, event, node, pod, runs, workload} from './running.ts';

const web = 'Deployment/web spec.template.spec';
const waiting = {pods: [{node: undefined, ready: false}]};
const asks = (resources: JsonObject, more: JsonObject = {}) => runs({resources: {requests: resources}}, more);
const pool = (value: string) => runs({}, {nodeSelector: {pool: value}});
const affine = (value: string) =>
	runs(
		{},
		{
			affinity: {
				nodeAffinity: {
					requiredDuringSchedulingIgnoredDuringExecution: {
						nodeSelectorTerms: [{matchExpressions: [{key: 'pool', operator: 'In', values: [value]}]}],
					},
				},
			},
		},
	);
const apart = runs(
	{},
	{
		affinity: {
			podAntiAffinity: {
				requiredDuringSchedulingIgnoredDuringExecution: [
					{topologyKey: 'kubernetes.io/hostname', labelSelector: {matchLabels: {app: 'web'}}},
				],
			},
		},
	},
);
const beside = runs(
	{},
	{
		affinity: {
			podAffinity: {
				requiredDuringSchedulingIgnoredDuringExecution: [
					{topologyKey: 'kubernetes.io/hostname', labelSelector: {matchLabels: {app: 'cache'}}},
				],
			},
		},
	},
);
const spread = (topologyKey: string, whenUnsatisfiable = 'DoNotSchedule') =>
	runs({}, {topologySpreadConstraints: [{maxSkew: 1, topologyKey, whenUnsatisfiable, labelSelector: {matchLabels: {app: 'web'}}}]});
const taint = {key: 'gpu', value: 'yes', effect: 'NoSchedule'};
const taints = (by: string, minutes: number) => ({
	managedFields: [{manager: by, operation: 'Update', time: ago(minutes), fieldsV1: {'f:spec': {'f:taints': {}}}}],
});
const priority = (name: string) => object('scheduling.k8s.io/v1', 'PriorityClass', name, {metadata: {namespace: undefined}, value: 10});
const runtime = (name: string, more: JsonObject = {}) =>
	object('node.k8s.io/v1', 'RuntimeClass', name, {metadata: {namespace: undefined}, handler: 'runsc', ...more});
const labelled = (value: string): JsonObject => ({scheduling: {nodeSelector: {pool: value}}});
const sandboxed = runs({}, {runtimeClassName: 'gvisor'});
const full = pod({
	name: 'other',
	metadata: {labels: {app: 'other'}},
	spec: {containers: [{name: 'other', resources: {requests: {cpu: '3'}}}]},
});
const pinned = (name: string) =>
	asks(
		{cpu: '2'},
		{
			affinity: {
				nodeAffinity: {
					requiredDuringSchedulingIgnoredDuringExecution: {
						nodeSelectorTerms: [{matchFields: [{key: 'metadata.name', operator: 'In', values: [name]}]}],
					},
				},
			},
		},
	);
const tolerating = (value: string) => runs({}, {tolerations: [{key: 'gpu', operator: 'Equal', value, effect: 'NoSchedule'}]});
const hostPort = runs({ports: [{name: 'http', containerPort: 80, hostPort: 8080}]});

type Row = readonly [what: string, objects: readonly (KubeObject | readonly KubeObject[])[], told: readonly string[]];

const rows: readonly Row[] = [
	[
		'a label that was changed',
		[workload(pool('blu'), {before: pool('blue'), ...waiting}), node('n1', {labels: {pool: 'blue'}})],
		[`critical no-node-chosen ${web}.nodeSelector.pool: sure replace nodeSelector/pool="blue"`],
	],
	[
		'a label that a node nearly has',
		[workload(pool('blu'), waiting), node('n1', {labels: {pool: 'blue'}})],
		[`critical no-node-chosen ${web}.nodeSelector.pool: sure replace nodeSelector/pool="blue"`],
	],
	[
		'a label that is spelt otherwise',
		[workload(runs({}, {nodeSelector: {'node-pool': 'blue'}}), waiting), node('n1', {labels: {nodepool: 'blue'}})],
		[`critical no-node-chosen ${web}.nodeSelector.node-pool: sure remove nodeSelector/node-pool, add nodeSelector/nodepool="blue"`],
	],
	[
		'an affinity that nobody has',
		[workload(affine('blu'), {before: affine('blue'), ...waiting}), node('n1', {labels: {pool: 'blue'}})],
		[
			`critical no-node-chosen ${web}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values[0]: sure replace values/0="blue"`,
		],
	],
	[
		'a number that a node must be above',
		[
			workload(
				runs(
					{},
					{
						affinity: {
							nodeAffinity: {
								requiredDuringSchedulingIgnoredDuringExecution: {
									nodeSelectorTerms: [{matchExpressions: [{key: 'disks', operator: 'Gt', values: ['2']}]}],
								},
							},
						},
					},
				),
			),
			node('n1', {labels: {disks: '4'}}),
		],
		[],
	],
	[
		'a label that a node lost while pods run there',
		[workload(pool('blue')), node()],
		['medium node-label-gone Node/n1 metadata.labels.pool: sure {"metadata":{"labels":{"pool":"blue"}}}'],
	],
	[
		'a run that waits for nodes which come when they are wanted',
		[object('batch/v1', 'CronJob', 'train', {spec: {jobTemplate: {spec: {template: {spec: pool('gpu')}}}}}), node()],
		[],
	],
	[
		'the only node cordoned',
		[workload(runs(), waiting), node('n1', {spec: {unschedulable: true}})],
		[
			'critical nodes-closed Node/n1 spec.unschedulable: sure {"node":"n1","uncordon":true}',
			'low node-cordoned Node/n1 spec.unschedulable: sure {"node":"n1","uncordon":true}',
		],
	],
	[
		'a cordoned node beside another',
		[workload(runs(), {pods: [{node: 'n2'}]}), node('n1', {spec: {unschedulable: true}}), node('n2')],
		['low node-cordoned Node/n1 spec.unschedulable: sure {"node":"n1","uncordon":true}'],
	],
	[
		'a toleration of another value',
		[workload(tolerating('no'), waiting), node('n1', {spec: {taints: [taint]}})],
		[`critical nodes-closed ${web}.tolerations: sure replace 0/value="yes"`],
	],
	[
		'a toleration that went',
		[workload(runs(), {before: tolerating('yes'), ...waiting}), node('n1', {spec: {taints: [taint]}})],
		[
			`critical nodes-closed ${web}.tolerations: sure add spec/tolerations=[{"key":"gpu","operator":"Equal","value":"yes","effect":"NoSchedule"}]`,
		],
	],
	[
		'a node that a person tainted',
		[workload(runs(), waiting), node('n1', {spec: {taints: [taint]}, metadata: taints('kubectl-taint', 3)})],
		['critical nodes-closed Node/n1 spec.taints[gpu]: choice remove taints/0'],
	],
	[
		'a taint as old as the cluster',
		[workload(runs(), waiting), node('n1', {spec: {taints: [taint]}, metadata: taints('kubectl-taint', 8000)})],
		[
			`critical nodes-closed ${web}.tolerations: choice add spec/tolerations=[{"key":"gpu","operator":"Equal","value":"yes","effect":"NoSchedule"}]`,
		],
	],
	[
		'a request larger than any node',
		[workload(asks({cpu: '8'}), {before: asks({cpu: '1'}), ...waiting}), node()],
		[`critical larger-than-any-node ${web}.containers[web].resources.requests.cpu: sure replace requests/cpu="1"`],
	],
	[
		'cores that were meant to be thousandths',
		[workload(asks({cpu: '500'}), waiting), node()],
		[`critical larger-than-any-node ${web}.containers[web].resources.requests.cpu: choice replace requests/cpu="500m"`],
	],
	[
		'a resource that no node offers',
		[
			workload(asks({'nvidia.com/gpus': '1'}), waiting),
			node('n1', {status: {allocatable: {cpu: '4', memory: '8Gi', pods: '10', 'nvidia.com/gpu': '1'}}}),
		],
		[
			`critical resource-nobody-has ${web}.containers[web].resources.requests[nvidia.com/gpus]: sure remove requests/nvidia.com~1gpus, add requests/nvidia.com~1gpu="1"`,
		],
	],
	[
		'a cluster that is full',
		[workload(asks({cpu: '2'}), {pods: [{node: undefined, ready: false}]}), full, node()],
		[`critical no-node-has-room ${web}.containers[web].resources.requests.cpu: no remedy`],
	],
	[
		'a cluster that is full since requests grew',
		[workload(asks({cpu: '2'}), {before: asks({cpu: '500m'}), ...waiting}), full, node()],
		[`critical no-node-has-room ${web}.containers[web].resources.requests.cpu: sure replace requests/cpu="500m"`],
	],
	[
		'nodes that hold as many pods as they may',
		[workload(runs(), waiting), full, node('n1', {status: {allocatable: {cpu: '4', memory: '8Gi', pods: '1'}}})],
		['critical no-place-for-pods Deployment/web spec.replicas: no remedy'],
	],
	[
		'more replicas than nodes that stand apart',
		[workload(apart, {replicas: 2, pods: [{}, {node: undefined, ready: false}]}), node()],
		[
			`high fewer-places-than-replicas ${web}.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution: choice remove podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution, add podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution=[{"weight":100,"podAffinityTerm":{"topologyKey":"kubernetes.io/hostname","labelSelector":{"matchLabels":{"app":"web"}}}}]`,
		],
	],
	['replicas that stand apart with a node to spare', [workload(apart, {replicas: 1}), node(), node('n2')], []],
	[
		'a zone that no node is in',
		[workload(spread('topology.kubernetes.io/zones'), waiting), node('n1', {labels: {'topology.kubernetes.io/zone': 'a'}})],
		[
			`critical topology-nobody-has ${web}.topologySpreadConstraints[0].topologyKey: sure replace 0/topologyKey="topology.kubernetes.io/zone"`,
		],
	],
	['a zone that no node needs to be in', [workload(spread('zone', 'ScheduleAnyway')), node()], []],
	[
		'a zone that is closed and counts',
		[
			workload(spread('zone'), {
				replicas: 3,
				pods: [{}, {name: 'web-b', ready: false, node: undefined}, {name: 'web-c', ready: false, node: undefined}],
			}),
			node('n1', {labels: {zone: 'a'}}),
			node('n2', {labels: {zone: 'b'}, spec: {taints: [taint]}}),
		],
		[
			`high fewer-places-than-replicas ${web}.topologySpreadConstraints[0].whenUnsatisfiable: choice replace 0/whenUnsatisfiable="ScheduleAnyway"`,
		],
	],
	[
		'a volume that none of the nodes reaches',
		[
			workload(runs({}, {volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data'}}]}), waiting),
			object('v1', 'PersistentVolumeClaim', 'data', {spec: {volumeName: 'pv-1'}, status: {phase: 'Bound'}}),
			object('v1', 'PersistentVolume', 'pv-1', {
				metadata: {namespace: undefined},
				spec: {nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: 'zone', operator: 'In', values: ['b']}]}]}}},
			}),
			node('n1', {labels: {zone: 'a'}}),
		],
		['critical volume-on-other-nodes PersistentVolume/pv-1 spec.nodeAffinity: no remedy'],
	],
	[
		'a pod of a DaemonSet without room on its node',
		[
			workload(asks({cpu: '2'}), {kind: 'DaemonSet', pods: [{node: undefined, ready: false, spec: pinned('n1')}]}),
			full,
			node(),
			node('n2'),
		],
		['critical no-node-has-room DaemonSet/web spec.template.spec.containers[web].resources.requests.cpu: no remedy'],
	],
	[
		'zones that can all be used',
		[workload(spread('zone'), {replicas: 3}), node('n1', {labels: {zone: 'a'}}), node('n2', {labels: {zone: 'b'}})],
		[],
	],
	[
		'pods to stand beside that are nowhere',
		[workload(beside, {before: runs(), ...waiting}), node()],
		[
			`critical pods-to-stand-beside-not-there ${web}.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector: sure remove spec/affinity`,
		],
	],
	[
		'a port of the node that another pod holds',
		[
			workload(hostPort, {...waiting, spec: {strategy: {type: 'Recreate'}}}),
			pod({name: 'edge', metadata: {labels: {app: 'edge'}}, spec: hostPort}),
			node(),
		],
		[`critical host-port-taken ${web}.containers[web].ports[http].hostPort: no remedy`],
	],
	[
		'a port that a DaemonSet came to want, and that another pod holds on one of its nodes',
		[
			workload(hostPort, {
				kind: 'DaemonSet',
				replicas: 2,
				before: runs({ports: [{name: 'http', containerPort: 80, hostPort: 9090}]}),
				pods: [{spec: hostPort}, {node: undefined, ready: false, spec: {...hostPort, ...pinned('n2')}}],
			}),
			pod({name: 'edge', node: 'n2', metadata: {labels: {app: 'edge'}}, spec: hostPort}),
			node(),
			node('n2'),
		],
		['high host-port-taken DaemonSet/web spec.template.spec.containers[web].ports[http].hostPort: sure replace 0/hostPort=9090'],
	],
	[
		'a port of a DaemonSet that another workload came to hold',
		[
			workload(hostPort, {kind: 'DaemonSet', pods: [{node: undefined, ready: false, spec: {...hostPort, ...pinned('n1')}}]}),
			workload(hostPort, {
				name: 'edge',
				spec: {strategy: {type: 'Recreate'}},
				before: runs({ports: [{name: 'http', containerPort: 80, hostPort: 9090}]}),
				pods: [{spec: hostPort}],
			}),
			node(),
		],
		['critical host-port-taken Deployment/edge spec.template.spec.containers[web].ports[http].hostPort: sure replace 0/hostPort=9090'],
	],
	[
		'a DaemonSet whose port others hold where it does not go',
		[
			workload({...hostPort, nodeSelector: {pool: 'a'}}, {kind: 'DaemonSet', pods: [{spec: hostPort}]}),
			pod({name: 'edge', node: 'n2', metadata: {labels: {app: 'edge'}}, spec: hostPort}),
			node('n1', {labels: {pool: 'a'}}),
			node('n2'),
		],
		[],
	],
	[
		'gates in the template',
		[workload(runs({}, {schedulingGates: [{name: 'example.com/wait'}]}), waiting), node()],
		[`critical scheduling-gated ${web}.schedulingGates: choice remove spec/schedulingGates`],
	],
	[
		'a scheduler that nobody runs',
		[
			workload(runs({}, {schedulerName: 'fancy'}), {
				before: runs({}, {schedulerName: 'default-scheduler'}),
				pods: [{node: undefined, ready: false, status: {conditions: []}}],
			}),
			node(),
		],
		[`critical scheduler-not-there ${web}.schedulerName: sure replace spec/schedulerName="default-scheduler"`],
	],
	[
		'a scheduler that serves others',
		[
			workload(runs({}, {schedulerName: 'fancy'}), {pods: [{node: undefined, ready: false, status: {conditions: []}}]}),
			pod({name: 'other', metadata: {labels: {}}, spec: {schedulerName: 'fancy'}}),
			node(),
		],
		['critical cause-not-found Deployment/web : no remedy'],
	],
	[
		'a node that is not there by name',
		[workload(runs({}, {nodeName: 'n9'}), {before: runs(), pods: [{node: 'n9', ready: false, status: {startTime: null}}]}), node()],
		[`critical node-name-not-there ${web}.nodeName: sure remove spec/nodeName`],
	],
	[
		'a class of priority that is not there',
		[workload(runs({}, {priorityClassName: 'hihg'})), priority('high')],
		[`medium priority-class-not-there ${web}.priorityClassName: sure replace spec/priorityClassName="high"`],
	],
	['a class of priority that is there', [workload(runs({}, {priorityClassName: 'high'})), priority('high')], []],
	[
		'a runtime class that is not there',
		[workload(runs({}, {runtimeClassName: 'gvisor'}), {before: runs(), pods: []}), node()],
		[`critical runtime-class-not-there ${web}.runtimeClassName: choice remove spec/runtimeClassName`],
	],
	[
		'a runtime class that is not there, and neither was the one before',
		[workload(runs({}, {runtimeClassName: 'gvisor'}), {before: runs({}, {runtimeClassName: 'kata'}), pods: []}), runtime('runc'), node()],
		[`critical runtime-class-not-there ${web}.runtimeClassName: choice replace spec/runtimeClassName="runc"`],
	],
	[
		'a runtime class that is gone, where others are',
		[workload(sandboxed), runtime('runc'), runtime('kata'), node()],
		[`medium runtime-class-not-there ${web}.runtimeClassName: choice remove spec/runtimeClassName`],
	],
	[
		'a class of priority that is gone',
		[workload(runs({}, {priorityClassName: 'high'}), {pods: [{spec: {priorityClassName: 'high', priority: 700}}]}), priority('low')],
		[
			`medium priority-class-not-there ${web}.priorityClassName: sure {"manifest":"{\\"apiVersion\\":\\"scheduling.k8s.io/v1\\",\\"kind\\":\\"PriorityClass\\",\\"metadata\\":{\\"name\\":\\"high\\"},\\"value\\":700}"}`,
		],
	],
	[
		'a runtime class whose nodes are there',
		[workload(sandboxed), runtime('gvisor', labelled('safe')), node('n1', {labels: {pool: 'safe'}})],
		[],
	],
	['a runtime class that asks for nothing', [workload(sandboxed), runtime('gvisor'), node()], []],
	[
		'a runtime class whose nodes come when a run wants them',
		[
			object('batch/v1', 'CronJob', 'train', {spec: {jobTemplate: {spec: {template: {spec: sandboxed}}}}}),
			runtime('gvisor', labelled('gpu')),
			node(),
		],
		[],
	],
	[
		'a runtime class that began to ask for a label',
		[
			workload(sandboxed, {pods: [{}, {node: undefined, ready: false, spec: {...sandboxed, nodeSelector: {pool: 'safe'}}}], replicas: 2}),
			runtime('gvisor', labelled('safe')),
			node(),
		],
		['high runtime-class-of-no-node RuntimeClass/gvisor scheduling.nodeSelector.pool: sure {}'],
	],
	[
		'a runtime class that asks for another label than it did, before any pod waits',
		[
			workload(sandboxed, {pods: [{spec: {...sandboxed, nodeSelector: {pool: 'safe'}}}]}),
			runtime('gvisor', labelled('sfae')),
			node('n1', {labels: {pool: 'safe'}}),
		],
		['medium runtime-class-of-no-node RuntimeClass/gvisor scheduling.nodeSelector.pool: sure replace nodeSelector/pool="safe"'],
	],
	[
		'a node that lost the label of a runtime class',
		[workload(sandboxed, {pods: [{spec: {...sandboxed, nodeSelector: {pool: 'safe'}}}]}), runtime('gvisor', labelled('safe')), node()],
		['medium node-label-gone Node/n1 metadata.labels.pool: choice {"metadata":{"labels":{"pool":"safe"}}}'],
	],
	[
		'a runtime class whose node is on its way to a pod: the class is not to blame',
		[workload(sandboxed, waiting), runtime('gvisor', labelled('safe')), node(), event('TriggeredScaleUp', 'pod triggered scale-up')],
		['critical cause-not-found Deployment/web : no remedy'],
	],
	[
		'a runtime class whose nodes Karpenter makes',
		[
			workload(sandboxed),
			runtime('gvisor', labelled('safe')),
			node(),
			object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'nodepools.karpenter.sh', {
				metadata: {namespace: undefined},
				spec: {group: 'karpenter.sh'},
			}),
		],
		[],
	],
	[
		'a runtime class that is gone, beside one of nearly its name',
		[workload(runs({}, {runtimeClassName: 'runsc'}), {pods: []}), runtime('runc'), node()],
		[`critical runtime-class-not-there ${web}.runtimeClassName: choice replace spec/runtimeClassName="runc"`],
	],
	[
		'a release that changed the runtime class to one without nodes',
		[workload(sandboxed, {before: runs({}, {runtimeClassName: 'runc'}), ...waiting}), runtime('gvisor', labelled('safe')), node()],
		[`critical runtime-class-of-no-node ${web}.runtimeClassName: choice replace spec/runtimeClassName="runc"`],
	],
	[
		'a release that brought a runtime class without nodes',
		[workload(sandboxed, {before: runs(), ...waiting}), runtime('gvisor', labelled('safe')), node()],
		[`critical runtime-class-of-no-node ${web}.runtimeClassName: choice remove spec/runtimeClassName`],
	],
	[
		'a runtime class that takes more than a node has',
		[
			workload(sandboxed, {pods: [{spec: {...sandboxed, overhead: {memory: '64Mi'}}}]}),
			runtime('gvisor', {overhead: {podFixed: {memory: '64Gi', cpu: '100m'}}}),
			node(),
		],
		['medium runtime-class-of-no-node RuntimeClass/gvisor overhead.podFixed.memory: sure replace podFixed/memory="64Mi"'],
	],
	['a runtime class that takes a little', [workload(sandboxed), runtime('gvisor', {overhead: {podFixed: {memory: '64Mi'}}}), node()], []],
	[
		'pods that others pushed out',
		[
			workload(runs(), {pods: []}),
			workload(runs({}, {priorityClassName: 'high'}), {
				name: 'batch',
				before: runs(),
				pods: [{metadata: {uid: 'winner', labels: {app: 'batch'}}}],
			}),
			priority('high'),
			event('Preempted', 'Preempted by pod winner on node n1', {name: 'web-2-x'}),
		],
		['critical pods-preempted Deployment/batch spec.template.spec.priorityClassName: sure remove spec/priorityClassName'],
	],
	[
		'who pushed others aside on nodes that it was sent to',
		[
			workload(runs(), {pods: []}),
			workload(runs({image: 'batch:2'}, {priorityClassName: 'high', nodeSelector: {pool: 'web'}}), {
				name: 'batch',
				before: runs({image: 'batch:1'}),
				pods: [{metadata: {uid: 'winner', labels: {app: 'batch'}}}],
			}),
			priority('high'),
			event('Preempted', 'Preempted by pod winner on node n1', {name: 'web-2-x'}),
		],
		[
			'critical pods-preempted Deployment/batch spec.template.spec.priorityClassName: sure remove spec/priorityClassName, remove spec/nodeSelector',
		],
	],
];

test.each(rows)('tells %s', (_, objects, expected) => {
	expect(detected(...objects).map(({told, what}) => `${told}: ${what}`)).toEqual(expected);
});

test('tells at once what never passes, and waits with what may', () => {
	const young = [{node: undefined, ready: false, age: 1}];
	expect(detected(workload(asks({cpu: '8'}), {metadata: {creationTimestamp: ago(1)}, pods: young}), node()).map(({told}) => told)).toEqual([
		`critical larger-than-any-node ${web}.containers[web].resources.requests.cpu`,
	]);
	expect(detected(workload(asks({cpu: '2'}), {metadata: {creationTimestamp: ago(1)}, pods: young}), full, node())).toEqual([]);
});

test('makes the pods anew that keep what their runtime class wrote into them', () => {
	const objects = [
		workload(sandboxed, {pods: [{}, {node: undefined, ready: false, spec: {...sandboxed, nodeSelector: {pool: 'safe'}}}], replicas: 2}),
		runtime('gvisor', labelled('safe')),
		node(),
	].flat();
	const writes = schedulingFaults(surveyOf({takenAt: ago(0), objects, unread: []})).flatMap(({remedies}) =>
		remedies.flatMap(each => (each.writes ?? []).map(write => [write.ref.name, 'patch' in write ? write.patch : write.op])),
	);
	expect(writes).toEqual([
		[
			'gvisor',
			[
				{op: 'test', path: '/scheduling/nodeSelector/pool', value: 'safe'},
				{op: 'remove', path: '/scheduling/nodeSelector/pool'},
			],
		],
		['web', {spec: {template: {metadata: {annotations: {'kubectl.kubernetes.io/restartedAt': 'generation 3'}}}}}],
	]);
});
