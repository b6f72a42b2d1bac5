import type {JsonObject} from '../../src/core/json.ts';
import type {KubeObject, ObjectMeta} from '../../src/core/kube/kube-object.ts';

type Parts = {
	readonly metadata?: Partial<ObjectMeta>;
	readonly spec?: JsonObject;
	readonly status?: JsonObject;
	readonly [key: string]: unknown;
};

/** An object of the namespace shop. */
export const objectOf = (apiVersion: string, kind: string, name: string, {metadata = {}, ...parts}: Parts = {}): KubeObject =>
	({apiVersion, kind, metadata: {name, namespace: 'shop', uid: `uid-${kind}-${name}`, ...metadata}, ...parts}) as KubeObject;

const container = (image: string): JsonObject => ({name: 'web', image, ports: [{containerPort: 8080, protocol: 'TCP'}]});

export const deployment = (
	name = 'web',
	{replicas = 3, image = 'web:1', ...parts}: {replicas?: number; image?: string} & Parts = {},
): KubeObject =>
	objectOf('apps/v1', 'Deployment', name, {
		spec: {
			replicas,
			selector: {matchLabels: {app: name}},
			template: {metadata: {labels: {app: name}}, spec: {containers: [container(image)]}},
		},
		...parts,
	});

export const pod = (name: string, {ready = true, waiting, ...parts}: {ready?: boolean; waiting?: string} & Parts = {}): KubeObject =>
	objectOf('v1', 'Pod', name, {
		spec: {containers: [container('web:1')], nodeName: 'node-1'},
		status: {
			phase: 'Running',
			conditions: [{type: 'Ready', status: ready ? 'True' : 'False'}],
			containerStatuses: [
				{
					name: 'web',
					ready,
					restartCount: waiting === undefined ? 0 : 7,
					state: waiting === undefined ? {running: {startedAt: '2026-01-01T00:00:00Z'}} : {waiting: {reason: waiting}},
					...(waiting === undefined ? {} : {lastState: {terminated: {reason: 'OOMKilled', exitCode: 137}}}),
				},
			],
		},
		...parts,
		metadata: {labels: {app: 'web'}, ...parts.metadata},
	});

export const node = (name = 'node-1', spec: JsonObject = {}): KubeObject => {
	const {namespace: _, ...metadata} = objectOf('v1', 'Node', name).metadata;
	return {apiVersion: 'v1', kind: 'Node', metadata, spec};
};

export const ownedBy = ({apiVersion, kind, metadata}: KubeObject): Partial<ObjectMeta> => ({
	ownerReferences: [{apiVersion, kind, name: metadata.name, uid: metadata.uid ?? '', controller: true}],
});

type EventParts = {
	readonly object: string;
	readonly last: string;
	readonly first?: string;
	readonly count?: number;
	readonly message?: string;
	readonly type?: string;
	readonly kind?: string;
};

/** An event about an object of the namespace shop. */
export const event = (
	reason: string,
	{object, last, first = last, count = 1, message = 'words', type = 'Warning', kind = 'Pod'}: EventParts,
): KubeObject =>
	objectOf('v1', 'Event', `${object}.${reason}.${first}`, {
		type,
		reason,
		message,
		count,
		firstTimestamp: first,
		lastTimestamp: last,
		involvedObject: {kind, name: object, namespace: 'shop'},
	});
