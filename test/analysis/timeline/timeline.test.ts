import {expect, test} from 'vitest';
import {graphOf} from '../../../src/analysis/detection/graph/dependents.ts';
import {timelineOf} from '../../../src/analysis/timeline/timeline.ts';
import type {JournalEntry} from '../../../src/core/journal.ts';
import {surveyIn} from '../detection/cluster-in-yaml.ts';

const owner = (kind: string, name: string) =>
	`ownerReferences: [{apiVersion: apps/v1, kind: ${kind}, name: ${name}, uid: u, controller: true}]`;
const set = (name: string, revision: number, image: string, made: string, more = '') => `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: ${name}, namespace: shop, creationTimestamp: "${made}", annotations: {deployment.kubernetes.io/revision: "${revision}"}, ${owner('Deployment', 'web')}${more}}
spec: {template: {metadata: {labels: {app: web, pod-template-hash: ${name}}}, spec: {containers: [{name: web, image: "${image}"}]}}}
`;
const pod = (name: string, status: string) => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, creationTimestamp: "2026-11-27T11:00:00Z", labels: {app: web}, ${owner('ReplicaSet', 'web-2')}}
spec: {nodeName: n1}
status: ${status}
`;
const world = [
	`
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  uid: u
  creationTimestamp: "2026-11-27T09:00:00Z"
  managedFields:
    - {manager: helm, operation: Update, time: "2026-11-27T09:00:00Z", fieldsV1: {f:spec: {f:replicas: {}}}}
    - {manager: kubectl-edit, operation: Update, time: "2026-11-27T11:00:00Z", fieldsV1: {f:spec: {f:template: {f:spec: {f:containers: {'k:{"name":"web"}': {f:image: {}}}}}}}}
    - {manager: kube-controller-manager, operation: Update, time: "2026-11-27T11:00:01Z", fieldsV1: {f:metadata: {f:annotations: {f:deployment.kubernetes.io/revision: {}}}}}
    - {manager: big, operation: Apply, time: "2026-11-27T10:00:00Z", fieldsV1: {f:spec: {f:a: {}, f:b: {}, f:c: {}, f:d: {}}}}
spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "web:2", envFrom: [{configMapRef: {name: settings}}]}]}}}
`,
	set('web-1', 1, 'web:1', '2026-11-27T09:00:00Z'),
	set('web-2', 2, 'web:2', '2026-11-27T11:00:00Z'),
	pod(
		'web-a',
		`{conditions: [{type: Ready, status: "False", reason: ContainersNotReady, lastTransitionTime: "2026-11-27T11:00:05Z"}, {type: PodScheduled, status: "True", lastTransitionTime: "2026-11-27T11:00:00Z"}], containerStatuses: [{name: web, restartCount: 3, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 1, reason: Error, startedAt: "2026-11-27T11:10:00Z", finishedAt: "2026-11-27T11:10:07Z"}}}]}`,
	),
	pod('web-b', '{conditions: [{type: Ready, status: "False", reason: ContainersNotReady, lastTransitionTime: "2026-11-27T11:00:06Z"}]}'),
	'{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: shop, creationTimestamp: "2026-11-27T08:00:00Z", managedFields: [{manager: eve, time: "2026-11-27T10:59:00Z", operation: Update, fieldsV1: {f:data: {f:URL: {}}}}]}}',
	'{apiVersion: v1, kind: Node, metadata: {name: n1, creationTimestamp: "2026-11-01T08:00:00Z"}, status: {conditions: [{type: MemoryPressure, status: "True", lastTransitionTime: "2026-11-27T10:58:00Z"}, {type: Ready, status: "True", lastTransitionTime: "2026-11-01T08:00:00Z"}]}}',
	'{apiVersion: v1, kind: Event, metadata: {name: e1, namespace: shop}, type: Warning, reason: BackOff, message: "Back-off \\u001b[31mrestarting", count: 7, firstTimestamp: "2026-11-27T11:01:00Z", lastTimestamp: "2026-11-27T11:20:00Z", involvedObject: {kind: Pod, name: web-a, namespace: shop}}',
	'{apiVersion: v1, kind: Event, metadata: {name: e2, namespace: shop}, type: Normal, reason: Pulled, message: x, firstTimestamp: "2026-11-27T11:01:00Z", involvedObject: {kind: Pod, name: web-a, namespace: shop}}',
	'{apiVersion: v1, kind: ConfigMap, metadata: {name: other, namespace: shop, creationTimestamp: "2026-11-27T11:00:00Z"}}',
].join('\n---\n');

const entry = (kind: string, name: string): JournalEntry =>
	({
		id: 'j1',
		startedAt: '2026-11-27T11:30:00Z',
		digest: 'sha256:0',
		approval: {how: 'confirmed', by: 'ann', at: ''},
		outcome: 'done',
		plan: {
			tool: 'workload_scale',
			summary: 'Scale web to 3',
			changes: [{ref: {apiVersion: 'apps/v1', kind, namespace: 'shop', name}, operation: 'update', fields: [], computed: 'local'}],
		},
		// Only what the timeline reads of an entry is written here.
	}) as unknown as JournalEntry;

test('tells in order what was written, rolled out and came of it, and what happened around', () => {
	const survey = surveyIn(world);
	const ref = {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'};
	const seen = timelineOf(ref, {survey, graph: graphOf(survey), journal: [entry('Deployment', 'web'), entry('Deployment', 'api')]});
	const told = seen.map(
		({at, ref: {kind, name}, text, count, others, isAround, isBad}) =>
			`${at.slice(5, 19)} ${isAround ? '·' : isBad ? '!' : '-'} ${kind} ${name} ${count}+${others} ${text}`,
	);
	expect(told).toEqual([
		'11-01T08:00:00 · Node n1 1+0 made',
		'11-27T08:00:00 · ConfigMap settings 1+0 made',
		'11-27T09:00:00 - Deployment web 1+0 made by helm',
		'11-27T10:00:00 - Deployment web 1+0 big wrote one or more of the 4 fields that it keeps',
		'11-27T10:58:00 · Node n1 1+0 MemoryPressure became True',
		'11-27T10:59:00 · ConfigMap settings 1+0 eve wrote data.URL',
		'11-27T11:00:00 - Deployment web 1+0 kubectl-edit wrote spec.template.spec.containers[web].image',
		'11-27T11:00:00 - Deployment web 1+0 rolled out as revision 2: containers[web].image: web:1 → web:2',
		'11-27T11:00:00 - Pod web-a 2+1 made',
		'11-27T11:00:05 ! Pod web-a 2+1 Ready became False (ContainersNotReady)',
		'11-27T11:01:00 ! Pod web-a 7+0 BackOff: Back-off restarting',
		'11-27T11:10:07 ! Pod web-a 1+0 container web ended with exit code 1 (Error) after 7s',
		'11-27T11:30:00 - Deployment web 1+0 mkcoa workload_scale, approved by ann: Scale web to 3 (done, j1)',
	]);
});

test('a revision that is taken up again stands at the time at which its number was written anew', () => {
	const back = [
		'{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}}',
		set(
			'web-1',
			3,
			'web:1',
			'2026-11-27T09:00:00Z',
			', managedFields: [{manager: kube-controller-manager, time: "2026-11-27T12:00:00Z", fieldsV1: {}}]',
		),
		set('web-2', 2, 'web:2', '2026-11-27T11:00:00Z'),
	].join('\n---\n');
	const survey = surveyIn(back);
	const seen = timelineOf(
		{apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'},
		{survey, graph: graphOf(survey), journal: []},
	);
	expect(seen.map(({at, text}) => `${at} ${text}`)).toEqual([
		'2026-11-27T09:00:00Z made',
		'2026-11-27T12:00:00Z rolled out as revision 3: containers[web].image: web:2 → web:1',
	]);
});
