import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {someOf} from '../../../core/text/count.ts';
import type {Understanding} from '../understanding.ts';
import type {Scene} from './scene.ts';

/** A name without a place that something of its kind has elsewhere: that one may be meant. */
export async function elsewhere({wish, world, spoken, earlier}: Scene, made: readonly KubeObject[]): Promise<Understanding | undefined> {
	if (spoken.length > 0 || earlier !== undefined) return undefined;
	for (const {kind, metadata} of made) {
		const {name, namespace} = metadata;
		if (namespace !== world.namespace) continue;
		const places = (await world.objects(kind)).flatMap(live => (live.metadata.name === name ? [live.metadata.namespace ?? ''] : []));
		if (places.length === 0 || places.includes(namespace)) continue;
		const where = [...places, namespace];
		return {
			kind: 'question',
			text:
				wish.language === 'ko'
					? `${kind} ${name}은(는) ${places.join(', ')}에 있습니다. 그것을 바꿀까요, 아니면 ${namespace}에 새로 만들까요?`
					: `There is a ${kind} ${name} in ${someOf(places, 5)}. Is that one meant, or a new one in ${namespace}?`,
			choices: where.map(place => ({
				text: place,
				request: wish.language === 'ko' ? `${place}에서 ${wish.text}` : `In ${place}: ${wish.text}`,
			})),
		};
	}
	return undefined;
}

/** Kinds whose names are seldom those of something else. */
const ownNames = new Set([
	'NetworkPolicy',
	'Role',
	'RoleBinding',
	'ConfigMap',
	'Secret',
	'Ingress',
	'PersistentVolumeClaim',
	'ResourceQuota',
	'LimitRange',
]);
const beside =
	/\b(?:copy|clone|duplicate|same|like|existing|beside|next to|in addition|separate|another|identical|equal|half|twice|size of|as (?:big|large))\b|복사|복제|똑같|같은|동일|만큼|절반|처럼|기존|별도|따로/i;

/** Whether a wish that seems to make something names one of its kind that is there, under another name than the new one: then that one is to be changed. */
export async function isOfLive({wish, world}: Scene, made: readonly KubeObject[]): Promise<boolean> {
	if (beside.test(wish.text)) return false;
	const names = new Set(made.map(({metadata}) => metadata.name));
	for (const {kind} of made) {
		if (!ownNames.has(kind)) continue;
		const live = new Set((await world.objects(kind)).map(({metadata}) => metadata.name));
		const others = (
			await Promise.all(['Deployment', 'StatefulSet', 'DaemonSet', 'Service', 'ServiceAccount'].map(each => world.objects(each)))
		).flat();
		const shared = new Set(others.map(({metadata}) => metadata.name));
		if (wish.words.some(({raw}) => live.has(raw) && !names.has(raw) && !shared.has(raw))) return true;
	}
	return false;
}
