import {fenceposts, wantedReplicas} from '../../core/consequences/rollout.ts';
import type {Json} from '../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {podSpecOf} from '../../core/kube/pod-spec.ts';
import {quantityOf} from '../../core/kube/quantity.ts';
import {fitsSelector} from '../../core/kube/selector.ts';
import {completed, roundedAmount, takes} from '../capacity/quota-size.ts';
import {type Case, ofKind, type Scene} from './case.ts';
import type {Remedy} from './cause.ts';
import {placedContainers} from './container-place.ts';
import type {Exchange} from './patch-remedy.ts';
import {exchange, merge} from './patch-remedy.ts';
import {type QuotaRefusal, quotaRefusal} from './refusals.ts';
import {changeOf} from './template-change.ts';

const amount = (value: Json | undefined) => (typeof value === 'string' || typeof value === 'number' ? (quantityOf(value) ?? 0) : 0);

/** `requests.cpu` and `cpu` stand for the same field of a container. */
function resourceOf(what: string): readonly [string, string] | undefined {
	const match = /^(?:(requests|limits)\.)?(cpu|memory)$/.exec(what);
	return match?.[2] === undefined ? undefined : [match[1] ?? 'requests', match[2]];
}

/** The request of a container that grew with the present template, so that a quota no longer has room for it. */
export function grownRequest(what: string, given: Case): Exchange | undefined {
	const field = resourceOf(what);
	const change = changeOf(given);
	if (field === undefined || change === undefined || given.workload === undefined) return undefined;
	const former = listAt(change.earlier.template, 'spec', 'containers');
	const [list, thing] = field;
	for (const {name, container, place} of placedContainers(given.workload)) {
		const before = former.find(each => textAt(each, 'name') === name);
		const [from, to] = [valueAt(container, 'resources', list, thing), valueAt(before, 'resources', list, thing)];
		if (before !== undefined && amount(from) > amount(to)) return {path: [...place, 'resources', list, thing], from, to};
	}
	return undefined;
}

const surgeOf = (workload: KubeObject, wanted: number) =>
	workload.kind === 'Deployment' && textAt(workload, 'spec', 'strategy', 'type') !== 'Recreate' ? fenceposts(workload, wanted).surge : 0;

const ownPods = (workload: KubeObject, scene: Scene) => {
	const selector = valueAt(workload, 'spec', 'selector');
	return ofKind(scene, 'Pod').filter(
		({metadata, status}) => fitsSelector(selector, metadata.labels) && !['Succeeded', 'Failed'].includes(textAt(status, 'phase') ?? ''),
	);
};

/** What one pod takes, by the template, by those that run, and by what the server said when it refused one. */
function perPod(what: string, workload: KubeObject, refusal: QuotaRefusal | undefined, scene: Scene): number {
	const template = takes(completed(podSpecOf(workload), ofKind(scene, 'LimitRange')))[what] ?? 0;
	const running = ownPods(workload, scene).map(pod => takes(podSpecOf(pod))[what] ?? 0);
	return Math.max(template, amount(refusal?.requested.get(what)), ...running);
}

/** Who else waits for the same quota. */
const alsoRefused = (quota: KubeObject, scene: Scene) =>
	['Deployment', 'StatefulSet', 'ReplicaSet'].flatMap(kind =>
		ofKind(scene, kind).filter(
			each =>
				(each.metadata.ownerReferences ?? []).length === 0 &&
				listAt(each, 'status', 'conditions').some(
					condition =>
						textAt(condition, 'type') === 'ReplicaFailure' &&
						textAt(condition, 'status') === 'True' &&
						quotaRefusal(textAt(condition, 'message') ?? '')?.quota === quota.metadata.name,
				),
		),
	);

const usualHistory = 10;

/** ReplicaSets that there may be once every Deployment keeps as many earlier ones as it wants. */
const keptRevisions = (scene: Scene) =>
	ofKind(scene, 'Deployment').reduce((sum, each) => sum + (numberAt(each, 'spec', 'revisionHistoryLimit') ?? usualHistory) + 1, 0) +
	ofKind(scene, 'ReplicaSet').filter(({metadata}) => (metadata.ownerReferences ?? []).length === 0).length;

/** What a quota must allow for all that it refuses to run in full, and to roll; beside what others use of it. */
export function neededOf(what: string, quota: KubeObject, workloads: readonly KubeObject[], scene: Scene, refusal?: QuotaRefusal): number {
	const used = amount(objectAt(quota, 'status', 'used')[what] ?? refusal?.used.get(what));
	if (what === 'count/replicasets.apps') return Math.max(used + 1, keptRevisions(scene));
	const sum = (list: readonly number[]) => list.reduce((all, each) => all + each, 0);
	const own = sum(workloads.flatMap(each => ownPods(each, scene).map(pod => takes(podSpecOf(pod))[what] ?? 0)));
	const full = workloads.map(each => {
		const wanted = each.kind === 'DaemonSet' ? ownPods(each, scene).length + 1 : wantedReplicas(each);
		return perPod(what, each, refusal, scene) * (wanted + surgeOf(each, wanted));
	});
	return Math.max(0, used - own) + sum(full);
}

type Short = {readonly quota: KubeObject; readonly things: readonly string[]; readonly refusal: QuotaRefusal | undefined};

function raised({quota, things, refusal}: Short, workload: KubeObject, sure: boolean, scene: Scene): readonly Remedy[] {
	const workloads = [...new Set([workload, ...alsoRefused(quota, scene)])];
	const hard = Object.fromEntries(things.map(what => [what, roundedAmount(what, neededOf(what, quota, workloads, scene, refusal))]));
	const told = Object.entries(hard)
		.map(([what, most]) => `${what}=${most}`)
		.join(', ');
	return [
		merge(
			quota,
			{spec: {hard}},
			{
				side: 'quota',
				sure,
				text: {
					en: `Raise ${refText(refOf(quota))} to ${told}: enough for all pods and those of a rollout`,
					ko: `${refText(refOf(quota))}를 ${told}(으)로 올립니다: 모든 파드와 롤아웃 여유분까지 들어갑니다`,
				},
			},
		),
	];
}

type Blame = {readonly workload: KubeObject; readonly grown: Exchange | undefined};

/** Room for the workload, or its former size where that is what changed. */
export function quotaRemedies(short: Short, {workload, grown}: Blame, {scene}: Case): readonly Remedy[] {
	const more = raised(short, workload, grown === undefined, scene);
	if (grown === undefined) return more;
	const name = refText(refOf(workload));
	const former = grown.to === undefined ? 'nothing' : String(grown.to);
	return [
		exchange(workload, [grown], {
			side: 'workload',
			sure: true,
			text: {
				en: `Set what the pods of ${name} ask for back to ${former}`,
				ko: `${name}의 파드가 요청하는 양을 ${former}(으)로 되돌립니다`,
			},
		}),
		...more,
	];
}
