import {numberAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchangeMention} from '../../mentions/exchange-mention.ts';
import {type Mention, mentionsIn} from '../../mentions/mentions.ts';
import {routingOf} from '../../routing.ts';
import type {Survey} from '../../survey.ts';

const startOf = (set: KubeObject) => numberAt(set, 'spec', 'ordinals', 'start') ?? 0;

/** Pods of a StatefulSet are numbered from its start, as many as it has replicas. */
function membersOf(set: KubeObject): readonly string[] {
	const start = startOf(set);
	const count = Math.min(numberAt(set, 'spec', 'replicas') ?? 1, 1000);
	return Array.from({length: count}, (_, index) => `${set.metadata.name}-${start + index}`);
}

/** The StatefulSets that a Service names the pods of; none where it names others, too, whose names their templates say. */
function setsBehind({namespace, service}: Mention, survey: Survey): readonly KubeObject[] {
	const found = survey.find('Service', namespace, service);
	const behind = found === undefined || textAt(found, 'spec', 'clusterIP') !== 'None' ? [] : routingOf(survey).behind(found);
	const isPlain = behind.every(
		each =>
			each.kind === 'StatefulSet' && textAt(each, 'spec', 'serviceName') === service && textAt(podSpecOf(each), 'hostname') === undefined,
	);
	return isPlain ? behind.filter(each => numberAt(each, 'spec', 'replicas') !== 0) : [];
}

/** Whether the same text names a member that is there: then it lists those that may be, and its program asks on. */
const hasOther = (mention: Mention, members: readonly string[], all: readonly Mention[]) =>
	all.some(each => each.holder === mention.holder && each.path === mention.path && each.pod !== undefined && members.includes(each.pod));

function causesOf(mention: Mention, all: readonly Mention[], survey: Survey): readonly Cause[] {
	const {pod, holder, path, host, workload} = mention;
	// Before a Service that has an address of its own stands whatever a program makes of it, and no pod.
	const [, base, ordinal] = /^(.+)-(\d+)$/.exec(pod ?? '') ?? [];
	if (pod === undefined || ordinal === undefined) return [];
	const sets = setsBehind(mention, survey);
	// Numbers below the first one are what was left out when members were numbered anew.
	if (sets.some(set => set.metadata.name === base && Number(ordinal) < startOf(set))) return [];
	const members = sets.flatMap(membersOf);
	if (members.length === 0 || members.includes(pod) || hasOther(mention, members, all)) return [];
	// Under the name of another set the same number was meant; beyond the last one nobody can tell which.
	const same = members.filter(each => each.endsWith(`-${ordinal}`));
	const [to] = same.length === 1 ? same : members;
	const [who, name] = [refText(refOf(workload)), sets.map(set => refText(refOf(set))).join(', ')];
	return [
		{
			id: 'member-name-not-there',
			resource: refOf(holder),
			path,
			hurts: [refOf(workload)],
			cause: {
				en: `${who} is told of ${host}, and ${name} has no pod ${pod}: its pods are ${members.slice(0, 5).join(', ')}`,
				ko: `${who}가 부르는 ${host}의 파드 ${pod}가 ${name}에 없습니다: 파드는 ${members.slice(0, 5).join(', ')}입니다`,
			},
			evidence: [
				{source: refText(refOf(holder)), detail: `${path} names ${host}`},
				{source: name, detail: `pods ${members.slice(0, 5).join(', ')}`},
				...changeEvidence(holder),
			],
			remedies: to === undefined ? [] : [exchangeMention(mention, {host: host.replace(pod, to)}, same.length === 1)],
		},
	];
}

/** Names of single pods of StatefulSets that no pod has. */
export function memberNames(survey: Survey): readonly Cause[] {
	const all = mentionsIn(survey);
	return all.flatMap(mention => causesOf(mention, all, survey));
}
