import {quantityOf} from '../../../core/kube/quantity.ts';
import type {Clause} from '../clause.ts';
import type {Call} from '../understanding.ts';
import {type Amount, amountsIn} from '../words/amounts.ts';
import {numberOf} from '../words/number-words.ts';
import {imagesIn, isPath, pairsIn, versionsIn} from '../words/values.ts';

/** A value that a request spells out: the words at `at` to `to`. */
export type SaidValue = {
	readonly at: number;
	readonly to: number;
	readonly isIn: (planned: string) => boolean;
	/** Whether it is so now, as the objects beside it are written; the same as in a plan where it is not given. */
	readonly isSo?: (live: string) => boolean;
	/** Stands for itself whatever is before it: a name, or `by half`, which is what is reckoned with. */
	readonly isOutright?: true;
};

/** What calls have in them, as a request may spell it: a slash is `~1` in the path of a patch. */
export const plannedText = (calls: readonly Call[]): string =>
	calls
		.map(({input}) => [JSON.stringify(input), ...Object.values(input)].join('\n'))
		.join('\n')
		.replaceAll('~1', '/');

/** Words that only a field of Kubernetes is written with; the second ones begin sentences, too. */
const enumerated =
	/^(?:OnFailure|Recreate|RollingUpdate|ReadWriteOnce|ReadWriteMany|ReadOnlyMany|ReadWriteOncePod|IfNotPresent|OrderedReady)$/;
const enumeratedInside = /^(?:Never|Always|Forbid|Replace|Retain|Parallel)$/;

/** `PGHOST should be …` */
const givenValue = /^(?:should|shall|must|needs?|has|is) (?:be|to|read|say)$/;

/** The values of an order: pairs, keys in capitals, versions, images, paths, fields' own words, amounts. */
export function saidValues(clause: Clause): readonly SaidValue[] {
	const {words} = clause;
	const spelled = (at: number, ...texts: readonly string[]): SaidValue => ({
		at,
		to: at,
		isIn: text => texts.every(each => new RegExp(`(?<!\\w)${RegExp.escape(each)}(?!\\w)`).test(text)),
	});
	const isInside = (at: number) => clause.language === 'ko' || (at > 0 && !/[.!?:]/.test(words[at - 1]?.stop ?? ''));
	return [
		// `heat=high:NoSchedule` is three parts of a taint.
		...pairsIn(clause).map(({key, value, at}) => spelled(at, key, ...value.replace(/^\$\{?|\}$/g, '').split(':'))),
		...words.flatMap((word, at) => {
			const {raw, quoted} = word;
			if (quoted) return [];
			if (
				/^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(raw) ||
				(/^[A-Z]{4,}[A-Z0-9]*$/.test(raw) && givenValue.test(`${words[at + 1]?.text} ${words[at + 2]?.text}`)) ||
				enumerated.test(raw) ||
				/^SIG[A-Z]{3,}$/.test(raw) ||
				(enumeratedInside.test(raw) && isInside(at))
			)
				return [spelled(at, raw)];
			const [, host = '', path = ''] = /^[a-z][a-z0-9+]*:\/\/([^/]+)(.*)$/.exec(raw) ?? [];
			// A host alone is of a rule; a name in a URL is what something is called with.
			if (host !== '') return [spelled(at, host.includes('.') ? host : `//${host}`, path.replace(/\/+$/, ''))];
			if (/^[A-Z][A-Z0-9]{2,}$/.test(raw) && calledVariable(words, at)) return [spelled(at, raw)];
			return isPath(word) && /[a-z]/i.test(raw) ? [spelled(at, raw.replace(/\/+$/, ''))] : [];
		}),
		...versionsIn(clause).map(({version, at}) => spelled(at, version)),
		...imagesIn(clause)
			.filter(({image}) => /:[^/]*$/.test(image) && !/^[^/]*:\d+$/.test(image))
			.map(({image, at}) => spelled(at, image)),
		// A time of day is a schedule's, where one is changed.
		...words.flatMap(({raw}, at) => clockAt(raw, at)),
		...amountsIn(clause).flatMap(amount => measured(amount, clause)),
	];
}

/** `환경변수 TARGET은`, `the variable TARGET` */
const calledVariable = (words: Clause['words'], at: number) =>
	/^(?:env|variables?|환경변수|변수)$/.test(words[at - 1]?.text ?? '') ||
	/^(?:env|variables?|환경변수|변수)$/.test(words[at + 1]?.text ?? '');

/** `web's MODE`, `cakes' LEVEL`; `web's CPU` is no variable. */
export const isOwned = ({text}: Clause, raw: string) =>
	!/^(?:CPU|RAM|HPA|PDB|PVC|TLS|SSL|URL|API|DNS|GPU|TTL|YAML|JSON|HTTP|HTTPS|TCP|UDP|IP|SLA|QOS|QPS|SSD|HDD|NFS|RBAC|PDBS|HPAS|PVCS)$/.test(
		raw,
	) && new RegExp(`\\w['’]s? ${raw}(?!\\w)`).test(text);

function clockAt(raw: string, at: number): readonly SaidValue[] {
	const [, minute] = /^\d{1,2}:(\d{2})(?:am|pm)?$/i.exec(raw) ?? [];
	const isIn = (planned: string) => !planned.includes('CronJob') || planned.includes(`${Number(minute)} `);
	return minute === undefined ? [] : [{at, to: at, isIn, isSo: () => false}];
}

/** Fields that a share or a multiple may be of. */
const reckonable = /eplicas|resources|storage|\bhard\b|vailable|Utilization|completions|parallelism|Seconds|\bdata\b|values|schedule/;

const units: readonly (readonly [suffix: string, seconds: number])[] = [
	['ms', 1 / 1000],
	['s', 1],
	['m', 60],
	['h', 3600],
	['d', 86_400],
];

/** `30 minutes` may be written as `30m`, as `1800s`, in seconds or less, or as minutes of a schedule. */
const lasts = (text: string, seconds: number) =>
	units.some(([suffix, unit]) => new RegExp(`(?<![\\w.])${seconds / unit}(?:${suffix})?(?![\\w.])`).test(text));

/** `kept for a day` */
const isKept = (words: Clause['words'], at: number) =>
	words[at - 1]?.text === 'for' && [2, 3].some(back => /^(?:kept|keep|stay|leave|left|alive|around)$/.test(words[at - back]?.raw ?? ''));

/** `every 30 minutes` */
const isInterval = (words: Clause['words'], at: number) =>
	!/^(?:than|for|within|after|deadline|timeout|limit|of)$/.test(words[at - 1]?.text ?? '');

/** A time that is no interval does not stand in the schedule. */
const besideSchedule = (planned: string) => planned.replaceAll(/schedule: "[^"\n]*"/g, '');

const standsAlone = (value: number | string) => new RegExp(`(?<![\\w.])${value}(?![\\w.]*\\d)`);

function measured(amount: Amount, {words}: Clause): readonly SaidValue[] {
	const place = {at: amount.first, to: amount.last};
	const isWritten = /^\d/.test(words[amount.first]?.raw ?? '');
	// `two hundred`
	if (!isWritten && [amount.first - 1, amount.last + 1].some(beside => numberOf(words[beside]?.text ?? '') !== undefined)) return [];
	if (amount.kind === 'quantity') return [{...place, isIn: text => holds(text, quantityOf(amount.quantity))}];
	if (amount.kind === 'duration')
		return isWritten || isKept(words, amount.first)
			? [
					{
						...place,
						isIn: planned => lasts(isInterval(words, amount.first) ? planned : besideSchedule(planned), amount.seconds),
						isSo: live => live.includes(`Seconds":${amount.seconds}`),
					},
				]
			: [];
	// `memory up by half`: something that is counted or measured has to change.
	if (amount.kind === 'share' || amount.kind === 'factor') {
		const isIn = (planned: string) => reckonable.test(planned) || planned.includes(String(amount.value));
		return [{...place, isIn, isSo: () => false, isOutright: true}];
	}
	if (amount.kind !== 'number') return [];
	// `no two at once`, `두 개 이상 빠지지 않게`: one fewer is what may be.
	const isTooMany = /^(?:no|never)$/.test(words[amount.first - 1]?.text ?? '') || /^이상/.test(words[amount.last + 1]?.raw ?? '');
	const isIn = (text: string) =>
		standsAlone(amount.value).test(text) || (isTooMany && text.includes('maxUnavailable') && standsAlone(amount.value - 1).test(text));
	// Thresholds and delays, which the server fills in, hold any small number.
	const [before = '', behind = ''] = [words[amount.first - 1]?.text, words[amount.last + 1]?.text];
	// Replicas that are said are so where there are as many, and not where a delay is as long.
	const isOfReplicas = isReplicas(before, behind) || saysReplicas.test(before) || !words.some(({text}) => otherCounts.test(text));
	const fields = isOfReplicas ? 'eplicas' : '(?:eplicas|[pP]ort|vailable|Seconds)';
	const isSo = (live: string) => new RegExp(`${fields}":"?${amount.value}(?!\\d)|[=":]${amount.value}(?:%|")`).test(live);
	const isCount = (text: string) => [...text.matchAll(/^kind: /gm)].length === amount.value;
	// `2 pods in staging, ping-a and ping-b`
	const counts = !isWritten || plurals.test(words[amount.last + 1]?.raw ?? '');
	const isNone = isWritten ? !/^\d+(?:개|대)?$/.test(words[amount.first]?.raw ?? '') : countsSpoken(words, amount);
	return isNone ? [] : [{...place, isIn: text => isIn(text) || (counts && isCount(text)), isSo}];
}

/** A number in words that is none of the plan: `the two`, `one of them`, `all three`, `one in four`, and `열 수 있게`, which is a verb. */
function countsSpoken(words: Clause['words'], {first, last, ...amount}: Extract<Amount, {kind: 'number'}>): boolean {
	const [before = '', behind = ''] = [words[first - 1]?.text, words[last + 1]?.text];
	// `파드는 두 개로`
	const isTo = /(?:개|대)로$/.test(words[last]?.raw ?? '') && saysReplicas.test(before);
	// `web down to zero and mail restarted`
	if (amount.value === 0 && before === 'to') return false;
	if ((amount.value < 3 && !isReplicas(before, behind) && !isTo) || /^(?:all|the|those|these|other|last|first)$/.test(before)) return true;
	// `three settings`
	if (/^[a-z]+s$/.test(behind) && !plurals.test(behind) && !replicas.test(behind)) return true;
	if (/^(?:in|of)$/.test(before) && words.slice(Math.max(0, first - 4), first - 1).some(({text}) => text === 'one')) return true;
	if (!/[가-힣]/.test(words[first]?.raw ?? '')) return false;
	// `키 세 개` counts what is spoken of, `세 개로` is what it is to be.
	return !isTo && !/(?:개|대)로$/.test(words[last]?.raw ?? '') && !/^(?:레플리카|파드|복제본|인스턴스)/.test(before);
}

const plurals = /^(?:pods|deployments|statefulsets|jobs|services|namespaces|configmaps|secrets|claims|pvcs)$/;

/** What else is counted: without a word of these a number is one of pods. */
const otherCounts =
	/port|tcp|udp|second|time|delay|period|interval|thresh|grace|probe|liveness|readiness|startup|health|check|poll|avail|budget|pdb|min|max|fail|deadline|every|within|after|service|svc|listen|polic|ingress|target|^(?:hpa|autoscaler|s|m|h)$|포트|초|분|프로브|주기|간격|지연|시간|예산|최소|최대|서비스|정책|실패/;

const saysReplicas = /^(?:레플리카|파드|포드|복제본|인스턴스|replicas?$)/;

/** `two replicas and image 1.2`; `take one pod off` is reckoned. */
const replicas = /^(?:replicas?|pods?|instances?|copies)$/;
const isReplicas = (before: string, behind: string) =>
	replicas.test(behind) && !/^(?:take|remove|drop|pull|lose|loses|shed|knock|shave|kill|stop|retire|put|spare|only|just|at)$/.test(before);

const holds = (text: string, amount: number | undefined) =>
	[...text.matchAll(/(?<![\w.-])\d+(?:\.\d+)?(?:[kKMGTP]i?|m)?(?=B?(?![\w.]))/g)].some(([each]) => quantityOf(each) === amount);

/** `by 10Gi`, `add 10Gi`, `10Gi 더`: what is reckoned with stands in no plan. */
export const isReckoned = ({words, text}: Clause, at: number): boolean =>
	/^(?:by|add|adding|revision|rev|리비전|another|extra|additional|from|plus|than|not|instead)$/.test(words[at - 1]?.text ?? '') ||
	(words[at - 1]?.text === 'of' && words[at - 2]?.text === 'instead') ||
	(/^(?:늘리|줄이)$/.test(words[at + 1]?.text ?? '') && !text.includes(`${words[at]?.raw}로`)) ||
	[1, 2].some(ahead => /^(?:more|less|fewer|extra|top|더|추가|추가하|씩|대신|말고)$/.test(words[at + ahead]?.text ?? ''));
