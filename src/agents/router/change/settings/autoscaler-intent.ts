import {isJsonObject, type Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Intent, Understanding} from '../../understanding.ts';
import {spoken} from '../../words/spoken.ts';
import {type Asking, allOf, type Question, question} from '../asking.ts';
import {changeAt} from '../change-at.ts';
import {type Edit, plannedEdit} from '../edit-targets.ts';
import {plainText} from '../plain-text.ts';
import {isQuestion, scalableKinds, targetsIn} from '../targets.ts';

const kind = 'HorizontalPodAutoscaler';
const scaling =
	/\b(?:max|min)(?:imum)?[ -]?(?:number of )?(?:replicas|pods)\b|최[대소] ?(?:레플리카|파드|복제본)|auto-?scal|\bhpa\b|오토 ?스케일|자동 ?(?:확장|스케일)/;

/** What becomes of an autoscaler. Percent of the requests. */
type Bounds = {readonly min?: number | undefined; readonly max?: number | undefined; readonly percent?: number | undefined};

const number = String.raw`(?<![\w.:/-])(\d+)(?![\w.:/-]*[a-z0-9]|%| ?percent| ?퍼센트)`;
const count = String.raw`(?<![\w.:/-])(\d+)(?=개|대|로|까지|부터|[ ,.;]|$)`;
const most = [
	new RegExp(
		`\\b(?:up to|max(?:imum|replicas)?|at most|(?:no|never|not) (?:more than|above|over)|(?:never|not) (?:go |grow )?(?:above|over|beyond)|exceed(?:s|ing)?|upper (?:limit|bound)|ceiling|cap(?:ped)?)\\b[^,;]*?${number}`,
	),
	new RegExp(
		`\\b(?:may|can|could|let it|allow it to) (?:go|grow|scale|climb|rise|expand|stretch)(?: up| out)?(?: as far as)? to ${number}`,
	),
	new RegExp(`${number}(?: (?:pods?|replicas?))? (?:at (?:the )?most|max(?:imum)?|tops)\\b`),
	new RegExp(`(?:최대|상한|최댓값|맥스)[^,;]*?${count}`),
	new RegExp(`${count}(?:개|대)?까지`),
];
const least = [
	new RegExp(
		`\\b(?:down to|min(?:imum|replicas)?|at least|(?:no|never|not) (?:fewer|less|below|under)(?: than)?|(?:never|not) (?:go |drop |fall )?(?:below|under)|lower (?:limit|bound)|floor)\\b[^,;]*?${number}`,
	),
	new RegExp(`${number}(?: (?:pods?|replicas?))? (?:at (?:the )?least|min(?:imum)?)\\b`),
	new RegExp(`(?:최소|하한|최솟값)[^,;]*?${count}`),
	new RegExp(`${count}(?:개|대)?부터`),
];
const range = /(?<![\w.:/-])(\d+)(?:개|대)? ?(?:to|-|–|~|and|에서|through|until) ?(\d+)(?![\w.:/-]*[a-z0-9]|%)/;

const firstOf = (patterns: readonly RegExp[], text: string): number | undefined => {
	const found = patterns.map(pattern => pattern.exec(text)?.[1]).find(value => value !== undefined);
	return found === undefined ? undefined : Number(found);
};

/** What it aims at: with a sign, or beside a word for it. */
const percents: readonly RegExp[] = [
	/(\d+) ?(?:%|percent|퍼센트|프로)/,
	/\b(?:target|utili[sz]ation|aim(?:s|ing)? (?:at|for))\b[^,;.\d]*(\d{1,3})\b/,
	/(?:목표|타깃|타겟|사용률|이용률)[^,;.\d]*(\d{1,3})/,
	/\b(?:cpu|memory|load)\b[^;.]*?(?<![\w.:/-])(\d{1,2})(?![\w.:/-]*[a-z0-9]|\.\d)/,
];

/** `65 -> 55`: what was is no wish. */
const withoutOld = (text: string) => text.replace(/\d+ ?%? ?(?:->|→|=>)/g, ' ').replace(/\d+ ?%?에서 (?=\d)/g, ' ');

/** @param now what it aims at now: beside another number it is no wish */
function boundsIn(said: string, now: number | undefined): Bounds {
	const text = withoutOld(said);
	const bounded = [...least, ...most].some(pattern => pattern.test(text)) || range.test(text);
	// A bare number beside the metric is a bound where one is spoken of.
	const shares = (bounded ? percents.slice(0, -1) : percents)
		.map(pattern => [...text.matchAll(new RegExp(pattern, 'g'))].map(([, value]) => Number(value)))
		.find(values => values.length > 0);
	const percent = shares?.find(share => share !== now) ?? shares?.[0];
	const [low, high] = range.exec(text)?.slice(1).map(Number) ?? [];
	const isOne = /\bfrom \d+ to\b/.test(text) && (firstOf(least, text) !== undefined || firstOf(most, text) !== undefined);
	const isRange = low !== undefined && high !== undefined && low <= high && !isOne;
	if (isRange) return {min: low, max: high, percent};
	return {min: firstOf(least, text), max: firstOf(most, text.replace(/\b(?:no|never|not) (?:fewer|less) than\b/g, ' ')), percent};
}

/** The metric of a resource's use; others stay. */
function withPercent(metrics: readonly Json[], resource: string, averageUtilization: number): readonly Json[] {
	const isIt = (metric: Json) => textAt(metric, 'resource', 'name') === resource;
	const target = {type: 'Utilization', averageUtilization};
	const mine = {type: 'Resource', resource: {name: resource, target}};
	return metrics.some(isIt)
		? metrics.map(metric => (isIt(metric) && isJsonObject(metric) ? {...metric, ...mine} : metric))
		: [...metrics, mine];
}

function edited({clause}: Asking, autoscaler: KubeObject, {min, max, percent}: Bounds): Edit | Question {
	const [low, high] = [min ?? numberAt(autoscaler, 'spec', 'minReplicas') ?? 1, max ?? numberAt(autoscaler, 'spec', 'maxReplicas') ?? 1];
	const {name} = autoscaler.metadata;
	if (low > high)
		return question(
			clause,
			`The minimum of ${name} would be ${low}, above its maximum of ${high}. What should both be?`,
			`${name}의 최소 ${low}이(가) 최대 ${high}보다 커집니다. 최소와 최대를 몇으로 할까요?`,
		);
	const resource = /mem|메모리/.test(clause.text.toLowerCase()) ? 'memory' : 'cpu';
	const set = (object: Json | undefined, field: string, value: Json | undefined) =>
		value === undefined ? object : changeAt(object, ['spec', field], () => value);
	const metrics = percent === undefined ? undefined : withPercent(listAt(autoscaler, 'spec', 'metrics'), resource, percent);
	const after = set(set(set(autoscaler, 'minReplicas', min), 'maxReplicas', max), 'metrics', metrics);
	const told = [
		min === undefined ? '' : `min ${min}`,
		max === undefined ? '' : `max ${max}`,
		percent === undefined ? '' : `${resource} ${percent}%`,
	];
	return {after, told: told.filter(Boolean).join(', ')};
}

const aimOf = (autoscaler: KubeObject) =>
	listAt(autoscaler, 'spec', 'metrics').flatMap(metric => numberAt(metric, 'resource', 'target', 'averageUtilization') ?? [])[0];

/** The autoscalers that are named, and those of the workloads that are. */
async function autoscalersIn(asking: Asking): Promise<readonly KubeObject[] | Question> {
	const named = await targetsIn(asking, [kind]);
	if (isQuestion(named) || named.length > 0) return named;
	const [workloads, all] = await Promise.all([targetsIn(asking, scalableKinds), asking.world.objects(kind)]);
	if (isQuestion(workloads)) return workloads;
	const scales = ({metadata, spec}: KubeObject, workload: KubeObject) =>
		metadata.namespace === workload.metadata.namespace &&
		textAt(spec, 'scaleTargetRef', 'name') === workload.metadata.name &&
		textAt(spec, 'scaleTargetRef', 'kind') === workload.kind;
	return all.filter(autoscaler => workloads.some(workload => scales(autoscaler, workload)));
}

/** Changes the bounds and the target of an autoscaler that exists. */
export const autoscalerIntent: Intent = {
	name: 'autoscaler',
	async understand(clause, world, talk): Promise<Understanding | undefined> {
		const text = plainText(clause);
		if (!scaling.test(text) || spoken(clause, 'create new 만들 생성')) return undefined;
		const asking = {clause, world, talk};
		const autoscalers = await autoscalersIn(asking);
		if (isQuestion(autoscalers)) return autoscalers;
		const [first] = autoscalers;
		if (first === undefined) return undefined;
		const bounds = boundsIn(text, aimOf(first));
		if (bounds.min === undefined && bounds.max === undefined && bounds.percent === undefined)
			return spoken(clause, 'set change raise lower increase decrease 바꾸 변경 올리 내리 늘리 줄이')
				? unsaid(asking, autoscalers)
				: undefined;
		return allOf(
			autoscalers.map(autoscaler => {
				const edit = edited(asking, autoscaler, bounds);
				return 'kind' in edit ? edit : plannedEdit(asking, autoscaler, edit);
			}),
		);
	},
};

function unsaid({clause}: Asking, autoscalers: readonly KubeObject[]): Question {
	const list = autoscalers
		.map(({metadata, spec}) => `${metadata.name} ${numberAt(spec, 'minReplicas') ?? 1}–${numberAt(spec, 'maxReplicas') ?? 1}`)
		.join(', ');
	return question(
		clause,
		`The minimum or the maximum, and to which number? Now: ${list}.`,
		`최소인가요 최대인가요, 그리고 몇으로 할까요? 지금: ${list}.`,
	);
}
