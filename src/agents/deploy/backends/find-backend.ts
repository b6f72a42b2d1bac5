import {isNotAllowed, MkcoaError} from '../../../core/error.ts';
import {objectAt} from '../../../core/kube/json-at.ts';
import {groupOf, type KubeObject, type Ref, refOf, refText} from '../../../core/kube/kube-object.ts';
import {wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import type {Cluster, ResourceType} from '../../../mcp/kubernetes/port.ts';
import {isMissingNamespace, readNeighbours} from '../../../mcp/kubernetes/read-neighbours.ts';
import type {Backend, ControllerKind} from './backend.ts';

/** The kind of each controller, and where its objects name the workload that they roll out. */
export const controllerTypes: readonly {readonly kind: ControllerKind; readonly type: string; readonly target: readonly string[]}[] = [
	{kind: 'argo-rollout', type: 'rollouts.argoproj.io', target: ['spec', 'workloadRef']},
	{kind: 'flagger', type: 'canaries.flagger.app', target: ['spec', 'targetRef']},
	{kind: 'kruise', type: 'rollouts.rollouts.kruise.io', target: ['spec', 'workloadRef']},
];

const plainKinds = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** An object that a person may mean, under the words by which it is told from others. */
type Candidate = {readonly type: ResourceType; readonly object: KubeObject; readonly controller?: (typeof controllerTypes)[number]};

/**
 * What rolls a workload out, found by looking: a controller whose object has this name or refers to a workload of this name, or else the
 * workload itself. Only reads.
 * @param text `web`, or `kind/name` such as `statefulset/db`, `rollout/web`, `canaries.flagger.app/web`
 * @throws MkcoaError `no-such-workload`, `no-such-namespace`, `not-allowed` where nobody can tell, or `which-workload` that lists the choices
 */
export async function findBackend(cluster: Cluster, namespace: string, text: string): Promise<Backend> {
	const slash = text.indexOf('/');
	const [kind, name] = slash < 0 ? [undefined, text] : [text.slice(0, slash), text.slice(slash + 1)];
	const types = await cluster.types();
	const {candidates, notChecked} = await look(cluster, types, {namespace, name});
	const wanted = candidates.filter(({type, object}) => kind === undefined || (isCalled(type, kind) && object.metadata.name === name));
	const open = throughControllers(wanted, candidates);
	const [found, ...others] = open;
	if (found === undefined) throw await notFound(cluster, namespace, text, notChecked);
	if (others.length > 0) throw whichWorkload(namespace, name, open, types);
	return backendOf(cluster, found, notChecked);
}

/** Whether a kind is this `plural.group`. */
export const isNamed = (candidate: ResourceType, plural: string) => `${candidate.plural}.${groupOf(candidate.apiVersion)}` === plural;

/** By kind, plural, singular, short name or `plural.group`, as typed. */
function isCalled({kind, plural, singular, shortNames, apiVersion}: ResourceType, word: string): boolean {
	const low = word.toLowerCase();
	return [kind.toLowerCase(), plural, singular, ...shortNames, `${plural}.${groupOf(apiVersion)}`].includes(low);
}

type Place = {readonly namespace: string; readonly name: string};

async function look(cluster: Cluster, types: readonly ResourceType[], place: Place) {
	const kinds = controllerTypes.flatMap(controller => {
		const type = types.find(each => isNamed(each, controller.type));
		return type === undefined ? [] : [{type, controller}];
	});
	const parts = await Promise.all([
		...kinds.map(({type, controller}) => controllersOf(cluster, type, controller, place)),
		...plainKinds.map(kind => plainOf(cluster, types, kind, place)),
	]);
	return {candidates: parts.flatMap(part => part.candidates), notChecked: parts.flatMap(part => part.notChecked)};
}

type Part = {readonly candidates: readonly Candidate[]; readonly notChecked: readonly string[]};

/** Where a kind may not be listed, the object of this very name may still be read. */
async function controllersOf(
	cluster: Cluster,
	type: ResourceType,
	controller: (typeof controllerTypes)[number],
	place: Place,
): Promise<Part> {
	const {objects, notChecked} = await readNeighbours(cluster, place.namespace, [controller.type]);
	const one = notChecked.length === 0 ? undefined : await readAllowed(cluster, refIn(type, place));
	const all = one === undefined ? objects : [one];
	return {
		candidates: all.filter(object => speaksOf(object, controller, place.name)).map(object => ({type, object, controller})),
		notChecked,
	};
}

/** Flagger serves from a copy of its target, named after it: who names the copy means the canary. */
function speaksOf(object: KubeObject, {kind, target}: (typeof controllerTypes)[number], name: string): boolean {
	const targeted = wordAt(object, ...target, 'name');
	return object.metadata.name === name || targeted === name || (kind === 'flagger' && `${targeted}-primary` === name);
}

async function plainOf(cluster: Cluster, types: readonly ResourceType[], kind: string, place: Place): Promise<Part> {
	const type = types.find(each => each.kind === kind && groupOf(each.apiVersion) === 'apps');
	if (type === undefined) return {candidates: [], notChecked: []};
	try {
		const object = await cluster.get(refIn(type, place));
		return {candidates: object === undefined ? [] : [{type, object}], notChecked: []};
	} catch (error) {
		if (!isNotAllowed(error)) throw error;
		return {candidates: [], notChecked: [`${type.plural}.apps: ${unreadable}`]};
	}
}

const refIn = ({apiVersion, kind}: ResourceType, {namespace, name}: Place): Ref => ({apiVersion, kind, namespace, name});

async function readAllowed(cluster: Cluster, ref: Ref): Promise<KubeObject | undefined> {
	try {
		return await cluster.get(ref);
	} catch (error) {
		if (isNotAllowed(error)) return undefined;
		throw error;
	}
}

/** What a controller rolls out is reached through the controller alone; so are the copies that it made. */
function throughControllers(wanted: readonly Candidate[], all: readonly Candidate[]): readonly Candidate[] {
	const instead = wanted.flatMap(candidate => {
		const takers = candidate.controller === undefined ? all.filter(other => takes(other, candidate.object)) : [];
		return takers.length === 0 ? [candidate] : takers;
	});
	return [...new Set(instead)];
}

function takes({controller, object}: Candidate, {kind, metadata}: KubeObject): boolean {
	if (controller === undefined) return false;
	const target = objectAt(object, ...controller.target);
	const isMade = metadata.ownerReferences?.some(({uid}) => uid === object.metadata.uid) === true;
	const isServing = controller.kind === 'flagger' && metadata.name === `${String(target.name)}-primary`;
	return isMade || (target.kind === kind && (target.name === metadata.name || isServing));
}

async function backendOf(cluster: Cluster, {object, controller}: Candidate, notChecked: readonly string[]): Promise<Backend> {
	if (controller === undefined) return {kind: 'plain', workload: object, notChecked};
	const target = objectAt(object, ...controller.target);
	const isItself = controller.kind === 'argo-rollout' && typeof target.name !== 'string';
	const workload = isItself ? object : await targetOf(cluster, object, target);
	return {kind: controller.kind, controller: object, workload, notChecked};
}

async function targetOf(cluster: Cluster, {metadata}: KubeObject, target: {readonly [field: string]: unknown}) {
	const {apiVersion, kind, name} = target;
	if (typeof name !== 'string') return undefined;
	const ref = {
		apiVersion: typeof apiVersion === 'string' ? apiVersion : 'apps/v1',
		kind: typeof kind === 'string' ? kind : 'Deployment',
		namespace: metadata.namespace,
		name,
	};
	return cluster.get(ref);
}

const unreadable = 'reading them is not allowed';

/** Who sees none of Kubernetes' own kinds is not told that a workload does not exist. */
async function notFound(cluster: Cluster, namespace: string, text: string, notChecked: readonly string[]): Promise<MkcoaError> {
	const blind = notChecked.filter(each => each.endsWith(`.apps: ${unreadable}`));
	if (blind.length === plainKinds.length) return mayNotLook(namespace, text);
	return (await isMissingNamespace(cluster, namespace)) ? noNamespace(namespace) : noSuchWorkload(namespace, text, notChecked);
}

const mayNotLook = (namespace: string, text: string) =>
	new MkcoaError({
		kind: 'auth',
		code: 'not-allowed',
		what: `Whether there is a workload ${text} in namespace ${namespace} cannot be told`,
		why: 'you may read none of its deployments, statefulsets and daemonsets',
		next: `Ask for the role view there; what you may do shows mkcoa k8s permissions -n ${namespace}`,
	});

const noNamespace = (namespace: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'no-such-namespace',
		what: `There is no namespace ${namespace}`,
		next: 'See mkcoa k8s namespaces, and check that the context is the one you mean',
	});

const unseen = (notChecked: readonly string[]) =>
	notChecked.length === 0 ? {} : {why: `not everything was looked at: ${notChecked.join('; ')}`};

const noSuchWorkload = (namespace: string, text: string, notChecked: readonly string[]) =>
	new MkcoaError({
		kind: 'usage',
		code: 'no-such-workload',
		what: `There is no workload ${text} in namespace ${namespace}`,
		...unseen(notChecked),
		next: `See what is there with: mkcoa k8s list deployments -n ${namespace}, or name another kind: statefulset/NAME, rollout/NAME`,
	});

/** Two kinds of the same word are told apart by their group. */
function whichWorkload(namespace: string, name: string, open: readonly Candidate[], types: readonly ResourceType[]) {
	const words = open.map(({type, object}) => {
		const isAlone = types.filter(({kind}) => kind === type.kind).length === 1;
		return `${isAlone ? type.singular || type.kind.toLowerCase() : `${type.plural}.${groupOf(type.apiVersion)}`}/${object.metadata.name}`;
	});
	return new MkcoaError({
		kind: 'usage',
		code: 'which-workload',
		what: `${name} may be several workloads in namespace ${namespace}`,
		why: open.map(({object}) => refText(refOf(object))).join(', '),
		next: `Name one of them: ${words.join(', ')}`,
	});
}
