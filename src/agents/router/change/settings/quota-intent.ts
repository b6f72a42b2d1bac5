import type {Json, JsonObject} from '../../../../core/json.ts';
import {objectAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {kindsIn} from '../../names/kinds-in.ts';
import {isInScope, scopeIn} from '../../names/scope-in.ts';
import type {Intent, Understanding} from '../../understanding.ts';
import {spoken} from '../../words/spoken.ts';
import {type Asking, allOf, type Question, question} from '../asking.ts';
import {changeAt} from '../change-at.ts';
import {type Edit, plannedEdit} from '../edit-targets.ts';
import {factorIn, isLess} from '../factor-words.ts';
import {plainText} from '../plain-text.ts';
import {type Amount, amountOf, quantityFrom, unitPattern} from '../quantity-words.ts';
import {isQuestion, targetsIn} from '../targets.ts';

const kind = 'ResourceQuota';

/** How people speak of what a quota counts. CPU and memory may be of requests or of limits. */
const counted: readonly (readonly [key: string, pattern: RegExp])[] = [
	['persistentvolumeclaims', /\bpvcs?\b|\b(?:volume )?claims?\b|볼륨 ?클레임/],
	['services.loadbalancers', /\bload ?balancers?\b|로드 ?밸런서/],
	['services.nodeports', /\bnode ?ports?\b|노드 ?포트/],
	['services', /\bservices?\b|서비스/],
	['configmaps', /\bconfig ?maps?\b|컨피그 ?맵/],
	['secrets', /\bsecrets?\b|시크릿/],
	['requests.storage', /\bstorage\b|스토리지|저장/],
	['cpu', /\bcpus?\b|\bcores?\b|시피유|코어/],
	['memory', /\bmem(?:ory)?\b|\bram\b|메모리/],
	['pods', /\bpods?\b|파드|포드/],
];

function keyIn(text: string, present: readonly string[]): string | undefined {
	const literal = present.find(key => key.includes('.') && text.includes(key));
	const written = /\b(?:requests|limits)\.(?:cpu|memory|storage|ephemeral-storage)\b/.exec(text)?.[0];
	if (literal !== undefined) return literal;
	if (written !== undefined) return written;
	const found = counted.find(([, pattern]) => pattern.test(text))?.[0];
	if (found !== 'cpu' && found !== 'memory') return found;
	const sides = /\brequests?\b|요청/.test(text)
		? ['requests']
		: /\blimits\b|\blimit\.|제한\(limit/.test(text)
			? ['limits']
			: ['requests', 'limits'];
	const keys = [...sides.map(side => `${side}.${found}`), found].filter(key => present.includes(key));
	return keys.length === 1 ? keys[0] : sides.length === 1 ? `${sides[0]}.${found}` : undefined;
}

const amount = new RegExp(
	String.raw`(?<![\w.:/-])(\d+(?:\.\d+)?) ?(${unitPattern})?(?:개|대)?(?!\.?\w| ?(?:%|percent|퍼센트|프로|배|times))`,
	'g',
);

function amountIn(plain: string): Amount | undefined {
	const text = plain.replace(/\bfrom \d[\d.]*[a-z]*/gi, ' ').replace(/\d[\d.]*[a-z]*개?에서/gi, ' ');
	const [, value, unit = ''] = [...text.matchAll(amount)].at(-1) ?? [];
	if (value !== undefined) {
		const {quantity} = quantityFrom(value, unit, /cpu|core|코어/.test(text) ? 'cpu' : undefined);
		const isBy = /\bby\b|\bmore\b|더|만큼|추가/.test(text) && !/\bto\b/.test(text);
		return isBy ? {kind: 'by', quantity, sign: isLess(text) ? -1 : 1} : {kind: 'to', quantity};
	}
	const factor = factorIn(text);
	return factor === undefined ? undefined : {kind: 'times', factor};
}

/** What one part of the wish makes of one value. */
function boundIn(text: string, hard: JsonObject): readonly (readonly [key: string, value: string])[] {
	const key = keyIn(text, Object.keys(hard));
	const wish = amountIn(text);
	const before = key === undefined ? undefined : valueAt(hard, key);
	const after = wish === undefined ? undefined : amountOf(before === undefined ? undefined : String(before), wish);
	return key === undefined || after === undefined ? [] : [[key, after]];
}

/** `20 pods and limits.memory 24Gi`: parts that each have a key and an amount; else the whole. */
function piecesOf(text: string): readonly string[] {
	const pieces = text.split(/,\s+|;\s|\s+and\s+|\s+그리고\s+|(?<=[가-힣]고)\s+/).filter(piece => piece.trim() !== '');
	const isEach = pieces.length > 1 && pieces.every(piece => amountIn(piece) !== undefined && keyIn(piece, []) !== undefined);
	const literal =
		pieces.length > 1 &&
		pieces.every(piece => amountIn(piece) !== undefined && /\b(?:requests|limits)\.|\bpods?\b|파드|[a-z]{4}/.test(piece));
	return isEach || literal ? pieces : [text];
}

function edited({clause}: Asking, quota: KubeObject): Edit | Question {
	// Its own name may hold a word of what it counts.
	const text = plainText(clause).replace(quota.metadata.name, ' ');
	const hard = objectAt(quota, 'spec', 'hard');
	const found = piecesOf(text).flatMap(piece => boundIn(piece, hard));
	if (found.length > 0) {
		const after = found.reduce<Json | undefined>((whole, [key, value]) => changeAt(whole, ['spec', 'hard', key], () => value), quota);
		return {after, told: found.map(([key, value]) => `${key} ${value}`).join(', ')};
	}
	const list = Object.entries(hard)
		.map(([name, value]) => `${name} ${String(value)}`)
		.join(', ');
	return question(
		clause,
		`Which value of ${quota.metadata.name}, and how much? It has: ${list}.`,
		`${quota.metadata.name}의 어느 값을 얼마로 할까요? 지금: ${list}.`,
	);
}

/** The quota that is named, else the only one of the namespace that is. */
async function quotasIn(asking: Asking): Promise<readonly KubeObject[] | Question> {
	const named = await targetsIn(asking, [kind]);
	if (isQuestion(named) || named.length > 0 || !kindsIn(asking.clause).some(mention => mention.kind === kind)) return named;
	const [scope, all] = await Promise.all([scopeIn(asking.clause, asking.world), asking.world.objects(kind)]);
	const inside = scope.namespaces === undefined ? all : all.filter(({metadata}) => isInScope(scope, metadata.namespace));
	return inside.length === 1 ? inside : [];
}

/** Changes what a quota allows. */
export const quotaIntent: Intent = {
	name: 'quota',
	async understand(clause, world, talk): Promise<Understanding | undefined> {
		if (
			amountIn(plainText(clause)) === undefined &&
			!spoken(
				clause,
				'set raise change increase lower reduce allow make update let up double should 올리 늘리 바꾸 변경 설정 수정 내리 낮추 줄이 맞추 허용',
			)
		)
			return undefined;
		const asking = {clause, world, talk};
		const quotas = await quotasIn(asking);
		if (isQuestion(quotas)) return quotas;
		if (quotas.length === 0) return undefined;
		return allOf(
			quotas.map(quota => {
				const edit = edited(asking, quota);
				return 'kind' in edit ? edit : plannedEdit(asking, quota, edit);
			}),
		);
	},
};
