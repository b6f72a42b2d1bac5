import {wantedReplicas} from '../../core/consequences/rollout.ts';
import type {Json} from '../../core/json.ts';
import {objectAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {quantityOf} from '../../core/kube/quantity.ts';
import {shortLine} from '../../core/text/short-line.ts';
import {bestEffortCause} from './best-effort-cause.ts';
import {type Case, isUnread, ofKind} from './case.ts';
import type {Cause} from './cause.ts';
import {fieldPath} from './field-path.ts';
import {changeEvidence, isChangedLater} from './last-write.ts';
import {grownRequest, quotaRemedies} from './quota-remedies.ts';
import {type QuotaRefusal, quotaRefusal, refusals} from './refusals.ts';

const amount = (value: Json | undefined) => (typeof value === 'string' || typeof value === 'number' ? quantityOf(value) : undefined);

/** What a quota has no more of, by its own count. */
const fullIn = (quota: KubeObject): readonly string[] =>
	Object.entries(objectAt(quota, 'spec', 'hard')).flatMap(([what, hard]) => {
		const [most, now] = [amount(hard), amount(objectAt(quota, 'status', 'used')[what])];
		return most !== undefined && now !== undefined && now >= most ? [what] : [];
	});

/** A quota that keeps pods of a workload from being made, and what of it ran out. */
type Shortage = {readonly quota: KubeObject; readonly things: readonly string[]; readonly refusal: QuotaRefusal | undefined};

function shortages(given: Case, isShort: boolean): readonly Shortage[] {
	const quotas = ofKind(given.scene, 'ResourceQuota');
	const told = refusals(given).flatMap(message => quotaRefusal(message) ?? []);
	const named = [...new Map(told.map(refusal => [refusal.quota, refusal])).values()].flatMap((refusal): readonly Shortage[] => {
		const quota = quotas.find(({metadata}) => metadata.name === refusal.quota);
		return quota === undefined ? [] : [{quota, things: [...refusal.requested.keys()], refusal}];
	});
	if (named.length > 0 || !isShort || told.length > 0) return named;
	// What counts some pods only may be full for others.
	return quotas
		.filter(({spec}) => valueAt(spec, 'scopes') === undefined && valueAt(spec, 'scopeSelector') === undefined)
		.flatMap((quota): readonly Shortage[] => {
			const things = fullIn(quota).filter(what => /^(?:pods|count\/pods|(?:requests\.|limits\.)?(?:cpu|memory))$/.test(what));
			return things.length === 0 ? [] : [{quota, things, refusal: undefined}];
		});
}

function shortageCause(shortage: Shortage, workload: KubeObject, given: Case): Cause {
	const {quota, things, refusal} = shortage;
	const {pods, scene} = given;
	const [name, wanted] = [refText(refOf(workload)), wantedReplicas(workload)];
	const [first = ''] = things;
	// What grew with the last release brought the trouble, unless the quota was cut after that.
	const grown = things.flatMap(what => grownRequest(what, given) ?? [])[0];
	const isGrown = grown !== undefined && !isChangedLater(quota, workload, {one: ['spec', 'hard', first], other: grown.path});
	const isRevision = first === 'count/replicasets.apps';
	const told = refusals(given).find(message => quotaRefusal(message)?.quota === quota.metadata.name);
	const counts = things.map(what => {
		const [used, hard] = [objectAt(quota, 'status', 'used')[what] ?? refusal?.used.get(what) ?? '?', objectAt(quota, 'spec', 'hard')[what]];
		return {source: refText(refOf(quota)), detail: `${what}: ${String(used)} of ${String(hard)} used`};
	});
	return {
		id: 'quota-used-up',
		resource: refOf(isGrown ? workload : quota),
		path: isGrown ? fieldPath(workload, grown.path) : `spec.hard[${first}]`,
		hurts: [refOf(workload)],
		cause: {
			en: `${isRevision ? `The change of ${name} cannot begin, because a ReplicaSet more is one too many` : `${name} has ${pods.length} of ${wanted} pods`}: ${things.join(', ')} of ${refText(refOf(quota))} ${isGrown ? 'is less than its pods ask for since they grew' : 'is used up'}`,
			ko: `${isRevision ? `${name}의 새 ReplicaSet을 만들 수 없습니다` : `${name}의 파드가 ${wanted}개 중 ${pods.length}개입니다`}: 네임스페이스 ${scene.namespace}의 쿼터 ${quota.metadata.name}(${things.join(', ')})가 찼습니다`,
		},
		evidence: [
			...(told === undefined ? [] : [{source: name, detail: shortLine(told, 300)}]),
			...counts,
			...changeEvidence(quota, ['spec', 'hard', first]),
		],
		remedies: quotaRemedies({quota, things, refusal}, {workload, grown: isGrown ? grown : undefined}, given),
	};
}

/** Pods that the server does not make, mostly because a quota is used up. */
export function quotaCauses(given: Case): readonly Cause[] {
	const {workload, pods, scene} = given;
	if (workload === undefined) return [];
	const name = refText(refOf(workload));
	const isShort =
		['Deployment', 'StatefulSet'].includes(workload.kind) && pods.length < wantedReplicas(workload) && !isUnread(scene, 'Pod');
	const found = shortages(given, isShort).map(
		shortage => bestEffortCause(shortage.quota, workload, given) ?? shortageCause(shortage, workload, given),
	);
	const [told] = refusals(given);
	if (found.length > 0 || told === undefined) return found;
	// Of a class that is not there its own cause tells, wherever the classes were read.
	const missing = /no (PriorityClass|RuntimeClass) with name|(PriorityClass|RuntimeClass)\S* "[^"]*" not found/.exec(told);
	if (missing !== null && ofKind(scene, missing[1] ?? missing[2] ?? '').length > 0) return [];
	return [
		{
			id: 'pods-refused',
			resource: refOf(workload),
			path: 'spec.template',
			cause: {en: `The server refuses to make the pods of ${name}`, ko: `서버가 ${name}의 파드를 만들지 않습니다`},
			evidence: [{source: name, detail: shortLine(told, 300)}],
			remedies: [],
		},
	];
}
