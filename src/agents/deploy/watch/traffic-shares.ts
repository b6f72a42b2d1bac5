import {textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {fitsMap} from '../../../core/kube/selector.ts';
import type {RolloutPicture} from '../../../core/rollout-picture.ts';
import {isReady} from '../../../mcp/kubernetes/model/conditions.ts';
import {imagesOf} from '../../../mcp/kubernetes/model/container-summary.ts';
import {objectsAt, textMapAt} from '../../../mcp/kubernetes/model/fields.ts';
import {controllerOf} from '../../../mcp/kubernetes/model/owner-chain.ts';
import {revisionOf} from '../rollout/revisions.ts';
import {trackLabel} from '../track-label.ts';
import {dialectOf, isCopyService} from '../traffic/routes/route-objects.ts';
import type {TreeObjects} from './rollout-tree.ts';

type Shares = Pick<RolloutPicture, 'weights' | 'weighed'>;

/** Which version a pod is of. */
type Arm = 'new' | 'stable';

type Around = TreeObjects & {
	readonly services: readonly KubeObject[];
	readonly routes: readonly KubeObject[];
	/** The Service by which a route reaches the new version alone, `namespace/name`. */
	readonly canaryService?: string | undefined;
};

const names: {readonly [arm in Arm]: string} = {new: 'new', stable: 'stable'};

/**
 * How the requests are shared now: by the route that leads to the new version where there is one, else by the ready pods behind the workload's
 * Service, else by all its ready pods.
 */
export function trafficShares(around: Around): Shares {
	return byRoutes(around) ?? byPods(around);
}

function byRoutes({routes, canaryService}: Around): Shares | undefined {
	if (canaryService === undefined) return undefined;
	for (const route of routes) {
		const share = shareIn(route, canaryService);
		if (share !== undefined) return {...sharesOf(share), weighed: `by ${route.kind} ${route.metadata.name}`};
	}
	return undefined;
}

/** The new version's part of the rule that shares its requests; rules with a header of their own are not looked at. */
function shareIn(route: KubeObject, service: string): number | undefined {
	const dialect = dialectOf(route);
	if (dialect === undefined) return undefined;
	for (const rule of objectsAt(route, 'spec', dialect.rules)) {
		const targets = objectsAt(rule, dialect.targets);
		const at = targets.findIndex(target => dialect.serviceOf(target, route) === service);
		const weights = dialect.weightsOf(targets);
		const sum = weights.reduce((all, weight) => all + weight, 0);
		if (at >= 0 && targets.length > 1 && sum > 0) return (weights[at] ?? 0) / sum;
	}
	return undefined;
}

/** @param share of the new version, 0 to 1 */
export const sharesOf = (share: number): Pick<Shares, 'weights'> => ({
	weights: [
		{name: names.new, share},
		{name: names.stable, share: 1 - share},
	],
});

function byPods(around: Around): Shares {
	const [workload] = around.workloads;
	if (workload === undefined) return {weights: []};
	const service = mainService(around, workload);
	const behind = around.pods.filter(
		pod =>
			pod.metadata.deletionTimestamp === undefined &&
			isReady(pod) &&
			(service === undefined || fitsMap(valueAt(service, 'spec', 'selector'), textMapAt(pod, 'metadata', 'labels'))),
	);
	const isNew = newPodsOf(around, workload);
	if (behind.length === 0 || isNew === undefined) return {weights: []};
	const weighed = service === undefined ? 'by ready pods' : `by ready pods of Service ${service.metadata.name}`;
	return {...sharesOf(behind.filter(isNew).length / behind.length), weighed};
}

/** The Service that people reach the workload by: of its own name, else the first that finds a pod. */
function mainService({services, pods}: Around, workload: KubeObject): KubeObject | undefined {
	const finding = services.filter(
		service =>
			!isCopyService(service) && pods.some(pod => fitsMap(valueAt(service, 'spec', 'selector'), textMapAt(pod, 'metadata', 'labels'))),
	);
	return finding.find(({metadata}) => metadata.name === workload.metadata.name) ?? finding[0];
}

/**
 * Tells pods of the new version: those of a canary or a preview, and those of the workload that run the same images since it was promoted; where
 * there is no such copy, those of the newest template. Undefined where there is one version alone.
 */
function newPodsOf({sets, pods, workloads}: TreeObjects, workload: KubeObject): ((pod: KubeObject) => boolean) | undefined {
	const isOfNewest = ofNewestTemplate(sets, pods, workload);
	const copy = workloads.slice(1).find(isCopy);
	if (copy === undefined) return isOfNewest;
	const images = imagesText(copy);
	const tellsApart = sets.some(set => controllerOf(set)?.uid === workload.metadata.uid && imagesText(set) !== images);
	return pod => isCopy(pod) || (tellsApart ? imagesText(pod) === images : isOfNewest?.(pod) === true);
}

const imagesText = (object: KubeObject) => imagesOf(object).join(' ');

function isCopy(object: KubeObject): boolean {
	const track = textMapAt(object, 'metadata', 'labels')[trackLabel];
	return track === 'canary' || track === 'preview';
}

function ofNewestTemplate(sets: readonly KubeObject[], pods: readonly KubeObject[], workload: KubeObject) {
	const revision = textAt(workload, 'status', 'updateRevision');
	const own = sets.filter(set => controllerOf(set)?.uid === workload.metadata.uid);
	const newest = own.toSorted((a, b) => revisionOf(b) - revisionOf(a))[0];
	const isNew = (pod: KubeObject) =>
		revision === undefined
			? controllerOf(pod)?.uid === newest?.metadata.uid
			: textMapAt(pod, 'metadata', 'labels')['controller-revision-hash'] === revision;
	return pods.every(isNew) ? undefined : isNew;
}
