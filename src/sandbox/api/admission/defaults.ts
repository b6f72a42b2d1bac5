import type {Json, JsonObject} from '../../../core/json.ts';
import {objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../cluster.ts';
import {withSchemaDefaults} from '../custom/custom-field.ts';
import {each, fill, within} from './fill.ts';
import {podDefaults, podSpecDefaults} from './pod-defaults.ts';

type Defaulting = (object: JsonObject) => JsonObject;

const inSpec =
	(change: Defaulting): Defaulting =>
	object =>
		within(object, 'spec', change);

const templateDefaults: Defaulting = spec => within(spec, 'template', template => within(template, 'spec', podSpecDefaults));

function deployment(spec: JsonObject): JsonObject {
	const filled = fill(spec, {
		replicas: 1,
		strategy: {type: 'RollingUpdate'},
		revisionHistoryLimit: 10,
		progressDeadlineSeconds: 600,
	});
	const rolling = textAt(filled, 'strategy', 'type') === 'RollingUpdate';
	return templateDefaults(rolling ? fill(filled, {strategy: {rollingUpdate: {maxUnavailable: '25%', maxSurge: '25%'}}}) : filled);
}

function statefulSet(spec: JsonObject): JsonObject {
	const filled = fill(spec, {
		replicas: 1,
		podManagementPolicy: 'OrderedReady',
		updateStrategy: {type: 'RollingUpdate'},
		revisionHistoryLimit: 10,
		persistentVolumeClaimRetentionPolicy: {whenDeleted: 'Retain', whenScaled: 'Retain'},
	});
	const rolling = textAt(filled, 'updateStrategy', 'type') === 'RollingUpdate';
	const updated = rolling ? fill(filled, {updateStrategy: {rollingUpdate: {partition: 0}}}) : filled;
	return templateDefaults(
		each(updated, 'volumeClaimTemplates', claim =>
			fill(inSpec(volumeClaim)(claim), {apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: {phase: 'Pending'}}),
		),
	);
}

function daemonSet(spec: JsonObject): JsonObject {
	const filled = fill(spec, {updateStrategy: {type: 'RollingUpdate'}, revisionHistoryLimit: 10});
	const rolling = textAt(filled, 'updateStrategy', 'type') === 'RollingUpdate';
	return templateDefaults(rolling ? fill(filled, {updateStrategy: {rollingUpdate: {maxUnavailable: 1, maxSurge: 0}}}) : filled);
}

function job(spec: JsonObject): JsonObject {
	const indexed = valueAt(spec, 'completions') === undefined && valueAt(spec, 'parallelism') === undefined;
	const filled = fill(spec, {
		...(indexed ? {completions: 1} : {}),
		parallelism: 1,
		backoffLimit: 6,
		completionMode: 'NonIndexed',
		suspend: false,
		manualSelector: false,
		podReplacementPolicy: 'TerminatingOrFailed',
	});
	return templateDefaults(filled);
}

const cronJob = (spec: JsonObject) =>
	within(
		fill(spec, {concurrencyPolicy: 'Allow', suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1}),
		'jobTemplate',
		template =>
			fill(
				within(template, 'spec', spec => templateDefaults(fill(spec, {template: {metadata: {}}}))),
				{metadata: {}},
			),
	);

function service(spec: JsonObject): JsonObject {
	const filled = fill(spec, {type: 'ClusterIP', sessionAffinity: 'None'});
	const external = textAt(filled, 'type') === 'ExternalName';
	const exposed = textAt(filled, 'type') === 'NodePort' || textAt(filled, 'type') === 'LoadBalancer';
	const withPolicy = fill(filled, {
		...(external ? {} : {internalTrafficPolicy: 'Cluster'}),
		...(exposed ? {externalTrafficPolicy: 'Cluster'} : {}),
		...(textAt(filled, 'type') === 'LoadBalancer' ? {allocateLoadBalancerNodePorts: true} : {}),
	});
	return each(withPolicy, 'ports', port => fill(fill(port, {protocol: 'TCP'}), {targetPort: port.port ?? 0}));
}

const volumeClaim = (spec: JsonObject) => fill(spec, {volumeMode: 'Filesystem'});

const autoscaler = (spec: JsonObject) =>
	fill(spec, {
		minReplicas: 1,
		metrics: [{type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization: 80}}}],
	});

const roleRef: Defaulting = binding => within(binding, 'roleRef', ref => fill(ref, {apiGroup: 'rbac.authorization.k8s.io'}));
const subjects: Defaulting = binding =>
	each(binding, 'subjects', subject =>
		textAt(subject, 'kind') === 'ServiceAccount' ? subject : fill(subject, {apiGroup: 'rbac.authorization.k8s.io'}),
	);

/** stringData is written into data as base64 and never shown again. */
function secret(object: JsonObject): JsonObject {
	const filled = fill(object, {type: 'Opaque'});
	const {stringData, ...rest} = filled;
	if (stringData === undefined) return filled;
	const encoded = Object.entries(objectAt(filled, 'stringData')).map(([key, value]): [string, Json] => [
		key,
		Buffer.from(String(value)).toString('base64'),
	]);
	return {...rest, data: {...objectAt(filled, 'data'), ...Object.fromEntries(encoded)}};
}

const namespace: Defaulting = object => {
	const name = textAt(object, 'metadata', 'name') ?? '';
	return within(object, 'metadata', metadata => fill(metadata, {labels: {'kubernetes.io/metadata.name': name}}));
};

/** A limit of containers is its default too, and that the default request. */
const limitRange = (spec: JsonObject) =>
	each(spec, 'limits', limit => {
		if (textAt(limit, 'type') !== 'Container') return limit;
		const limited = fill(limit, limit.max === undefined ? {} : {default: limit.max});
		const requested = fill(limited, limited.default === undefined ? {} : {defaultRequest: limited.default});
		return fill(requested, requested.min === undefined ? {} : {defaultRequest: requested.min});
	});

const definitionNames: Defaulting = names => {
	const kind = textAt(names, 'kind') ?? '';
	return fill(names, {singular: kind.toLowerCase(), listKind: `${kind}List`});
};

const tcp: Defaulting = port => fill(port, {protocol: 'TCP'});

function networkPolicy(spec: JsonObject): JsonObject {
	const ruled = ['ingress', 'egress'].reduce((rules, side) => each(rules, side, rule => each(rule, 'ports', tcp)), spec);
	return fill(ruled, {policyTypes: spec.egress === undefined ? ['Ingress'] : ['Ingress', 'Egress']});
}

const endpointSlice: Defaulting = object =>
	each(
		each(object, 'ports', port => fill(port, {name: '', protocol: 'TCP'})),
		'endpoints',
		endpoint => fill(endpoint, {conditions: {}}),
	);

/** Written again when the template changes; no controller reads it any more. */
const daemonSetAnnotation: Defaulting = object =>
	within(object, 'metadata', metadata => fill(metadata, {annotations: {'deprecated.daemonset.template.generation': '1'}}));

/** A controller without labels or selector has those of its template. */
function replicationController(object: JsonObject): JsonObject {
	const labels = objectAt(object, 'spec', 'template', 'metadata', 'labels');
	if (Object.keys(labels).length === 0) return object;
	const labelled = within(object, 'metadata', metadata => fill(metadata, {labels}));
	return within(labelled, 'spec', spec => fill(spec, {selector: labels}));
}

const byKind: {readonly [kind: string]: Defaulting} = {
	Pod: podDefaults,
	PodTemplate: templateDefaults,
	ReplicationController: object => replicationController(inSpec(spec => templateDefaults(fill(spec, {replicas: 1})))(object)),
	Deployment: inSpec(deployment),
	ReplicaSet: inSpec(spec => templateDefaults(fill(spec, {replicas: 1}))),
	StatefulSet: inSpec(statefulSet),
	DaemonSet: object => daemonSetAnnotation(inSpec(daemonSet)(object)),
	Job: inSpec(job),
	CronJob: inSpec(cronJob),
	Service: inSpec(service),
	PersistentVolumeClaim: inSpec(volumeClaim),
	LimitRange: inSpec(limitRange),
	EndpointSlice: endpointSlice,
	Endpoints: object => each(object, 'subsets', subset => each(subset, 'ports', tcp)),
	PersistentVolume: inSpec(spec =>
		within(fill(spec, {persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem'}), 'hostPath', path => fill(path, {type: ''})),
	),
	HorizontalPodAutoscaler: inSpec(autoscaler),
	Role: object => fill(object, {rules: null}),
	ClusterRole: object => fill(object, {rules: null}),
	RoleBinding: object => subjects(roleRef(object)),
	ClusterRoleBinding: object => subjects(roleRef(object)),
	Secret: secret,
	Namespace: namespace,
	NetworkPolicy: inSpec(networkPolicy),
	CustomResourceDefinition: inSpec(spec => within(fill(spec, {conversion: {strategy: 'None'}}), 'names', definitionNames)),
	StorageClass: object => fill(object, {reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate'}),
	PriorityClass: object => fill(object, {preemptionPolicy: 'PreemptLowerPriority'}),
};

/** Fills in what the API server's own defaulting would, or what the schema of a custom kind says; other kinds come back as they are. */
export function withDefaults(cluster: Cluster, object: KubeObject): KubeObject {
	const structural = cluster.structural(object.apiVersion, object.kind);
	// Defaulting adds keys and never takes one away, so the object stays one.
	if (structural !== undefined) return withSchemaDefaults(structural, object) as KubeObject;
	const isBuiltIn = cluster.schema.kind(object.apiVersion, object.kind) !== undefined;
	const change = isBuiltIn && Object.hasOwn(byKind, object.kind) ? byKind[object.kind] : undefined;
	return change === undefined ? object : (change(object) as KubeObject);
}
