import type {FieldSchema} from '../../../core/diff/kube-schema.ts';
import {kubeSchema} from '../../../mcp/kubernetes/plan/loaded-schema.ts';
import {type Field, type Holds, named, type Place} from './field.ts';
import {ownWords, partsOf} from './own-words.ts';

/** A part of the schema whose fields people set, and whose they are. */
type Root = {
	readonly kinds: readonly string[];
	readonly place: Place;
	readonly api: readonly [version: string, kind: string];
	readonly at?: readonly string[];
};

type Leaf = Pick<Field, 'kinds' | 'place' | 'path' | 'holds'>;

const podKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'Pod'] as const;

const whole = (version: string, ...kinds: readonly string[]): readonly Root[] =>
	kinds.map(kind => ({kinds: [kind], place: 'object', api: [version, kind]}));

/** Of two fields with one name the earlier is meant by it. */
const roots: readonly Root[] = [
	...whole('apps/v1', 'Deployment', 'StatefulSet', 'DaemonSet'),
	...whole('batch/v1', 'CronJob'),
	...whole('v1', 'Service', 'ConfigMap', 'Secret', 'ServiceAccount', 'PersistentVolumeClaim', 'PersistentVolume'),
	...whole('networking.k8s.io/v1', 'Ingress', 'IngressClass'),
	...whole('autoscaling/v2', 'HorizontalPodAutoscaler'),
	...whole('policy/v1', 'PodDisruptionBudget'),
	...whole('storage.k8s.io/v1', 'StorageClass'),
	...whole('scheduling.k8s.io/v1', 'PriorityClass'),
	{kinds: ['Job', 'CronJob'], place: 'job', api: ['batch/v1', 'Job'], at: ['spec']},
	{kinds: podKinds, place: 'pod', api: ['v1', 'Pod'], at: ['spec']},
	{kinds: podKinds, place: 'container', api: ['v1', 'Pod'], at: ['spec', 'containers', '*']},
];

/** What has grammar of its own, what is no wish, and references that are told in words of their own. */
const elsewhere = new Set(
	`apiVersion kind metadata status template jobTemplate selector replicas schedule minReplicas maxReplicas scaleTargetRef image name env ports command args
	resources livenessProbe readinessProbe startupProbe affinity nodeSelector volumes lifecycle data stringData binaryData claimRef dataSource dataSourceRef volumeName
	accessModes volumeMode unschedulable nodeName defaultBackend serviceAccount clusterIP clusterIPs suspend manualSelector windowsOptions
	awsElasticBlockStore azureDisk azureFile cephfs cinder fc flexVolume flocker gcePersistentDisk glusterfs iscsi photonPersistentDisk portworxVolume quobyte rbd
	scaleIO storageos vsphereVolume`.split(/\s+/),
);

/** Names that say nothing without the field around them. */
const bare = new Set(
	'name value key path port type group version server user level role driver os priority options description start add drop namespace scope controller'.split(
		' ',
	),
);

function holdsOf(name: string, schema: FieldSchema): Holds | undefined {
	if (schema.kind === 'list') return schema.of.kind === 'scalar' && schema.of.scalar === 'string' ? 'texts' : undefined;
	if (schema.kind !== 'scalar') return undefined;
	if (schema.values !== undefined) return named(...schema.values.filter(value => value !== ''));
	switch (schema.scalar) {
		case 'integer':
			return /Seconds/.test(name) ? 'seconds' : 'count';
		case 'intOrString':
			return 'share';
		case 'boolean':
			return 'flag';
		case 'string':
			return name.endsWith('Name') ? 'name' : 'text';
		default:
			return undefined;
	}
}

function leavesOf(schema: FieldSchema | undefined, root: Root, path: readonly string[]): readonly Leaf[] {
	if (schema?.kind !== 'object') return [];
	return schema.names.flatMap((name): readonly Leaf[] => {
		const child = schema.field(name);
		if (elsewhere.has(name) || child === undefined || (name === 'spec' && path.length > 0)) return [];
		const holds = holdsOf(name, child);
		if (holds !== undefined) return [{kinds: root.kinds, place: root.place, path: [...path, name], holds}];
		return leavesOf(child, root, [...path, name]);
	});
}

const lastOf = ({path}: Leaf) => path.at(-1) ?? '';
const isPlain = (name: string) => !bare.has(name);

/** Whether its own name means this field: no earlier one of the same kind has it, and none that stands beside it. */
const isMeant = (leaf: Leaf, all: readonly Leaf[]) => {
	const same = all.filter(other => lastOf(other) === lastOf(leaf) && other.kinds.some(kind => leaf.kinds.includes(kind)));
	return same[0] === leaf && same.every(other => other === leaf || other.place !== leaf.place || other.path.length !== leaf.path.length);
};

function asField(leaf: Leaf, all: readonly Leaf[]): Field {
	const [around, own] = leaf.path.slice(-2);
	const name = lastOf(leaf);
	const qualified = own === undefined || around === 'spec' ? [] : [ownWords([around ?? '', own])];
	const plain = isPlain(name) && isMeant(leaf, all);
	const words = [...(plain ? [ownWords([name])] : []), ...qualified, ...(plain || qualified.length > 0 ? [] : [ownWords(['spec', name])])];
	return {...leaf, words: new RegExp(words.join('|'), 'g'), ...(plain && partsOf(name).length === 1 ? {strict: true} : {})};
}

/** Every field of the kinds that people make and change which holds one value, or a list of words, by its own name in the API. */
export const schemaFields: readonly Field[] = (() => {
	const leaves = roots.flatMap(root => leavesOf(kubeSchema.at(...root.api, root.at ?? []), root, []));
	return leaves.map(leaf => asField(leaf, leaves));
})();
