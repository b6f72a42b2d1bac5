import type {Json} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {caseOf, isReady} from '../../../diagnosis/case.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {placedContainers} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changeEvidence, isChangedLater} from '../../../diagnosis/last-write.ts';
import {type Exchange, exchange} from '../../../diagnosis/patch-remedy.ts';
import {changeOf, changesAt, type TemplateChange} from '../../../diagnosis/template-change.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {severityOfStart, startingWorkloads} from '../standing.ts';
import {claimLimitFaults} from './claim-limit-faults.ts';
import {amount, type Breach, breachesOf, type Place} from './limit-range-breaches.ts';
import {podBreachesOf} from './pod-limit-breaches.ts';

/** The bound that lets all pass which it refuses: that of before, if that is still known and would do. */
function widest({range, bound}: Breach, breaches: readonly Breach[]): Json | undefined {
	const isMin = bound.at(-2) === 'min';
	const amounts = breaches
		.filter(each => each.range === range && fieldPath(range, each.bound) === fieldPath(range, bound))
		.flatMap(({wider}) => (wider === undefined ? [] : [{wider, size: amount(wider) ?? 0}]))
		.toSorted((a, b) => (isMin ? a.size - b.size : b.size - a.size));
	const [needed] = amounts;
	const former = at(lastApplied(range), bound);
	const size = amount(former);
	const would = size !== undefined && needed !== undefined && (isMin ? size <= needed.size : size >= needed.size);
	return would ? former : needed?.wider;
}

const widened = ({range, bound}: Breach, wider: Json | undefined, sure: boolean): readonly Remedy[] =>
	wider === undefined
		? []
		: [
				exchange(range, [{path: bound, from: at(range, bound), to: wider}], {
					side: 'quota',
					sure,
					text: {
						en: `Set ${fieldPath(range, bound)} of ${refText(refOf(range))} to ${String(wider)}`,
						ko: `${refText(refOf(range))}의 ${fieldPath(range, bound)}을(를) ${String(wider)}(으)로 바꿉니다`,
					},
				}),
			];

function at(object: Json | undefined, path: Place): Json | undefined {
	return path.reduce<Json | undefined>((here, step) => (Array.isArray(here) ? here[Number(step)] : valueAt(here, String(step))), object);
}

/** Nothing may be asked for beyond its limit: the other side goes along where it would be. */
function crossedBy(workload: KubeObject, own: Place, next: Json): readonly Exchange[] {
	const [list, thing = ''] = own.slice(-2).map(String);
	const path = [...own.slice(0, -2), list === 'limits' ? 'requests' : 'limits', thing];
	const beside = at(workload, path);
	const [size, limit] = [amount(beside), amount(next)];
	const isCrossed = size !== undefined && limit !== undefined && (list === 'limits' ? size > limit : size < limit);
	return isCrossed ? [{path, from: beside, to: next}] : [];
}

/** Fields back to what they were, and with each the other side that would cross it, back as well where it changed too. */
function withCrossed(workload: KubeObject, changed: readonly Exchange[], change: TemplateChange | undefined): readonly Exchange[] {
	const isIn = (list: readonly Exchange[], {path}: Exchange) => list.some(each => each.path.join() === path.join());
	const also = changed.flatMap(({path, to}) => (to === undefined ? [] : crossedBy(workload, path, to)));
	const back = also.map(each => changesAt(change, each.path).find(({path}) => path.join() === each.path.join()) ?? each);
	return [...back.filter(each => !isIn(changed, each)), ...changed];
}

function narrowed(workload: KubeObject, {own, fitting}: Breach, sure: boolean): readonly Remedy[] {
	if (fitting === undefined) return [];
	const field = fieldPath(workload, own);
	const resources = own.slice(0, -2);
	const [list, thing] = own.slice(-2).map(String);
	const from = at(workload, resources);
	const to = {...objectAt(from), [list ?? '']: {...objectAt(from, list ?? ''), [thing ?? '']: fitting}};
	const present = at(workload, own);
	const set = {path: own, from: present, to: fitting};
	return [
		exchange(workload, present === undefined ? [{path: resources, from, to}] : [...crossedBy(workload, own, fitting), set], {
			side: 'workload',
			sure,
			text: {
				en: `Set ${field} of ${refText(refOf(workload))} to ${String(fitting)}`,
				ko: `${refText(refOf(workload))}의 ${field}을(를) ${String(fitting)}(으)로 바꿉니다`,
			},
		}),
	];
}

/** Whether a pod runs that asks for just what is refused now: it was let in, so that the bound came after it. */
const wasLetIn = ({container, own, shared, full}: Breach, pods: readonly KubeObject[]) =>
	pods.filter(isReady).some(pod => {
		const running = listAt(podSpecOf(pod), 'containers').find(each => textAt(each, 'name') === container);
		const thing = String(own.at(-1));
		return (
			running !== undefined &&
			shared.every(list => amount(objectAt(running, 'resources', list)[thing]) === amount(objectAt(full, list)[thing]))
		);
	});

function causeOf(workload: KubeObject, breach: Breach, breaches: readonly Breach[], survey: Survey): Cause {
	const {range, bound, own, container, text, isOfAll = false} = breach;
	const given = caseOf(workload, survey.scene(workload.metadata.namespace ?? ''));
	const change = changeOf(given);
	const changed = changesAt(change, own);
	const isWorkload = changed.length > 0 || !(wasLetIn(breach, given.pods) || isChangedLater(range, workload, {other: own}));
	const back = changed[0];
	const former =
		back === undefined
			? undefined
			: exchange(workload, withCrossed(workload, changed, change), {
					side: 'workload',
					sure: true,
					text: {
						en: `Set ${fieldPath(workload, own)} back to what revision ${change?.earlier.revision} had`,
						ko: `${fieldPath(workload, own)}을(를) 리비전 ${change?.earlier.revision}의 값으로 되돌립니다`,
					},
				});
	const [name, limiter] = [refText(refOf(workload)), refText(refOf(range))];
	const inWorkload = former === undefined ? narrowed(workload, breach, false) : [former];
	return {
		id: 'limit-range-refuses',
		resource: refOf(isWorkload ? workload : range),
		path: isWorkload ? fieldPath(workload, own) : fieldPath(range, bound),
		severity: severityOfStart(workload, survey),
		hurts: [refOf(workload)],
		cause: {
			en: `${limiter} refuses the pods of ${name}: ${isOfAll ? '' : `of container ${container} `}${text.en}`,
			ko: `${limiter}가 ${name}의 파드를 거절합니다: ${isOfAll ? '' : `컨테이너 ${container}의 `}${text.ko}`,
		},
		evidence: [
			{source: limiter, detail: `${fieldPath(range, bound)}: ${String(at(range, bound))}`},
			{source: name, detail: `${fieldPath(workload, own)}: ${String(at(workload, own) ?? 'not set')}`},
			...(isWorkload ? changeEvidence(workload, own) : changeEvidence(range)),
		],
		remedies: isWorkload
			? [...inWorkload, ...widened(breach, breach.wider, false)]
			: [...widened(breach, widest(breach, breaches), false), ...inWorkload],
	};
}

/** Whether the last release of a workload changed a place. */
const isChangedIn = (workload: KubeObject, survey: Survey) => (own: Place) =>
	changesAt(changeOf(caseOf(workload, survey.scene(workload.metadata.namespace ?? ''))), own).length > 0;

/** LimitRanges that refuse pods, whether or not one was made since. */
export const limitRangeFaults: Analyzer = survey =>
	survey.all('LimitRange').flatMap(range => [...podFaults(range, survey), ...claimLimitFaults(range, survey)]);

function podFaults(range: KubeObject, survey: Survey): readonly Cause[] {
	const {namespace = ''} = range.metadata;
	const ranges = survey.all('LimitRange', namespace);
	const refused = startingWorkloads(survey, namespace)
		.filter(({kind, metadata}) => kind !== 'Pod' && metadata.ownerReferences === undefined)
		.filter(workload => Object.keys(podSpecOf(workload)).length > 0)
		.flatMap(workload =>
			[
				...placedContainers(workload).flatMap(placed => breachesOf(range, placed, ranges)),
				...podBreachesOf(range, placedContainers(workload), ranges, isChangedIn(workload, survey)),
			].map(breach => ({workload, breach})),
		);
	const breaches = refused.map(({breach}) => breach);
	return refused.map(({workload, breach}) => causeOf(workload, breach, breaches, survey));
}
