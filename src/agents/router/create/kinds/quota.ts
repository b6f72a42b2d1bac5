import {lacking, type Made, objects} from '../made.ts';
import {type LimitRangeWish, limitRangeOf, quotaOf} from '../manifests/limits.ts';
import type {Labels} from '../manifests/object.ts';
import {numberBeside} from '../reading/counts.ts';
import {resourcesIn} from '../reading/resources.ts';
import {plainAt, segmentEnd, segmentStart, type Wish} from '../reading/wish.ts';
import {alreadyThere, nameIn, placeOf, type Scene} from '../scene.ts';

/** What a quota counts, by the words for it. The number may stand on either side. */
const counted: readonly (readonly [string, RegExp])[] = [
	['services.loadbalancers', /^(?:load-?balancers?|balancers?|로드밸런서)/],
	['services.nodeports', /^(?:node-?ports?|노드포트)/],
	['pods', /^(?:pods?|파드|포드)/],
	['services', /^(?:services?|svcs?|서비스)/],
	['persistentvolumeclaims', /^(?:pvcs?|persistentvolumeclaims?|claims?|볼륨클레임|클레임)/],
	['configmaps', /^(?:config-?maps?|컨피그맵)/],
	['secrets', /^(?:secrets?|시크릿)/],
	['count/deployments.apps', /^(?:deployments?|디플로이먼트)/],
	['count/statefulsets.apps', /^(?:statefulsets?|스테이트풀셋)/],
	['count/jobs.batch', /^(?:jobs?|잡)$/],
	['count/cronjobs.batch', /^(?:cron-?jobs?|크론잡)/],
	['count/ingresses.networking.k8s.io', /^(?:ingress|인그레스)/],
];

const refuses = (wish: Wish, at: number) =>
	/^(?:no|zero|without)$/.test(plainAt(wish, at - 1)) ||
	/^(?:no|zero)$/.test(plainAt(wish, at - 2)) ||
	/^(?:금지|불가|없음|안)/.test(plainAt(wish, at + 1));

function countsIn(wish: Wish): Labels {
	const found = counted.flatMap(([resource, pattern]) => {
		const at = wish.words.findIndex((_, index) => pattern.test(plainAt(wish, index)));
		if (at < 0) return [];
		const amount = refuses(wish, at) ? 0 : (numberBeside(wish, pattern) ?? numberBefore(wish, at) ?? numberBehind(wish, at));
		return amount === undefined ? [] : [[resource, String(amount)] as const];
	});
	return Object.fromEntries(found);
}

/** `four volume claims` */
function numberBefore(wish: Wish, at: number): number | undefined {
	if (!/^(?:volume|storage|persistent|cluster|headless)$/.test(plainAt(wish, at - 1))) return undefined;
	const amount = wish.amounts.find(({kind, last}) => kind === 'number' && last === at - 2);
	return amount?.kind === 'number' ? amount.value : undefined;
}

/** `number of services to 15`: the first number behind in the same part of the sentence. */
const numberBehind = (wish: Wish, at: number) => {
	const end = segmentEnd(wish, at, /[,;.]/);
	const amount = wish.amounts.find(({kind, first, last}) => kind === 'number' && first > at && last < end);
	return amount?.kind === 'number' ? amount.value : undefined;
};

const storageWord = /storage|volume|disk|스토리지|볼륨|디스크|저장|용량/;

/** Bytes that are storage, not memory. */
function storageIn(wish: Wish): {readonly hard: Labels; readonly at: number} | undefined {
	const found = wish.amounts.find(({kind, first, last}) => {
		const words = wish.words.slice(segmentStart(wish, first), segmentEnd(wish, last)).map(({raw}) => raw.toLowerCase());
		const near = [first - 1, first - 2, first - 3, last + 1, last + 2, last + 3].map(index => plainAt(wish, index));
		return (
			kind === 'quantity' &&
			near.some(word => storageWord.test(word)) &&
			words.some(word => storageWord.test(word)) &&
			!/^(?:memory|mem|ram|메모리)/.test(near[3] ?? '')
		);
	});
	return found?.kind === 'quantity' && found.measures === 'bytes'
		? {hard: {'requests.storage': found.quantity}, at: found.first}
		: undefined;
}

const named = (amounts: Labels, side: string) =>
	Object.fromEntries(Object.entries(amounts).map(([resource, amount]) => [`${side}.${resource}`, amount]));

/** `cap at …` and `limit to …` say that there is a quota; only the nouns say of what. */
const verbless = (wish: Wish): Wish => ({
	...wish,
	words: wish.words.map((word, at) =>
		/^(?:cap|caps|capped|limit|limited|max|maximum|most|최대|up|제한)$/.test(plainAt(wish, at)) &&
		!/^(?:cpu|memory|cpus)$/.test(plainAt(wish, at - 1))
			? {...word, text: '', raw: ''}
			: word,
	),
});

/** Keys as Kubernetes writes them: `requests.cpu 8`. */
const writtenIn = ({text}: Wish): Labels =>
	Object.fromEntries(
		[
			...text.matchAll(
				/\b((?:requests|limits)\.(?:cpu|memory|storage|ephemeral-storage))(?: of| is| to)?[:=]? ?(\d+(?:\.\d+)?(?:[KMGT]i?|m)?)\b/g,
			),
		].map(([, key = '', amount = '']) => [key, amount]),
	);

function hardIn(wish: Wish): Labels {
	const storage = storageIn(wish);
	const {requests, limits} = resourcesIn(verbless(wish), at => at === storage?.at);
	const isSame = JSON.stringify(requests) === JSON.stringify(limits) && !/limits|both|제한|한도|모두/i.test(wish.text);
	return {
		...named(requests, 'requests'),
		...(isSame ? {} : named(limits, 'limits')),
		...countsIn(wish),
		...storage?.hard,
		...writtenIn(wish),
	};
}

export async function makeQuota(scene: Scene): Promise<Made> {
	const {wish} = scene;
	const namespace = placeOf(scene);
	const name = nameIn(scene) ?? `${namespace}-quota`;
	const there = await alreadyThere(scene, 'ResourceQuota', name, namespace);
	if (there !== undefined) return there;
	const hard = hardIn(wish);
	if (Object.keys(hard).length === 0)
		return lacking(wish, `What should quota ${name} limit, and to how much?`, `쿼터 ${name}(으)로 무엇을 얼마까지 제한할까요?`);
	return objects(quotaOf({name, namespace}, hard));
}

/** The bounds of a container, where they are called minimum or maximum; else defaults. */
function rangeIn(wish: Wish): LimitRangeWish {
	const parts = wish.words
		.map((_, at) => at)
		.filter(
			at =>
				at === 0 ||
				/[.;]/.test(wish.words[at - 1]?.stop ?? '') ||
				/^(?:min|max|minimum|maximum|최소|최대|default|기본)/.test(plainAt(wish, at)),
		);
	const found: {-readonly [side in keyof LimitRangeWish]: Labels} = {default: {}, defaultRequest: {}, min: {}, max: {}};
	for (const [index, from] of parts.entries()) {
		const to = parts[index + 1] ?? wish.words.length;
		const bare = {
			...wish,
			words: wish.words.map((word, at) => (at >= from && at < to ? word : {...word, text: '', raw: ''})),
			amounts: wish.amounts.filter(({first}) => first >= from && first < to),
		};
		const word = plainAt(wish, from);
		const side = /^(?:min|최소)/.test(word) ? 'min' : /^(?:max|최대)/.test(word) ? 'max' : undefined;
		const {requests, limits} = resourcesIn(bare);
		if (side !== undefined) found[side] = {...found[side], ...limits, ...requests};
		else {
			found.default = {...found.default, ...limits};
			found.defaultRequest = {...found.defaultRequest, ...requests};
		}
	}
	return found;
}

export async function makeLimitRange(scene: Scene): Promise<Made> {
	const {wish} = scene;
	const namespace = placeOf(scene);
	const name = nameIn(scene) ?? `${namespace}-limits`;
	const there = await alreadyThere(scene, 'LimitRange', name, namespace);
	if (there !== undefined) return there;
	const range = rangeIn(wish);
	if (Object.values(range).every(amounts => Object.keys(amounts).length === 0))
		return lacking(wish, `Which CPU and memory should LimitRange ${name} set?`, `LimitRange ${name}에 CPU와 메모리를 얼마로 정할까요?`);
	return objects(limitRangeOf({name, namespace}, range));
}
