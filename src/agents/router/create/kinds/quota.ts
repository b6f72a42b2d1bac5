import type {JsonObject} from '../../../../core/json.ts';
import {lacking, type Made, objects} from '../made.ts';
import {quotaOf} from '../manifests/limits.ts';
import type {Labels} from '../manifests/object.ts';
import {nameIn} from '../name-in.ts';
import {countedIn} from '../reading/limits/counted.ts';
import {listParts, partAt, type Span, spanOf, withoutNames} from '../reading/limits/marked-text.ts';
import {resourcesIn} from '../reading/resources.ts';
import {plainAt, says, type Wish, wishOf} from '../reading/wish.ts';
import {alreadyThere, objectsOf, placeOf, type Scene} from '../scene.ts';

/** Bytes that a quota counts as something else than memory. `at`: index of the first word of the amount. */
type Stored = {readonly key: string; readonly quantity: string; readonly at: number};

const storageWord = /storage|volume|disks?\b|\bclaims?\b|pvc|스토리지|볼륨|디스크|저장|클레임/i;
const memoryWord = /\bmem(?:ory)?\b|\bram\b|메모리/i;

/** The storage class that stands in a part of the text, or the only one that is spoken of, where the part points back at it. */
function classIn(text: string, {from, to}: Span, classes: readonly string[]): string | undefined {
	const names = (piece: string) => classes.filter(name => new RegExp(String.raw`(?<![\w-])${name}(?![\w-])`).test(piece));
	const piece = text.slice(from, to);
	const [own] = names(piece);
	if (own !== undefined) return own;
	const [only, ...others] = names(text);
	// `block-ssd 클래스는 총 200Gi, PVC 5개`, `on class fast: 200Gi and 5 claims`: said once of all that follows.
	const topic =
		only === undefined || others.length > 0
			? -1
			: text.search(
					new RegExp(
						String.raw`(?:\b(?:for|on|of|from) (?:the )?(?:storage ?)?class )${only}\b|${only} ?(?:스토리지 ?)?클래스(?:는|은|에서|의 경우)|${only} ?(?:는|은|:)`,
					),
				);
	if (topic >= 0 && topic < from && !/[.]\s/.test(text.slice(topic, from))) return only;
	return others.length === 0 &&
		/\b(?:of|in|with|on|from) (?:that|this|the same|said) (?:storage ?)?class\b|(?:그|이|해당|같은) ?(?:스토리지 ?)?클래스/i.test(piece)
		? only
		: undefined;
}

function storedIn(wish: Wish, text: string, classes: readonly string[]): readonly Stored[] {
	const parts = listParts(text);
	return wish.amounts.flatMap((amount): readonly Stored[] => {
		if (amount.kind !== 'quantity' || amount.measures !== 'bytes') return [];
		const span = spanOf(wish, amount);
		const part = partAt(parts, span.from);
		const said = text.slice(part.from, part.to);
		const own = nearest(said, span.from - part.from);
		if (own === 'memory') return [];
		const className = classIn(wish.text, part, classes);
		const side = /\blimits?\.|\blimits\b/i.test(said) ? 'limits' : 'requests';
		if (/ephemeral|scratch|임시/i.test(said)) return [{key: `${side}.ephemeral-storage`, quantity: amount.quantity, at: amount.first}];
		if (className === undefined && own === undefined && !isOfClaims(text, parts, part)) return [];
		const key = className === undefined ? 'requests.storage' : `${className}.storageclass.storage.k8s.io/requests.storage`;
		return [{key, quantity: amount.quantity, at: amount.first}];
	});
}

/** `at most 5 claims, 200Gi in total`: what stands behind claims is the storage of all of them. */
function isOfClaims(text: string, parts: readonly Span[], {from, to}: Span): boolean {
	const before = parts.findLast(part => part.to <= from);
	return (
		before !== undefined &&
		/\btotal|\b(?:al)?together\b|\bin (?:all|sum)\b|\bcombined\b|합쳐|합계|합해|통틀어|총|전체/i.test(text.slice(from, to)) &&
		storageWord.test(text.slice(before.from, before.to)) &&
		!memoryWord.test(text)
	);
}

/** Whether storage or memory is spoken of nearer to an amount. */
function nearest(said: string, at: number): 'storage' | 'memory' | undefined {
	const gap = (pattern: RegExp) => Math.min(...[...said.matchAll(new RegExp(pattern.source, 'gi'))].map(({index}) => Math.abs(index - at)));
	const [storage, memory] = [gap(storageWord), gap(memoryWord)];
	if (storage === memory) return undefined;
	return storage < memory ? 'storage' : 'memory';
}

const named = (amounts: Labels, side: string) =>
	Object.fromEntries(Object.entries(amounts).map(([resource, amount]) => [`${side}.${resource}`, amount]));

/** `cap at …` and `limit to …` say that there is a quota; only the nouns say of what. */
const verbless = (wish: Wish): Wish => ({
	...wish,
	words: wish.words.map((word, at) =>
		/^(?:cap|caps|capped|limit|limited|max|maximum|most|최대|up|제한)$/.test(plainAt(wish, at)) &&
		!/^(?:cpu|memory|cpus|(?:메모리|램|코어|씨피유)\S*)$/.test(plainAt(wish, at - 1))
			? {...word, text: '', raw: ''}
			: word,
	),
});

/** `may request no more than 10 cores`: where only requests are spoken of, a bound is one of them. */
const requested = (text: string) =>
	/요청|requests/i.test(text) && /[가-힣]/.test(text) && !/제한(?!하|해)|한도|limit|리밋/i.test(text)
		? text.replaceAll(/(?:[을를] ?)?(?:못 ?넘|넘지|초과하지|넘을 ?수 ?없)[가-힣]*(?: ?(?:못|않|말)[가-힣]*)?|이하로?|이내로?|최대/g, ' ')
		: /\brequests?\b/i.test(text) && !/\blimits?\b/i.test(text)
			? text.replaceAll(
					/\b(?:no|not|never)(?: \w+)? (?:more than|over|above|beyond|exceed\w*)\b|\bat (?:the )?most\b|\bup to\b/gi,
					'requests',
				)
			: text;

/** `cpu 요청 합계 2`: a quota counts all together anyway. */
const together = /(?<=요청|제한|requests?|limits?)(?:의)? ?(?:합계|총합|총량)(?:가|는|은|이|를|을)?(?= |$)/gi;

/** `CPU requests at most 20`, `requests.cpu=20` → `requests cpu 20`. */
const sidesFirst = ({text, language}: Wish): Wish =>
	wishOf(
		requested(
			text
				.replaceAll(together, '')
				.replaceAll(/(?<=[\w/])=(?=\d)/g, ' ')
				// `20 requested cores and 64Gi of requested memory`
				.replaceAll(/(?<![\w.-])(\d[\w.]*)(?: of)? requested (cores?|cpus?|memory|ram)\b/gi, 'requests $2 $1')
				.replaceAll(/(?<![\w.])(requests|limits)\.(cpu|memory)(?![\w.])/gi, '$1 $2'),
		).replaceAll(
			/\b(cpu|memory) (requests?|limits?)(?: of| is| are|:)? (?:(?:at|of) )?(?:(?:the )?most|up to|max(?:imum)?(?: of)?|(?:no|not) more than|to) (?=\d)/gi,
			'$2 $1 ',
		),
		language,
	);

function hardIn(told: Wish, classes: readonly string[], names: readonly string[]): Labels {
	const wish = sidesFirst(told);
	const text = withoutNames(wish.text, names);
	const parts = listParts(text);
	const counted = countedIn(wish, text, ({from}) => classIn(wish.text, partAt(parts, from), classes));
	const stored = storedIn(wish, text, classes).filter(({at}) => !counted.isUsed(startOf(wish, at)));
	const isOther = (at: number) => stored.some(each => each.at === at) || counted.isUsed(startOf(wish, at));
	const {requests, limits} = resourcesIn(verbless(wish), isOther);
	const isSame = JSON.stringify(requests) === JSON.stringify(limits) && !/limits|both|제한|한도|모두/i.test(wish.text);
	return {
		...named(requests, 'requests'),
		...(isSame ? {} : named(limits, 'limits')),
		...Object.fromEntries(stored.map(({key, quantity}) => [key, quantity])),
		...counted.hard,
	};
}

const startOf = (wish: Wish, at: number) => spanOf(wish, {first: at, last: at, kind: 'number', value: 0}).from;

const scopes: readonly (readonly [scope: string, RegExp])[] = [
	['NotBestEffort', /\bnot[- ]?best-?effort\b/i],
	['BestEffort', /\bbest-?effort\b|베스트 ?에포트/i],
	['NotTerminating', /\bnot-?terminating\b|\b(?:long-running|without (?:a |an )?(?:active )?deadline)\b/i],
	['Terminating', /\bterminating\b/i],
	['CrossNamespacePodAffinity', /\bcross-?namespace-?pod-?affinity\b/i],
];

/** Which pods alone are counted. */
function scopeIn({text}: Wish): JsonObject {
	const scope = scopes.find(([, pattern]) => pattern.test(text))?.[0];
	if (scope !== undefined) return {scopes: [scope]};
	const priority =
		/(?:\bpriority(?: ?class)?(?: of| named)?|우선 ?순위(?: ?클래스)?) ([a-z0-9][a-z0-9.-]*)|([a-z0-9][a-z0-9-]*) (?:priority(?: ?class)?|우선 ?순위)/i.exec(
			text,
		);
	const name = priority?.[1] ?? priority?.[2];
	return name === undefined ? {} : {scopeSelector: {matchExpressions: [{scopeName: 'PriorityClass', operator: 'In', values: [name]}]}};
}

/** How much of what all of a namespace may take together. */
export async function makeQuota(scene: Scene): Promise<Made> {
	const {wish} = scene;
	const namespace = placeOf(scene);
	const name = nameIn(scene) ?? `${namespace}-quota`;
	const there = await alreadyThere(scene, 'ResourceQuota', name, namespace);
	if (there !== undefined) return there;
	const classes = (await objectsOf(scene, 'StorageClass')).map(({metadata}) => metadata.name);
	const hard = hardIn(wish, classes, [name, namespace]);
	const hasBoth = ['requests.', 'limits.'].every(side => Object.keys(hard).some(key => key.startsWith(side)));
	if (!hasBoth && says(wish, /\b(?:half|twice|double)\b (?:of |the |that|those|as|each)|절반|두 ?배/i))
		return lacking(wish, `What exactly should quota ${name} allow? Say each amount.`, `쿼터 ${name}의 값을 각각 숫자로 말해 주시겠어요?`);
	if (Object.keys(hard).length === 0)
		return lacking(wish, `What should quota ${name} limit, and to how much?`, `쿼터 ${name}(으)로 무엇을 얼마까지 제한할까요?`);
	return objects(quotaOf({name, namespace}, hard, scopeIn(wish)));
}
