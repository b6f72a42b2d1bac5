import {detect} from '../../../src/analysis/detection/detect.ts';
import {surveyOf} from '../../../src/analysis/detection/survey.ts';
import {faultClassOf} from '../../../src/analysis/diagnosis/classes/fault-classes.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {object} from '../../support/kube-objects.ts';
import {minutesBefore} from './minutes-before.ts';

const takenAt = '2026-11-27T12:00:00Z';

/** Minutes before the look. */
export const ago = minutesBefore(takenAt);

type Owner = {readonly kind: string; readonly name: string};

const ownedBy = ({kind, name}: Owner) => [{apiVersion: 'apps/v1', kind, name, uid: `${kind}-${name}`, controller: true}];

type PodParts = {
	readonly name?: string;
	/** Undefined waits for a node. */
	readonly node?: string | undefined;
	readonly ready?: boolean;
	/** Minutes since it was made. */
	readonly age?: number;
	readonly spec?: JsonObject;
	readonly metadata?: JsonObject;
	/** Of its first container. */
	readonly container?: JsonObject;
	readonly status?: JsonObject;
};

/** One pod, ready and half an hour old where nothing else is said. */
export function pod(
	{name = 'web-1', ready = true, age = 30, metadata = {}, container, status = {}, ...parts}: PodParts = {},
	owner?: Owner,
): KubeObject {
	const node = 'node' in parts ? parts.node : 'n1';
	return object('v1', 'Pod', name, {
		metadata: {
			labels: {app: 'web'},
			creationTimestamp: ago(age),
			...(owner === undefined ? {} : {ownerReferences: ownedBy(owner)}),
			...metadata,
		},
		spec: {containers: [{name: 'web', image: 'web:1'}], ...parts.spec, ...(node === undefined ? {} : {nodeName: node})},
		status: {
			phase: node === undefined ? 'Pending' : 'Running',
			startTime: ago(age),
			conditions: [
				{type: 'Ready', status: ready ? 'True' : 'False'},
				{type: 'PodScheduled', status: node === undefined ? 'False' : 'True'},
			],
			...(container === undefined ? {} : {containerStatuses: [{name: 'web', ready, restartCount: 0, ...container}]}),
			...status,
		},
	});
}

/** A pod spec of one container. */
export const runs = (container: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
	containers: [{name: 'web', image: 'web:1', ...container}],
	...more,
});

type Parts = {
	readonly name?: string;
	readonly kind?: 'Deployment' | 'StatefulSet' | 'DaemonSet';
	readonly replicas?: number;
	/** The pod spec of the revision before. */
	readonly before?: JsonObject | undefined;
	readonly spec?: JsonObject;
	readonly metadata?: JsonObject;
	readonly status?: JsonObject;
	/** One ready pod for each replica where nothing is said. */
	readonly pods?: readonly PodParts[];
};

/** A workload as the server keeps it: with its revisions and pods. */
export function workload(
	podSpec: JsonObject,
	{name = 'web', kind = 'Deployment', replicas = 1, before, spec = {}, metadata = {}, status = {}, pods}: Parts = {},
): readonly KubeObject[] {
	const labels = {app: name};
	const template = (given: JsonObject) => ({metadata: {labels}, spec: given});
	const parts = pods ?? Array.from({length: replicas}, (): PodParts => ({}));
	const living = parts.filter(({status}) => status?.phase !== 'Failed');
	const ready = living.filter(each => each.ready !== false).length;
	const keeps = kind === 'Deployment' ? 'ReplicaSet' : 'ControllerRevision';
	const revision = (number: number, given: JsonObject) =>
		object('apps/v1', keeps, `${name}-${number}`, {
			metadata: {
				ownerReferences: ownedBy({kind, name}),
				creationTimestamp: ago(number === 1 ? 600 : 30),
				annotations: {'deployment.kubernetes.io/revision': String(number)},
			},
			...(kind === 'Deployment'
				? {spec: {template: template(given)}}
				: {revision: number, data: {spec: {template: {...template(given), $patch: 'replace'}}}}),
		});
	return [
		object('apps/v1', kind, name, {
			metadata: {creationTimestamp: ago(6000), generation: 2, ...metadata},
			spec: {...(kind === 'DaemonSet' ? {} : {replicas}), selector: {matchLabels: labels}, template: template(podSpec), ...spec},
			status: {
				observedGeneration: 2,
				replicas: living.length,
				updatedReplicas: living.length,
				readyReplicas: ready,
				availableReplicas: ready,
				desiredNumberScheduled: replicas,
				currentNumberScheduled: replicas,
				updatedNumberScheduled: replicas,
				numberReady: ready,
				numberAvailable: ready,
				...status,
			},
		}),
		revision(2, podSpec),
		...(before === undefined ? [] : [revision(1, before)]),
		...parts.map((each, index) =>
			pod(
				{name: `${name}-2-${index}`, spec: podSpec, ...each, metadata: {labels, ...each.metadata}},
				kind === 'Deployment' ? {kind: keeps, name: `${name}-2`} : {kind, name},
			),
		),
	];
}

/** A node that takes pods. */
export const node = (
	name = 'n1',
	{
		labels = {},
		spec = {},
		status = {},
		metadata = {},
	}: {labels?: JsonObject; spec?: JsonObject; status?: JsonObject; metadata?: JsonObject} = {},
) =>
	object('v1', 'Node', name, {
		metadata: {namespace: undefined, labels: {'kubernetes.io/hostname': name, ...labels}, creationTimestamp: ago(9000), ...metadata},
		spec,
		status: {
			allocatable: {cpu: '4', memory: '8Gi', pods: '10'},
			nodeInfo: {kubeletVersion: 'v1.36.3'},
			conditions: [{type: 'Ready', status: 'True'}],
			...status,
		},
	});

export const event = (reason: string, message: string, {kind = 'Pod', name = 'web-2-0', age = 1} = {}) =>
	object('v1', 'Event', `${name}.${reason}`, {reason, message, lastTimestamp: ago(age), involvedObject: {kind, name, namespace: 'shop'}});

/** What all of detection tells of a cluster, with the remedies of each. */
export function detected(...objects: readonly (KubeObject | readonly KubeObject[])[]) {
	const {incidents} = detect(surveyOf({takenAt, objects: objects.flat(), unread: []}));
	return incidents.map(({severity, cause: {id, resource, path, remedies}}) => {
		const sure = remedies.find(each => each.sure) ?? remedies[0];
		const what = sure === undefined ? 'no remedy' : `${sure.sure ? 'sure' : 'choice'} ${shorter(sure.input)}`;
		return {told: `${severity} ${id} ${resource.kind}/${resource.name} ${path ?? ''}`, what, title: faultClassOf(id).title};
	});
}

/** A patch without its tests: where, and what comes there. */
function shorter(input: JsonObject): string {
	const patch: unknown = typeof input.patch === 'string' ? JSON.parse(input.patch) : undefined;
	if (!Array.isArray(patch)) return JSON.stringify(patch ?? input);
	return patch
		.filter(({op}) => op !== 'test')
		.map(({op, path, value}) => `${op} ${path.split('/').slice(-2).join('/')}${value === undefined ? '' : `=${JSON.stringify(value)}`}`)
		.join(', ');
}
