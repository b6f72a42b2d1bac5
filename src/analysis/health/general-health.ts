import type {Json} from '../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {groupOf, type KubeObject} from '../../core/kube/kube-object.ts';
import {byConditions, byParts} from './by-conditions.ts';
import {byCounts} from './by-counts.ts';
import {byFlags, byWords} from './by-words.ts';
import {type ConditionRole, roleOf} from './condition-roles.ts';
import {type Finding, gravest} from './health.ts';
import {conditionsOf, partsOf} from './read-conditions.ts';
import {isUnseen} from './workload-counts.ts';

/**
 * How any object does by what kinds have in common: deletion, generations, pauses, conditions, phases and counts.
 * @see kstatus (kubernetes-sigs/cli-utils, pkg/kstatus) for deletion, generation, `Reconciling` and `Stalled`; the API conventions of
 * Kubernetes for conditions
 */
export function generalHealth(object: KubeObject, ways: Ways = {}): Finding {
	const isLeaving = textAt(object, 'metadata', 'deletionTimestamp') !== undefined;
	const own = ownWords(object, isLeaving ? {...ways, ignoresGeneration: true} : ways);
	// What keeps an object from going is worth more than that it goes: a failure, or a controller that never came.
	if (!isLeaving || own.status === 'Degraded' || own.from === 'no-status') return own;
	return {status: 'Progressing', message: deletionOf(object), from: 'deletion'};
}

/** Whoever finds an object that does not go asks what holds it. */
function deletionOf(object: KubeObject): string {
	const finalizers = listAt(object, 'metadata', 'finalizers');
	return `Pending deletion${finalizers.length === 0 ? '' : `; blocked by finalizers: ${finalizers.join(', ')}`}`;
}

/** How a kind differs from others. A deletion moves the generation too, so that says nothing of an object on its way out. */
type Ways = {readonly roles?: {readonly [type: string]: ConditionRole}; readonly ignoresGeneration?: boolean};

function ownWords(object: KubeObject, {roles = {}, ignoresGeneration = false}: Ways): Finding {
	if (!ignoresGeneration && isUnseen(object))
		return {status: 'Progressing', message: 'Waiting for the last change to be observed', from: 'generation'};
	if (isPaused(object)) return {status: 'Suspended', message: `${object.kind} is paused`, from: 'pause'};
	const conditions = conditionsOf(object);
	const told = byConditions(conditions, type => (Object.hasOwn(roles, type) ? roles[type] : roleOf(type)));
	const counted = byCounts(object);
	// Where something is there the rest may follow; where nothing is, and the reason is none that passes by itself, it is broken.
	const isCertain = told?.mild === true && told.status === 'Degraded' && counted?.isNone === true;
	const found = [
		told !== undefined && isCertain ? {...told, mild: false} : told,
		byParts(partsOf(object)),
		byWords(object, object.kind, {deep: told === undefined}),
		told === undefined ? byFlags(object) : undefined,
		counted,
	].filter(finding => finding !== undefined);
	return gravest(found) ?? withoutWords(object);
}

const pauseFields = [
	['paused'],
	['suspend'],
	['suspended'],
	['updateStrategy', 'paused'],
	['updateStrategy', 'rollingUpdate', 'paused'],
] as const;

/** Annotations by which people keep a controller's hands off: `crossplane.io/paused`, `cnpg.io/hibernation: on`, `…/reconcile: disabled`. */
function isHeld([key, value]: readonly [string, Json | undefined]): boolean {
	if (/\/(paused?|suspended?|hibernation)$/.test(key)) return !['false', 'off', 'no', '0'].includes(String(value));
	return /\/reconcil\w*$/.test(key) && (value === 'disabled' || value === 'paused');
}

/** Kinds that are told what state to be in: a job that is to be suspended is so by its owner's wish. */
const wishFields = [['state'], ['desiredState'], ['job', 'state']] as const;
const isRest = (wish: Json | undefined) => typeof wish === 'string' && /^(paused|suspended|stopped|hibernated)$/i.test(wish);

const isPaused = (object: KubeObject): boolean =>
	valueAt(object, 'spec', 'enabled') === false ||
	wishFields.some(path => isRest(valueAt(object, 'spec', ...path))) ||
	Object.entries(objectAt(object, 'metadata', 'annotations')).some(isHeld) ||
	pauseFields.some(path => valueAt(object, 'spec', ...path) === true);

/** Kinds of settings, which no controller reports on, and kinds that wait for their time. */
const unreported = /(Config|Template|Binding|Grant|Range|Lease|Schedule)$|^Cron/;

/** Groups of the server itself whose kinds without a status are data, such as a Role or a NetworkPolicy. */
const dataGroups = new Set([
	...['', 'rbac.authorization.k8s.io', 'networking.k8s.io', 'storage.k8s.io', 'scheduling.k8s.io', 'admissionregistration.k8s.io'],
	...['coordination.k8s.io', 'discovery.k8s.io', 'node.k8s.io', 'events.k8s.io', 'resource.k8s.io'],
]);

/** Zeroes, empty texts, lists and maps: what a controller has made room for and not filled. */
const isBlank = (value: Json | undefined): boolean =>
	value === undefined ||
	value === null ||
	value === 0 ||
	value === '' ||
	(typeof value === 'object' && Object.values(value).every(isBlank));

/** A status that says nothing known is taken for well, as kstatus does; none at all means that a controller has not come yet. */
function withoutWords(object: KubeObject): Finding {
	const status = valueAt(object, 'status');
	const promises = Array.isArray(valueAt(status, 'conditions'));
	const isData = unreported.test(object.kind) || (status === undefined && dataGroups.has(groupOf(object.apiVersion)));
	if (!isData && (isBlank(status) || promises)) return {status: 'Progressing', message: `Waiting for ${object.kind}`, from: 'no-status'};
	return {status: 'Healthy', message: '', from: 'nothing'};
}
