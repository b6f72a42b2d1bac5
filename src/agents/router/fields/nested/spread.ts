import type {JsonObject} from '../../../../core/json.ts';
import {objectAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {templatePath} from '../../../../core/kube/pod-spec.ts';
import {type Nested, podKinds} from './nested.ts';

const zone = 'topology.kubernetes.io/zone';
const host = 'kubernetes.io/hostname';

const keyIn = (text: string) =>
	/\btopology\.kubernetes\.io\/\w+|\bkubernetes\.io\/hostname/i.exec(text)?.[0] ??
	(/\b(?:zones?|azs?|availability zones?)\b|존(?:에|을|별|마다|끼리)|가용 ?영역/i.test(text)
		? zone
		: /\b(?:nodes?|hosts?|machines?|hostname)\b|노드|호스트|서버/i.test(text)
			? host
			: undefined);

const spreads =
	/\bspread\w*|\btopology ?spread\w*|\bdistribut\w* (?:evenly|over|across)|\bevenly (?:over|across)|(?:골고루|균등|고르게|고루|분산|나눠|퍼뜨|퍼트)/i;
const parts =
	/\banti-?affinity\b|\b(?:never|not|no|don't)\b[^.,;]{0,40}\b(?:same|one|a single) (?:node|host|zone|machine)\b|\beach on (?:its own|a different|another|a separate) (?:node|host|zone|machine)|\b(?:on )?(?:different|separate|distinct) (?:nodes|hosts|zones|machines)\b|안티 ?어피니티|(?:같은|한) ?(?:노드|존|호스트)\S* ?(?:두|둘|함께|같이|몰리|뜨지|배치)|서로 ?다른 ?(?:노드|존|호스트)/i;
const soft = /\b(?:prefer\w*|try to|if possible|where possible|best effort|soft|ScheduleAnyway)\b|가능하면|되도록|가급적|선호/i;

const labelsOf = (object: KubeObject): JsonObject => objectAt(object, ...(templatePath(object) ?? []), 'metadata', 'labels');

/** Those by which the workload finds its pods. */
const selectorOf = (object: KubeObject): JsonObject => {
	const chosen = objectAt(object, 'spec', 'selector', 'matchLabels');
	return {matchLabels: Object.keys(chosen).length > 0 ? chosen : labelsOf(object)};
};

function constraintsIn(text: string, object: KubeObject): readonly JsonObject[] | undefined {
	const topologyKey = keyIn(text);
	if (!spreads.test(text) || parts.test(text) || topologyKey === undefined) return undefined;
	const skew = /\b(?:max ?)?skew(?: of| is|:|=)? ?(\d+)|스큐\S* ?(\d+)/i.exec(text)?.slice(1).find(Boolean);
	const whenUnsatisfiable = soft.test(text) ? 'ScheduleAnyway' : 'DoNotSchedule';
	return [{maxSkew: Number(skew ?? 1), topologyKey, whenUnsatisfiable, labelSelector: selectorOf(object)}];
}

function antiAffinityIn(text: string, object: KubeObject): JsonObject | undefined {
	const topologyKey = keyIn(text);
	if (!parts.test(text) || topologyKey === undefined) return undefined;
	const term = {labelSelector: selectorOf(object), topologyKey};
	return soft.test(text)
		? {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, podAffinityTerm: term}]}
		: {requiredDuringSchedulingIgnoredDuringExecution: [term]};
}

/** `spread over the zones`, `never two of them on one node`. */
export const spread: readonly Nested[] = [
	{kinds: podKinds, place: 'pod', path: ['topologySpreadConstraints'], read: ({text}, object) => constraintsIn(text, object)},
	{kinds: podKinds, place: 'pod', path: ['affinity', 'podAntiAffinity'], read: ({text}, object) => antiAffinityIn(text, object)},
];
