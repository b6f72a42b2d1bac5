import type {JsonObject} from '../../../core/json.ts';
import {listAt, objectAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type Cluster, timestamp} from '../cluster.ts';
import {isCustomType} from '../custom/custom-field.ts';
import {allocate} from './allocate.ts';
import {fill, within} from './fill.ts';
import {initialStatus} from './initial-status.ts';
import {withPriority} from './priority.ts';

/**
 * What the server itself puts into a new object after the client's fields were noted: nobody owns these.
 * First status, a namespace's finalizer, a job's selector, addresses and ports, and what the usual admission plug-ins give pods.
 */
export function prepareNew(cluster: Cluster, object: KubeObject): KubeObject {
	const allocated = allocate(cluster, object, undefined);
	const type = cluster.schema.kind(object.apiVersion, object.kind);
	if (type === undefined || isCustomType(type)) return object;
	const prepared = Object.hasOwn(byKind, object.kind) ? (byKind[object.kind]?.(allocated, cluster) ?? allocated) : allocated;
	const status = initialStatus(object.kind, prepared, timestamp(cluster));
	// These steps add keys below spec and metadata, so the object stays one.
	return (status === undefined ? prepared : fill(prepared, {status})) as KubeObject;
}

const byKind: {readonly [kind: string]: (object: JsonObject, cluster: Cluster) => JsonObject} = {
	Namespace: object => fill(object, {spec: {finalizers: ['kubernetes']}}),
	Pod: (object, cluster) => within(withPriority(cluster, object), 'spec', admittedPod),
	Node: object => within(fill(object, {spec: {}}), 'spec', notReady),
	Job: selectedJob,
	CustomResourceDefinition: newDefinition,
	Event: object =>
		fill(object, {source: {}, firstTimestamp: null, lastTimestamp: null, eventTime: null, reportingComponent: '', reportingInstance: ''}),
	CronJob: object => within(object, 'spec', spec => fill(spec, {jobTemplate: {metadata: {}, spec: {template: {metadata: {}}}}})),
};

// ServiceAccount and DefaultTolerationSeconds.
const admittedPod = (spec: JsonObject): JsonObject =>
	fill(spec, {
		serviceAccountName: 'default',
		serviceAccount: 'default',
		tolerations: [
			{key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300},
			{key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300},
		],
	});

/** TaintNodesByCondition: a new node takes no pods until its controller sees it ready. */
const notReady = (spec: JsonObject): JsonObject => {
	const taint = {key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule'};
	const taints = listAt(spec, 'taints');
	return taints.some(one => valueAt(one, 'key') === taint.key && valueAt(one, 'effect') === taint.effect)
		? spec
		: {...spec, taints: [...taints, taint]};
};

/** A job finds its pods by its own uid, unless its author chose the selector. */
function selectedJob(job: JsonObject): JsonObject {
	if (valueAt(job, 'spec', 'manualSelector') === true || valueAt(job, 'spec', 'selector') !== undefined) return job;
	const {name, uid} = objectAt(job, 'metadata');
	const labels = {
		'batch.kubernetes.io/controller-uid': uid,
		'batch.kubernetes.io/job-name': name,
		'controller-uid': uid,
		'job-name': name,
	};
	const labelled = within(job, 'spec', spec => ({
		...spec,
		selector: {matchLabels: {'batch.kubernetes.io/controller-uid': uid}},
		template: fill(objectAt(spec, 'template'), {metadata: {labels}}),
	}));
	// A job without labels of its own shows those of its template.
	return within(labelled, 'metadata', metadata => fill(metadata, {labels: objectAt(labelled, 'spec', 'template', 'metadata', 'labels')}));
}

/** The server's own controller fills this in once the definition is served. */
function newDefinition(definition: JsonObject): JsonObject {
	const versions = listAt(definition, 'spec', 'versions').filter(version => valueAt(version, 'storage') === true);
	const storedVersions = versions.map(version => valueAt(version, 'name') ?? '');
	return {...definition, status: {conditions: null, acceptedNames: {plural: '', kind: ''}, storedVersions}};
}
