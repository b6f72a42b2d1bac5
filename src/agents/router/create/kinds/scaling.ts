import {numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {podLabelsOf} from '../../../deploy/objects/services/service-for.ts';
import {lacking, type Made, objects} from '../made.ts';
import {type AutoscalerWish, autoscalerOf, type BudgetWish, budgetOf, type MetricWish, type PaceWish} from '../manifests/limits.ts';
import {plainAt, segmentEnd, segmentStart, type Wish} from '../reading/wish.ts';
import {alreadyThere, nameIn, objectsOf, type Scene, subjectOf} from '../scene.ts';

type Amount = Wish['amounts'][number];
type Numbered = Amount & {readonly kind: 'number'};

const numbersOf = (wish: Wish) => wish.amounts.filter((amount): amount is Numbered => amount.kind === 'number');

/** The number that a word such as `min` stands before or behind. */
function numberBy(wish: Wish, pattern: RegExp): number | undefined {
	const near = (at: number) => pattern.test(plainAt(wish, at));
	const numbers = numbersOf(wish);
	const behind = numbers.find(({first}) =>
		[1, 2, 3].some(
			back => near(first - back) && wish.words.slice(first - back, first).every(({stop}) => stop === undefined || stop === ':'),
		),
	);
	return (
		behind ?? numbers.find(({last}) => near(last + 1) || (/^(?:pods?|replicas?|개)$/.test(plainAt(wish, last + 1)) && near(last + 2)))
	)?.value;
}

const minWord = /^(?:min|minimum|least|minreplicas|low|lower|floor|최소|하한)/;
const maxWord = /^(?:max|maximum|most|maxreplicas|high|upper|ceiling|최대|상한)/;

function boundsIn(wish: Wish): {readonly min: number | undefined; readonly max: number | undefined} {
	const range = wish.amounts.find(amount => amount.kind === 'range');
	if (range?.kind === 'range') return {min: range.from, max: range.to};
	const [, low, high] = /(\d+) ?개?(?: ?~ ?|에서 |부터 |-| up to | through )(?:최대 )?(\d+)(?! ?(?:%|m\b|[KMG]i))/.exec(wish.text) ?? [];
	if (low !== undefined && high !== undefined) return {min: Number(low), max: Number(high)};
	// Read from the text first: `max 7 cpu 60` are no seven CPUs.
	const max =
		numberBehind(wish, /(?:\bmax(?:imum)?|\bat most|최대|상한)(?: of| is|:)? ?(\d+)(?![\d%]| ?%|m\b|[KMG]i)/i) ??
		numberBy(wish, maxWord) ??
		numberBehind(wish, /\bup to (\d+)(?! ?(?:%|m\b|[KMG]i))/i);
	return {
		min:
			numberBehind(wish, /(?:\bmin(?:imum)?|\bat least|최소|하한)(?: of| is|:)? ?(\d+)(?![\d%]| ?%|m\b|[KMG]i)/i) ??
			numberBy(wish, minWord),
		max,
	};
}

const numberBehind = ({text}: Wish, pattern: RegExp) => {
	const digits = pattern.exec(text)?.[1];
	return digits === undefined ? undefined : Number(digits);
};

/** CPU or memory, whichever word is nearest to an amount. */
function resourceNear(wish: Wish, {first, last}: Amount): 'cpu' | 'memory' {
	const distance = (pattern: RegExp) =>
		Math.min(
			...wish.words.map((_, at) =>
				pattern.test(plainAt(wish, at)) ? Math.min(Math.abs(at - first), Math.abs(at - last)) : Number.POSITIVE_INFINITY,
			),
		);
	return distance(/^(?:memory|mem|ram|메모리)/) < distance(/^(?:cpu|processor|core|코어|씨피유)/) ? 'memory' : 'cpu';
}

function metricsIn(wish: Wish): readonly MetricWish[] {
	const pace = paceSpan(wish);
	return wish.amounts.flatMap((amount): readonly MetricWish[] => {
		if (pace !== undefined && amount.first >= pace.from && amount.first < pace.to) return [];
		if (amount.kind === 'percent') return [{resource: resourceNear(wish, amount), target: {utilization: amount.value}}];
		if (amount.kind === 'share') return [{resource: resourceNear(wish, amount), target: {utilization: Math.round(amount.value * 100)}}];
		return amount.kind === 'quantity' && !/^(?:min|max|minimum|maximum|최소|최대)$/.test(plainAt(wish, amount.first - 1))
			? [{resource: amount.measures === 'cpu' ? 'cpu' : 'memory', target: {average: amount.quantity}}]
			: [];
	});
}

/** Words about how fast it may go down or up. */
function paceSpan(
	wish: Wish,
	direction: RegExp = /^(?:scale-?downs?|scale-?ups?|scaledown|scaleup|축소|확대|스케일다운|스케일업)/,
): {readonly from: number; readonly to: number} | undefined {
	const from = wish.words.findIndex(
		(_, at) =>
			direction.test(plainAt(wish, at)) ||
			direction.test(`${plainAt(wish, at)}${plainAt(wish, at + 1)}`) ||
			direction.test(`${plainAt(wish, at)}-${plainAt(wish, at + 1)}`),
	);
	return from < 0 ? undefined : {from: segmentStart(wish, from), to: segmentEnd(wish, from)};
}

function paceIn(wish: Wish, direction: RegExp): PaceWish | undefined {
	const span = paceSpan(wish, direction);
	if (span === undefined) return undefined;
	const inside = wish.amounts.filter(({first}) => first >= span.from && first < span.to);
	const seconds = inside.find(amount => amount.kind === 'duration');
	if (seconds?.kind !== 'duration') return undefined;
	const pods = inside.find(amount => amount.kind === 'number');
	const share = inside.find(amount => amount.kind === 'percent');
	if (pods?.kind === 'number') return {policy: {type: 'Pods', value: pods.value, periodSeconds: seconds.seconds}};
	if (share?.kind === 'percent') return {policy: {type: 'Percent', value: share.value, periodSeconds: seconds.seconds}};
	return {stabilizationWindowSeconds: seconds.seconds};
}

/** `cpu 60` of an autoscaler is a share in percent. */
function bareShare({text}: Wish): MetricWish | undefined {
	const [, word, digits] = /(cpu|memory|메모리)(?: utili[sz]ation| usage| at| of| target| 사용률)* ?(\d{2})(?![\d%a-z])/i.exec(text) ?? [];
	return digits === undefined ? undefined : {resource: /cpu/i.test(word ?? '') ? 'cpu' : 'memory', target: {utilization: Number(digits)}};
}

/** Kubernetes' own target where none is said. */
const usual: MetricWish = {resource: 'cpu', target: {utilization: 80}};

const scales = (scaler: KubeObject, workload: KubeObject) =>
	scaler.metadata.namespace === workload.metadata.namespace &&
	textAt(scaler, 'spec', 'scaleTargetRef', 'name') === workload.metadata.name &&
	textAt(scaler, 'spec', 'scaleTargetRef', 'kind') === workload.kind;

export async function makeAutoscaler(scene: Scene): Promise<Made> {
	const {wish} = scene;
	const target = await subjectOf(scene, ['Deployment', 'StatefulSet']);
	if (target.kind === 'asks') return target.made;
	const workload =
		target.kind === 'one' ? target.object : scene.planned.findLast(({kind}) => kind === 'Deployment' || kind === 'StatefulSet');
	if (workload === undefined) return lacking(wish, 'Which workload should be scaled?', '어느 워크로드를 오토스케일할까요?');
	const namespace = workload.metadata.namespace ?? scene.world.namespace;
	const live = (await objectsOf(scene, 'HorizontalPodAutoscaler', namespace)).find(scaler => scales(scaler, workload));
	const own = workload.metadata.name;
	if (live !== undefined)
		return lacking(
			wish,
			`${own} has the autoscaler ${live.metadata.name} already. Which of its settings should change?`,
			`${own}에는 이미 오토스케일러 ${live.metadata.name}이(가) 있습니다. 무엇을 바꿀까요?`,
		);
	const {min, max} = boundsIn(wish);
	if (max === undefined)
		return lacking(wish, `Between how many pods should ${own} be scaled?`, `${own}을(를) 몇 개에서 몇 개 사이로 조절할까요?`);
	const metrics = metricsIn(wish);
	const settings: AutoscalerWish = {
		min: min ?? Math.min(numberAt(workload, 'spec', 'replicas') ?? 1, max),
		max,
		metrics: metrics.length === 0 ? [bareShare(wish) ?? usual] : metrics,
		scaleDown: paceIn(wish, /^(?:scale-?downs?|scaledown|scaling-?down|축소|스케일다운)/),
		scaleUp: paceIn(wish, /^(?:scale-?ups?|scaleup|scaling-?up|확대|스케일업)/),
	};
	const name = nameIn(scene) ?? own;
	const there = await alreadyThere(scene, 'HorizontalPodAutoscaler', name, namespace);
	return there ?? objects(autoscalerOf({name, namespace}, {apiVersion: workload.apiVersion, kind: workload.kind, name: own}, settings));
}

const awayWord = /unavailable|\bdown\b|disrupt|evict|\baway\b|\blost\b|\bmissing\b|at a time|at once|내려|내릴|중단|빠지|죽|한 ?번에/i;
const stayWord = /at least|min|\bstay|\bkeep|\bkept|remain|surviv|running|available\b|\bup\b|alive|최소|이상|살아|유지|남/i;

function budgetIn(wish: Wish): BudgetWish | undefined {
	const {text} = wish;
	if (/\ball but one\b/i.test(text)) return {field: 'maxUnavailable', amount: 1};
	const amount =
		wish.amounts.find(({kind}) => kind === 'percent') ??
		wish.amounts.find(({kind, first}) => (kind === 'number' && !/^(?:a|an)$/.test(plainAt(wish, first))) || kind === 'share');
	if (amount === undefined) return undefined;
	const isAway = /max ?unavailable|at most|no more than|not more than|\bmax(?:imum)?\b|까지|최대|초과/i.test(text)
		? !/min ?available|at least/i.test(text)
		: awayWord.test(text) && !stayWord.test(text);
	const field = isAway ? 'maxUnavailable' : 'minAvailable';
	if (amount.kind === 'percent') return {field, amount: `${amount.value}%`};
	if (amount.kind === 'share') return {field, amount: `${Math.round(amount.value * 100)}%`};
	return amount.kind === 'number' ? {field, amount: amount.value} : undefined;
}

export async function makeBudget(scene: Scene): Promise<Made> {
	const {wish} = scene;
	const target = await subjectOf(scene, ['Deployment', 'StatefulSet']);
	if (target.kind === 'asks') return target.made;
	const workload =
		target.kind === 'one' ? target.object : scene.planned.findLast(({kind}) => kind === 'Deployment' || kind === 'StatefulSet');
	if (workload === undefined) return lacking(wish, 'Which workload should the disruption budget protect?', '어느 워크로드를 보호할까요?');
	const own = workload.metadata.name;
	const budget = budgetIn(wish);
	if (budget === undefined)
		return lacking(
			wish,
			`How many pods of ${own} have to stay up, or may be down at once?`,
			`${own}의 파드가 최소 몇 개 살아 있어야 하나요, 또는 한 번에 몇 개까지 내려가도 되나요?`,
		);
	const namespace = workload.metadata.namespace ?? scene.world.namespace;
	const live = await objectsOf(scene, 'PodDisruptionBudget', namespace);
	const free = (name: string) => !live.some(({metadata}) => metadata.name === name);
	const given = nameIn(scene);
	const name = given !== undefined && given !== own ? given : free(own) ? own : `${own}-pdb`;
	const same = live.find(
		each => JSON.stringify(valueAt(each, 'spec', 'selector', 'matchLabels')) === JSON.stringify(podLabelsOf(workload)),
	);
	if (same !== undefined)
		return lacking(
			wish,
			`${own} has the budget ${same.metadata.name} already; two budgets for one pod block every eviction. Change that one?`,
			`${own}에는 이미 버짓 ${same.metadata.name}이(가) 있습니다. 파드 하나에 버짓이 둘이면 축출이 모두 막힙니다. 그것을 바꿀까요?`,
		);
	const there = await alreadyThere(scene, 'PodDisruptionBudget', name, namespace);
	return there ?? objects(budgetOf({name, namespace}, podLabelsOf(workload), budget));
}
