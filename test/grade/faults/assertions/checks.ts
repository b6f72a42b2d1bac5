import {isJsonObject, type Json} from '../../../../src/core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {podSpecOf} from '../../../../src/core/kube/pod-spec.ts';
import type {ClusterApi} from '../cluster-api.ts';
import type {Assertion} from '../fault-case.ts';
import {isSubset} from '../subset.ts';
import {isReady} from './is-ready.ts';
import {isRouted} from './is-routed.ts';
import {mayEvict} from './may-evict.ts';
import {mayFlow} from './may-flow.ts';
import {podPorts} from './pod-ports.ts';
import {readyEndpoints} from './ready-endpoints.ts';
import {requiredReferences} from './required-references.ts';
import {scheduleFires} from './schedule-fires.ts';

/** Whether an assertion of one kind holds in a namespace. `value` is what its key says, such as `Deployment/web`. */
type Check = (api: ClusterApi, namespace: string, value: Json, assertion: Assertion) => Promise<boolean> | boolean;

/** The object that `KIND/NAME` says. */
function named(api: ClusterApi, namespace: string, value: Json): Promise<KubeObject | undefined> {
	const [kind = '', name = ''] = String(value).split('/');
	return api.get(kind, namespace, name);
}

/** A check of an object that has to be there. */
const ofObject =
	(holds: (object: KubeObject, assertion: Assertion) => boolean, kind?: string): Check =>
	async (api, namespace, value, assertion) => {
		const object = await (kind === undefined ? named(api, namespace, value) : api.get(kind, namespace, String(value)));
		return object !== undefined && holds(object, assertion);
	};

/** What can be said of a cluster. Where an assertion has keys of several, the first of this list is meant. */
const checks: {readonly [name: string]: Check} = {
	ready: ofObject((object, assertion) =>
		isReady(object, {atLeast: numberAt(assertion, 'n'), isAllowedPaused: assertion.allowPaused !== undefined}),
	),
	endpoints: async (api, namespace, value, {n}) => (await readyEndpoints(api, namespace, String(value))).length === n,
	target: isTargetOpen,
	route: (api, namespace, value) => isRouted(api, namespace, String(value)),
	refs: hasReferences,
	is: ofObject((object, {match = {}}) => isSubset(match, object)),
	gone: async (api, namespace, value) => (await named(api, namespace, value)) === undefined,
	can: mayDo,
	flow: mayFlow,
	evict: (api, namespace, value) => mayEvict(api, namespace, String(value)),
	hpa: ofObject(isScaling, 'HorizontalPodAutoscaler'),
	cron: ofObject(
		object => valueAt(object, 'spec', 'suspend') !== true && scheduleFires(textAt(object, 'spec', 'schedule') ?? '', Date.now()),
		'CronJob',
	),
	env: ofObject(hasVariable),
	ports: ofObject(hasDistinctPorts),
	probes: ofObject(hasProbedPorts),
	event: async (api, namespace, value) => (await api.list('Event', namespace)).some(event => isEvent(event, value)),
	pod: async (api, namespace, value, {match = {}}) => (await api.list('Pod', namespace, String(value))).some(pod => isSubset(match, pod)),
	not: async (api, namespace, value) => !(await holds(api, namespace, isJsonObject(value) ? value : {})),
};

/**
 * Whether an assertion holds now.
 * @throws where nobody knows what it asks, or the cluster did not answer
 */
export async function holds(api: ClusterApi, namespace: string, assertion: Assertion): Promise<boolean> {
	const name = Object.keys(checks).find(key => key in assertion);
	const check = name === undefined ? undefined : checks[name];
	if (name === undefined || check === undefined) throw new Error(`no assertion is known in ${JSON.stringify(assertion)}`);
	return check(api, textAt(assertion, 'in') ?? namespace, assertion[name] ?? null, assertion);
}

/** Every pod that a Service selects opens each port that it sends to. */
async function isTargetOpen(api: ClusterApi, namespace: string, value: Json): Promise<boolean> {
	const service = await api.get('Service', namespace, String(value));
	const selector = Object.entries(objectAt(service, 'spec', 'selector'));
	if (selector.length === 0) return false;
	const pods = await api.list('Pod', namespace, selector.map(([key, label]) => `${key}=${label}`).join(','));
	const isOpen = (pod: KubeObject, port: Json) =>
		podPorts(pod.spec).some(open => {
			const target = valueAt(port, 'targetPort');
			return (target === open.name || target === open.port) && (textAt(port, 'protocol') ?? 'TCP') === open.protocol;
		});
	return pods.length > 0 && pods.every(pod => listAt(service, 'spec', 'ports').every(port => isOpen(pod, port)));
}

async function hasReferences(api: ClusterApi, namespace: string, value: Json): Promise<boolean> {
	const workload = await named(api, namespace, value);
	if (workload === undefined) return false;
	for (const {kind, name, keys} of requiredReferences(podSpecOf(workload))) {
		const found = await api.get(kind, namespace, name);
		const held = {...objectAt(found, 'data'), ...objectAt(found, 'binaryData')};
		if (found === undefined || !keys.every(key => key in held)) return false;
	}
	return true;
}

/** A ServiceAccount may, as the server answers an access review. */
async function mayDo(api: ClusterApi, namespace: string, value: Json, assertion: Assertion): Promise<boolean> {
	const wanted = ['verb', 'group', 'resource', 'name'].flatMap(key => (assertion[key] ? [[key, assertion[key]]] : []));
	const {body} = await api.send({
		method: 'POST',
		path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
		body: {
			apiVersion: 'authorization.k8s.io/v1',
			kind: 'SubjectAccessReview',
			spec: {
				user: `system:serviceaccount:${namespace}:${value}`,
				groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
				resourceAttributes: {...Object.fromEntries(wanted), namespace: textAt(assertion, 'ns') ?? namespace},
			},
		},
	});
	return valueAt(body, 'status', 'allowed') === true;
}

function isScaling({status}: KubeObject): boolean {
	const isTrue = (type: string) =>
		listAt(status, 'conditions').some(condition => textAt(condition, 'type') === type && textAt(condition, 'status') === 'True');
	return isTrue('AbleToScale') && isTrue('ScalingActive') && numberAt(status, 'currentReplicas') === numberAt(status, 'desiredReplicas');
}

function hasVariable(workload: KubeObject, {container, name, value}: Assertion): boolean {
	const found = listAt(podSpecOf(workload), 'containers').find(one => textAt(one, 'name') === container);
	const values = listAt(found, 'env').filter(variable => textAt(variable, 'name') === name);
	return values.length === 1 && textAt(values[0], 'value') === value;
}

function hasDistinctPorts(workload: KubeObject): boolean {
	const ports = podPorts(podSpecOf(workload)).map(({port, protocol}) => `${port}/${protocol}`);
	return ports.length > 0 && new Set(ports).size === ports.length;
}

/** Every probe that asks a port by name asks one that its container has. */
function hasProbedPorts(workload: KubeObject): boolean {
	return listAt(podSpecOf(workload), 'containers').every(container => {
		const names = new Set(listAt(container, 'ports').map(port => textAt(port, 'name')));
		return ['readinessProbe', 'livenessProbe', 'startupProbe'].every(probe =>
			['httpGet', 'tcpSocket'].every(way => {
				const port = textAt(container, probe, way, 'port');
				return port === undefined || names.has(port);
			}),
		);
	});
}

const isEvent = (event: KubeObject, wanted: Json): boolean =>
	textAt(event, 'reason') === textAt(wanted, 'reason') &&
	[undefined, textAt(event, 'involvedObject', 'kind')].includes(textAt(wanted, 'kind')) &&
	(textAt(event, 'message') ?? '').includes(textAt(wanted, 'contains') ?? '') &&
	(textAt(event, 'involvedObject', 'name') ?? '').startsWith(textAt(wanted, 'name') ?? '');
