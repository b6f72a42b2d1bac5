import type {Labels} from '../../manifests/object.ts';
import type {Wish} from '../wish.ts';
import {listParts, overlaps, type Span, spanOf, spansOf} from './marked-text.ts';

/** What a quota counts, by the words for it in both languages; a part of a longer word for another row is none. */
const rows: readonly (readonly [key: string, words: string])[] = [
	[
		'services.loadbalancers',
		'(?:services?|svcs?) (?:of )?type load-?balancers?|load[- ]?balancers?(?:[- ]type)?(?: services?)?|로드 ?밸런서(?:[ -]?(?:타입|형))?(?: ?서비스)?',
	],
	[
		'services.nodeports',
		'(?:services?|svcs?) (?:of )?type node-?ports?|node[- ]?ports?(?:[- ]type)?(?: services?)?|노드 ?포트(?:[ -]?(?:타입|형))?(?: ?서비스)?',
	],
	['persistentvolumeclaims', 'persistent ?volume ?claims?|(?:volume|storage) ?claims?|pvcs?|claims?|(?:퍼시스턴트 ?)?볼륨 ?클레임|클레임'],
	['count/cronjobs.batch', 'cron ?-?jobs?|크론 ?잡'],
	['count/deployments.apps', 'deployments?|디플로이먼트'],
	['count/statefulsets.apps', 'stateful ?sets?|스테이트풀 ?셋'],
	['count/daemonsets.apps', 'daemon ?sets?|데몬 ?셋'],
	['count/replicasets.apps', 'replica ?sets?|레플리카 ?셋'],
	['count/ingresses.networking.k8s.io', 'ingress(?:es)?|인그레스'],
	['count/networkpolicies.networking.k8s.io', 'network ?polic(?:y|ies)|네트워크 ?(?:폴리시|정책)'],
	['count/horizontalpodautoscalers.autoscaling', 'hpas?|(?:horizontal pod )?autoscalers?|오토 ?스케일러'],
	['count/poddisruptionbudgets.policy', 'pdbs?|(?:pod )?disruption budgets?'],
	['count/serviceaccounts', 'service ?accounts?|서비스 ?(?:어카운트|계정)'],
	['count/roles.rbac.authorization.k8s.io', 'roles|롤'],
	['replicationcontrollers', 'replication ?controllers?'],
	['resourcequotas', 'resource ?quotas'],
	['configmaps', 'config ?-?maps?|(?:컨피그|설정) ?맵'],
	['secrets', 'secrets?|시크릿'],
	['services', '(?:cluster ?ip )?services?|svcs?|서비스'],
	['count/jobs.batch', '(?:batch )?jobs?|잡(?=[은는이가을를도 ]|$)'],
	['pods', 'pods?|파드|포드'],
	['requests.nvidia.com/gpu', '(?:nvidia )?gpus?|지피유'],
];

/** Keys as Kubernetes writes them, and extended resources by their names. */
const written =
	/(?<![\w./-])(?:(?:requests|limits)\.[\w./-]*\w|count\/[\w.-]*\w|services\.(?:loadbalancers|nodeports)|[\w-]+\.storageclass\.storage\.k8s\.io\/[\w.]*\w|hugepages-\w+|[a-z][\w-]*(?:\.[a-z][\w-]*)+\/[\w-]+)/gi;

type Noun = Span & {readonly key: string; readonly isWritten: boolean};

/** An extended resource can only be counted where it is asked for. */
const keyOf = (said: string) =>
	/^(?:requests\.|limits\.|count\/|services\.|hugepages-)|\.storageclass\./.test(said) ? said : `requests.${said}`;

function nounsIn(text: string): readonly Noun[] {
	const found: Noun[] = spansOf(written, text).map(({from, to, said}) => ({from, to, key: keyOf(said), isWritten: true}));
	for (const [key, words] of rows) {
		for (const span of spansOf(new RegExp(String.raw`(?<![\w./가-힣-])(?:${words})(?![\w-])`, 'gi'), text))
			if (!found.some(one => overlaps(one, span))) found.push({...span, key, isWritten: false});
	}
	return found.filter(({from, to}) => !isAside(text, from, to));
}

/** `per pod`, `each container`, `best-effort pods only`: no thing that is counted. */
const isAside = (text: string, from: number, to: number) =>
	/(?:\b(?:per|each|every|for|of all|among|across)(?: the)?|\b(?:best-?effort|terminating|priority)) $/i.test(text.slice(0, from)) ||
	/^ ?(?:당|마다)/.test(text.slice(to));

const zero =
	/(?<![\w-])(?:no|zero|without|none(?: of (?:them|those|these|it))?|nobody|no one|cannot|can't|(?:may|must|should|shall)(?: not|n't)|not allowed|forbid\w*|prohibit\w*|disallow\w*|not (?:a|one|even one)(?: single)?|neither|nor|never any)(?= )|금지|불가|(?:하나|한 ?개)도 ?(?:못|안|없)|(?:수|도) ?없|안 ?(?:되|돼|됨)|허용 ?안|허용하지|못 ?(?:하|만)|없음|없이|(?<!\d)0 ?개/gi;
const noZero =
	/\bno (?:more|fewer|less|greater|larger|other|further)\b|\b(?:nobody|no one|cannot|can't|(?:may|must|should|shall)(?: not|n't)|not allowed)\b(?=(?: \w+){0,5} (?:more|exceed|over|above|beyond|than)\b)/gi;

type Count = Span & {readonly value: string; readonly isNumber: boolean};

function countsIn(wish: Wish, text: string): readonly Count[] {
	const amounts = wish.amounts.flatMap((amount): readonly Count[] => {
		if (amount.kind === 'number') return [{...spanOf(wish, amount), value: String(amount.value), isNumber: true}];
		return amount.kind === 'quantity' ? [{...spanOf(wish, amount), value: amount.quantity, isNumber: false}] : [];
	});
	const others = spansOf(noZero, text);
	const none = spansOf(zero, text)
		.filter(span => !others.some(other => overlaps(other, span)))
		.map(span => ({...span, value: '0', isNumber: true}));
	// `not a single one` is none, and no one.
	return [...amounts.filter(amount => !none.some(span => overlaps(amount, span))), ...none];
}

type Pair = {readonly noun: Noun; readonly count: Count};

/** Nouns and counts of one part of a list, in turns: what stands first says which of both leads. */
function pairsIn(nouns: readonly Noun[], counts: readonly Count[]): readonly Pair[] {
	const [noun] = nouns;
	const [count] = counts;
	if (noun === undefined || count === undefined) return [];
	if (nouns.length === 1) {
		const fits = noun.isWritten ? counts : counts.filter(({isNumber}) => isNumber);
		const best = fits.toSorted((left, right) => gap(left, noun) - gap(right, noun))[0];
		return best === undefined ? [] : [{noun, count: best}];
	}
	return nouns.flatMap((one, index) => {
		const own = counts[index] ?? (counts.length === 1 ? count : undefined);
		return own === undefined || !(own.isNumber || one.isWritten) ? [] : [{noun: one, count: own}];
	});
}

const gap = (one: Span, other: Span) => (one.from >= other.to ? one.from - other.to : other.from - one.to);

export type Counts = {
	readonly hard: Labels;
	/** Whether an amount that begins there is one of these. */
	readonly isUsed: (from: number) => boolean;
};

/**
 * How many of what there may be: `at most 5 services, 2 of them load balancers, no node ports`, `PVC 12개, 파드 50개`.
 * @param text that of the wish, without the names of objects
 * @param ofClass the storage class whose claims alone are counted
 */
export function countedIn(wish: Wish, text: string, ofClass: (claims: Span) => string | undefined): Counts {
	const found = nounsIn(text);
	// `cron jobs 10 (count/cronjobs.batch)`: said once more as Kubernetes writes it.
	const isRepeated = ({key, isWritten, to}: Noun) =>
		isWritten && !/^[ =:]*\d/.test(text.slice(to)) && found.some(other => !other.isWritten && other.key === key);
	const nouns = found.filter(noun => !isRepeated(noun));
	const counts = countsIn(wish, text);
	const inside = (span: Span) => (each: Span) => each.from >= span.from && each.from < span.to;
	const pairs: Pair[] = [];
	let waiting: readonly Noun[] = [];
	for (const part of listParts(text, partings)) {
		const own = [...waiting, ...nouns.filter(inside(part)).toSorted((left, right) => left.from - right.from)];
		const told = counts.filter(inside(part)).toSorted((left, right) => left.from - right.from);
		const found = pairsIn(own, told);
		pairs.push(...found);
		waiting = told.length === 0 ? own : [];
	}
	const before = pairs.at(-1);
	// `no load balancers or node ports`: what is denied of the first is denied of all.
	if (before?.count.value === '0') pairs.push(...waiting.map(noun => ({noun, count: before.count})));
	const hard = pairs.toReversed().map(({noun, count}) => [keyFor(noun, ofClass), count.value] as const);
	return {hard: Object.fromEntries(hard.toReversed()), isUsed: from => pairs.some(({count}) => count.from === from)};
}

const partings = /[,;](?=\s|$)|\.(?=\s|$)|\s(?:and|plus|or|nor|as well as|및|그리고|\/)(?=\s)|(?<=[가-힣\d])(?:와|과|고|며|랑)(?=[\s,])/g;

function keyFor(noun: Noun, ofClass: (claims: Span) => string | undefined): string {
	const className = noun.key === 'persistentvolumeclaims' ? ofClass(noun) : undefined;
	return className === undefined ? noun.key : `${className}.storageclass.storage.k8s.io/${noun.key}`;
}
