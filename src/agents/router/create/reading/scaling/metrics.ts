import type {Amount} from '../../../words/amounts.ts';
import type {MetricWish} from '../../manifests/limits.ts';
import {listParts, overlaps, partAt, type Span, spanOf, spansOf} from '../limits/marked-text.ts';
import type {Wish} from '../wish.ts';

type Resource = 'cpu' | 'memory';

const resourceWords = /(?<![\w-])(?:(v?cpus?|processors?|cores?|코어|씨피유|시피유)|(memory|mem|ram|메모리))(?![\w-])/gi;
const both = /\bboth\b|\beach\b|\beither\b|둘 ?다|모두|각각|각 /i;

const resourcesOf = (text: string): readonly (Span & {readonly resource: Resource})[] =>
	spansOf(resourceWords, text).map(({from, to, said}) => ({from, to, resource: /^(?:mem|ram|메모리)/i.test(said) ? 'memory' : 'cpu'}));

type Told = Span & {readonly target: MetricTarget; readonly measures: Resource | undefined};
type MetricTarget = Extract<MetricWish, {readonly resource: string}>['target'];

/** The amounts that may be what an autoscaler holds steady: shares of the request, or amounts for each pod. */
function toldIn(wish: Wish, text: string, isOther: (span: Span) => boolean): readonly Told[] {
	const told = wish.amounts.flatMap((amount): readonly Told[] => {
		const span = spanOf(wish, amount);
		if (isOther(span)) return [];
		const target = targetOf(amount);
		if (target === undefined || isBound(amount, text, span)) return [];
		return [{...span, target, measures: amount.kind === 'quantity' ? (amount.measures === 'cpu' ? 'cpu' : 'memory') : undefined}];
	});
	return told.length > 0 ? told : bareShares(text, isOther);
}

function targetOf(amount: Amount): MetricTarget | undefined {
	if (amount.kind === 'percent') return {utilization: amount.value};
	if (amount.kind === 'share') return {utilization: Math.round(amount.value * 100)};
	return amount.kind === 'quantity' ? {average: amount.quantity} : undefined;
}

/** `max 7 cpu 60` are no seven CPUs. */
const isBound = (amount: Amount, text: string, {from}: Span) =>
	amount.kind === 'quantity' &&
	amount.measures === 'cpu' &&
	/^\d+$/.test(amount.quantity) &&
	/(?:\bmin(?:imum)?|\bmax(?:imum)?|\bup to|\bto|\bmost|\bleast|최소|최대|[-~/])[: ]*$/i.test(text.slice(0, from));

/** `cpu 60` of an autoscaler is a share in percent. */
function bareShares(text: string, isOther: (span: Span) => boolean): readonly Told[] {
	const bare =
		/(?:cpu|memory|mem|메모리)(?: (?:utili[sz]ation|usage|average|avg|at|of|is|target|사용률|평균|기준))*[:=]? ?(\d{2})(?![\d%a-z]|\.\d)/gi;
	return [...text.matchAll(bare)].flatMap(({0: said, 1: digits = '', index}) => {
		const span = {from: index + said.length - digits.length, to: index + said.length};
		const isCounted = /^ ?(?:개|대|pods?|replicas?)/i.test(text.slice(span.to));
		return isOther(span) || isCounted ? [] : [{...span, target: {utilization: Number(digits)}, measures: undefined}];
	});
}

const partings = /[,;+](?=\s|$)|\.(?=\s|$)|\s(?:and|plus|및|그리고|\/|or|또는)(?=\s)|(?<=[가-힣\d%])(?:와|과|고|며|랑|이랑)(?=[\s,])/g;

/** The resource that an amount is of: by its unit, else the nearest one that its part of the list names, else the last one before. */
function resourceFor(told: Told, resources: readonly (Span & {readonly resource: Resource})[], part: Span): Resource {
	if (told.measures !== undefined) return told.measures;
	const gap = ({from, to}: Span) => (from >= told.to ? from - told.to : told.from - to);
	const own = resources.filter(({from}) => from >= part.from && from < part.to).toSorted((left, right) => gap(left) - gap(right));
	return (own[0] ?? resources.findLast(({from}) => from < told.from) ?? resources[0])?.resource ?? 'cpu';
}

/** A metric that is no resource, by its name: `pods metric http_requests at 100`, `외부 메트릭 queue_depth 30`. */
function customIn(wish: Wish, text: string, isOther: (span: Span) => boolean): readonly MetricWish[] {
	const found =
		/(?:\bmetrics?(?: (?:named|called))?|메트릭(?:은|이|을)?|지표(?:는|가|를)?)[: ]+`?([a-z][\w.:/-]*[_.:/-][\w.:/-]*\w|[a-z]\w+)`?|`?([a-z][a-z0-9]*(?:_[a-z0-9]+)+)`?/gi;
	const names = [...text.matchAll(found)].flatMap(({1: called, 2: bare, index}) => {
		const name = called ?? bare ?? '';
		return /^(?:of|is|at|on|and|the|for|with|target|cpu|memory|value|average)$/i.test(name) ? [] : [{name, at: index}];
	});
	return names.slice(0, 1).flatMap(({name, at}): readonly MetricWish[] => {
		const part = partAt(listParts(text, /[,;](?=\s|$)|\.(?=\s|$)|\s\/(?=\s)/g), at);
		const numbers = wish.amounts.flatMap(amount => {
			const span = spanOf(wish, amount);
			const value = amount.kind === 'number' ? String(amount.value) : amount.kind === 'quantity' ? amount.quantity : undefined;
			return value === undefined || isOther(span) || span.from < part.from || span.from >= part.to
				? []
				: [{value, gap: Math.abs(span.from - at)}];
		});
		const value = numbers.toSorted((left, right) => left.gap - right.gap)[0]?.value;
		if (value === undefined) return [];
		const isExternal = /\bexternal\b|외부/i.test(text);
		const isAverage = !isExternal || /\bper pod\b|\baverage\b|\beach\b|파드당|평균/i.test(text.slice(part.from, part.to));
		return [{metric: name, type: isExternal ? 'External' : 'Pods', ...(isAverage ? {average: value} : {value})}];
	});
}

export type Metrics = {readonly metrics: readonly MetricWish[]; readonly spans: readonly Span[]};

/**
 * What an autoscaler holds steady, and which amounts say so.
 * @param text that of the wish, without names
 * @param others pieces that tell something else
 */
export function metricsIn(wish: Wish, text: string, others: readonly Span[]): Metrics {
	const isOther = (span: Span) => others.some(other => overlaps(other, span));
	const custom = customIn(wish, text, isOther);
	const told = toldIn(wish, text, isOther);
	const resources = resourcesOf(text).filter(span => !isOther(span));
	const parts = listParts(text, partings);
	const [only] = told;
	const distinct = [...new Set(resources.map(({resource}) => resource))];
	const isForAll = told.length === 1 && distinct.length === 2 && both.test(text);
	const container = /\bcontainer ([a-z][a-z0-9-]*)|컨테이너 ?([a-z][a-z0-9-]*)|([a-z][a-z0-9-]*) ?(?:컨테이너)/i.exec(text);
	const inside = container?.[1] ?? container?.[2] ?? container?.[3];
	const metrics: readonly MetricWish[] =
		isForAll && only !== undefined
			? distinct.map(resource => ({resource, target: only.target}))
			: told.map(one => ({resource: resourceFor(one, resources, partAt(parts, one.from)), target: one.target}));
	return {
		metrics: [
			...custom,
			...(custom.length > 0 && resources.length === 0
				? []
				: metrics.map(metric => (inside === undefined ? metric : {...metric, container: inside}))),
		],
		spans: told,
	};
}
