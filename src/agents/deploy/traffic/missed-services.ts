import {isNotAllowed} from '../../../core/error.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {fitsMap} from '../../../core/kube/selector.ts';
import type {Consequence} from '../../../core/plan.ts';
import {nearestNames} from '../../../core/text/nearest-names.ts';
import {textMapAt} from '../../../mcp/kubernetes/model/fields.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../mcp/kubernetes/read-neighbours.ts';
import {isCopyService, placeOf, placesBehind, servicesOf} from './routes/route-objects.ts';

/** A Service that somebody may take for the way to a workload, and that leads to none of its pods. */
export type MissedService = {
	readonly name: string;
	/** What its selector asks for, and what the pods carry. */
	readonly differs: string;
	/** Whether requests are expected to come by it: it is called like the workload, a route sends to it, or no other Service leads there. */
	readonly isExpected: boolean;
};

type Labels = {readonly [key: string]: string};
type Candidate = MissedService & {readonly selector: Labels; readonly isNamed: boolean};

/** Kinds that lead to Services, where nobody has read them yet. */
const around = [
	'services',
	'httproutes.gateway.networking.k8s.io',
	'grpcroutes.gateway.networking.k8s.io',
	'virtualservices.networking.istio.io',
];

/** Kinds whose pods a Service may mean, also while there are none. */
const workloads = ['deployments.apps', 'statefulsets.apps', 'daemonsets.apps', 'rollouts.argoproj.io'];

/**
 * Services of the workload's namespace that a person could mean for it and that lead nowhere: of its name, behind a route to it, or with a selector
 * that is but one label away. One that finds other pods, or is another workload's, is not meant. Only reads.
 * @param known Services and routes, where they were read before
 */
export async function missedServices(
	cluster: Cluster,
	workload: KubeObject,
	known?: readonly KubeObject[],
): Promise<readonly MissedService[]> {
	const objects = known ?? (await readNeighbours(cluster, workload.metadata.namespace, around)).objects;
	const candidates = candidatesIn(objects, workload);
	if (candidates.length === 0) return [];
	const others = (await readNeighbours(cluster, workload.metadata.namespace, workloads)).objects;
	const isAnothers = ({selector}: Candidate) =>
		others.some(other => fitsMap(selector, textMapAt(other, 'spec', 'template', 'metadata', 'labels')));
	const isMeant = async (each: Candidate) => each.isNamed || !(isAnothers(each) || (await mayFindPods(cluster, workload, each.selector)));
	const meant = await Promise.all(candidates.map(isMeant));
	return candidates.filter((_, index) => meant[index]).map(({name, differs, isExpected}) => ({name, differs, isExpected}));
}

function candidatesIn(objects: readonly KubeObject[], workload: KubeObject): readonly Candidate[] {
	const labels = textMapAt(workload, 'spec', 'template', 'metadata', 'labels');
	const own = servicesOf(workload, {objects, notChecked: []});
	const routed = routedBeside(objects, workload, new Set(own.map(placeOf)));
	return objects.flatMap((service): Candidate[] => {
		const selector = textMapAt(service, 'spec', 'selector');
		const isHere = service.kind === 'Service' && service.metadata.namespace === workload.metadata.namespace;
		if (!isHere || isCopyService(service) || Object.keys(selector).length === 0 || fitsMap(selector, labels)) return [];
		const isNamed = service.metadata.name === workload.metadata.name;
		const isRouted = routed.has(placeOf(service));
		if (!(isNamed || isRouted || isNear(selector, labels))) return [];
		const isExpected = isNamed || isRouted || own.length === 0;
		return [{name: service.metadata.name, differs: differenceOf(selector, labels), isExpected, selector, isNamed}];
	});
}

/** What routes send to that are called like the workload, or lead to it too. */
function routedBeside(objects: readonly KubeObject[], {metadata}: KubeObject, own: ReadonlySet<string>): ReadonlySet<string> {
	const routes = objects.map(object => ({object, places: placesBehind(object)}));
	const beside = routes.filter(
		({object, places}) =>
			places.some(place => own.has(place)) || (object.metadata.name === metadata.name && object.metadata.namespace === metadata.namespace),
	);
	return new Set(beside.flatMap(({places}) => places));
}

const wrongIn = (selector: Labels, labels: Labels) => Object.entries(selector).filter(([key, value]) => labels[key] !== value);

/** One label away: beside others that fit any one, alone one that is written almost the same, or under another key. */
function isNear(selector: Labels, labels: Labels): boolean {
	const [wrong, ...others] = wrongIn(selector, labels);
	if (wrong === undefined || others.length > 0) return false;
	const [key, value] = wrong;
	if (Object.keys(selector).length > 1) return true;
	const carried = labels[key];
	return carried === undefined ? Object.values(labels).includes(value) : isAlike(value, carried);
}

const isAlike = (one: string, other: string) => nearestNames(one, [other]).length > 0 || nearestNames(other, [one]).length > 0;

const differenceOf = (selector: Labels, labels: Labels) =>
	wrongIn(selector, labels)
		.map(
			([key, value]) =>
				`${key}=${value}, ${labels[key] === undefined ? 'a label that they lack' : `where they carry ${key}=${labels[key]}`}`,
		)
		.join(', and for ');

/** Whether any pod carries these labels; true where nobody may tell. */
async function mayFindPods(cluster: Cluster, {metadata: {namespace}}: KubeObject, selector: Labels): Promise<boolean> {
	const labelSelector = Object.entries(selector)
		.map(([key, value]) => `${key}=${value}`)
		.join(',');
	try {
		const type = await cluster.typeOfRef({apiVersion: 'v1', kind: 'Pod'});
		for await (const _ of cluster.each({type, namespace, labelSelector})) return true;
		return false;
	} catch (error) {
		if (isNotAllowed(error)) return true;
		throw error;
	}
}

/** The sentence about one of them. */
export const missedText = ({name, differs}: MissedService, workload: KubeObject) =>
	`Service ${name} selects no pod of ${workload.metadata.name}: it asks for ${differs}`;

/** @param gravity what it is where requests are expected by it; elsewhere it is a warning */
export const missedNotes = (
	missed: readonly MissedService[],
	workload: KubeObject,
	gravity: 'danger' | 'warning',
): readonly Consequence[] =>
	missed.map(each => ({
		id: 'service-selects-nothing',
		severity: each.isExpected ? gravity : 'warning',
		text: `${missedText(each, workload)}. No request reaches it so; mend it: mkcoa k8s patch service ${each.name} -n ${workload.metadata.namespace}`,
	}));
