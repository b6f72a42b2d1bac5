import type {Json} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {quantityOf} from '../../../../core/kube/quantity.ts';
import {completed} from '../../../capacity/quota-size.ts';
import {caseOf} from '../../../diagnosis/case.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {placedContainers} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {changeOf, changesAt} from '../../../diagnosis/template-change.ts';
import {changeEvidence, isChangedLater} from '../../../diagnosis/to-blame.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {severityOfStart, startingWorkloads} from '../standing.ts';

const amount = (value: Json | undefined) => (typeof value === 'string' || typeof value === 'number' ? quantityOf(value) : undefined);

type Place = readonly (string | number)[];

/** What a LimitRange has against a container. */
type Breach = {
	readonly range: KubeObject;
	/** Of the bound in the LimitRange. */
	readonly bound: Place;
	readonly container: string;
	/** Of the amount in the workload, which the LimitRange may have filled in. */
	readonly own: Place;
	readonly value: Json | undefined;
	/** The amount that keeps to the bound. */
	readonly fitting: Json;
	/** A bound that lets the amount pass. */
	readonly wider: Json | undefined;
	readonly text: {readonly en: string; readonly ko: string};
};

type Placed = ReturnType<typeof placedContainers>[number];

function breachesOf(range: KubeObject, {container, name, place}: Placed, ranges: readonly KubeObject[]): readonly Breach[] {
	const own = objectAt(container, 'resources');
	const full = objectAt(listAt(completed({containers: [container]}, ranges), 'containers')[0], 'resources');
	return listAt(range, 'spec', 'limits').flatMap((item, index): readonly Breach[] => {
		if (textAt(item, 'type') !== 'Container') return [];
		const common = {range, container: name};
		const at = (field: string, thing: string): Place => ['spec', 'limits', index, field, thing];
		const over = Object.entries(objectAt(item, 'max')).flatMap(([thing, most]) =>
			['limits', 'requests'].flatMap((list): readonly Breach[] => {
				const value = objectAt(full, list)[thing];
				const [size, bound] = [amount(value), amount(most)];
				if (size === undefined || bound === undefined || size <= bound) return [];
				// A request that is its limit is told with the limit.
				if (list === 'requests' && (amount(objectAt(full, 'limits')[thing]) ?? 0) > bound) return [];
				return [
					{
						...common,
						bound: at('max', thing),
						own: [...place, 'resources', list, thing],
						value,
						fitting: most ?? '',
						wider: value,
						text: {
							en: `${list}.${thing} ${String(value)} is more than the ${String(most)} that are allowed`,
							ko: `${list}.${thing} ${String(value)}이(가) 최댓값 ${String(most)}보다 큽니다`,
						},
					},
				];
			}),
		);
		const under = Object.entries(objectAt(item, 'min')).flatMap(([thing, least]): readonly Breach[] => {
			const value = objectAt(full, 'requests')[thing];
			const [size, bound] = [amount(value), amount(least)];
			if (size === undefined || bound === undefined || size >= bound) return [];
			return [
				{
					...common,
					bound: at('min', thing),
					own: [...place, 'resources', 'requests', thing],
					value,
					fitting: least ?? '',
					wider: value,
					text: {
						en: `requests.${thing} ${String(value)} is less than the ${String(least)} that must be asked for`,
						ko: `requests.${thing} ${String(value)}이(가) 최솟값 ${String(least)}보다 작습니다`,
					},
				},
			];
		});
		const ratio = Object.entries(objectAt(item, 'maxLimitRequestRatio')).flatMap(([thing, most]): readonly Breach[] => {
			const [limit, request, bound] = [amount(objectAt(full, 'limits')[thing]), amount(objectAt(full, 'requests')[thing]), amount(most)];
			if (limit === undefined || request === undefined || bound === undefined || request === 0 || limit / request <= bound) return [];
			const value = objectAt(full, 'limits')[thing];
			return [
				{
					...common,
					bound: at('maxLimitRequestRatio', thing),
					own: [...place, 'resources', 'limits', thing],
					value,
					fitting: objectAt(full, 'requests')[thing] ?? '',
					wider: String(Math.ceil(limit / request)),
					text: {
						en: `limits.${thing} is ${Math.round((limit / request) * 10) / 10} times what is asked for, and ${String(most)} times are allowed`,
						ko: `limits.${thing}이(가) 요청의 ${Math.round((limit / request) * 10) / 10}배인데 ${String(most)}배까지만 허용됩니다`,
					},
				},
			];
		});
		const crossed = Object.entries(objectAt(item, 'default')).flatMap(([thing, filled]): readonly Breach[] => {
			if (objectAt(own, 'limits')[thing] !== undefined) return [];
			const asked = objectAt(own, 'requests')[thing];
			const [size, bound] = [amount(asked), amount(filled)];
			if (size === undefined || bound === undefined || size <= bound) return [];
			return [
				{
					...common,
					bound: at('default', thing),
					own: [...place, 'resources', 'requests', thing],
					value: asked,
					fitting: filled ?? '',
					wider: asked,
					text: {
						en: `it asks for ${thing} ${String(asked)}, and is given the limit ${String(filled)}, which is less`,
						ko: `${thing} ${String(asked)}을(를) 요청하는데 그보다 작은 기본 한도 ${String(filled)}이(가) 주어집니다`,
					},
				},
			];
		});
		return [...over, ...under, ...ratio, ...crossed];
	});
}

const widened = ({range, bound, wider}: Breach, sure: boolean): readonly Remedy[] =>
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

function narrowed(workload: KubeObject, {own, fitting}: Breach, sure: boolean): Remedy {
	const field = fieldPath(workload, own);
	const resources = own.slice(0, -2);
	const [list, thing] = own.slice(-2).map(String);
	const from = at(workload, resources);
	const to = {...objectAt(from), [list ?? '']: {...objectAt(from, list ?? ''), [thing ?? '']: fitting}};
	const present = at(workload, own);
	return exchange(workload, present === undefined ? [{path: resources, from, to}] : [{path: own, from: present, to: fitting}], {
		side: 'workload',
		sure,
		text: {
			en: `Set ${field} of ${refText(refOf(workload))} to ${String(fitting)}`,
			ko: `${refText(refOf(workload))}의 ${field}을(를) ${String(fitting)}(으)로 바꿉니다`,
		},
	});
}

function causeOf(workload: KubeObject, breach: Breach, survey: Survey): Cause {
	const {range, bound, own, container, text} = breach;
	const given = caseOf(workload, survey.scene(workload.metadata.namespace ?? ''));
	const change = changeOf(given);
	const changed = changesAt(change, own);
	const isWorkload = changed.length > 0 || !isChangedLater(range, workload, {other: own});
	const back = changed[0];
	const former =
		back === undefined
			? undefined
			: exchange(workload, changed, {
					side: 'workload',
					sure: true,
					text: {
						en: `Set ${fieldPath(workload, own)} back to what revision ${change?.earlier.revision} had`,
						ko: `${fieldPath(workload, own)}을(를) 리비전 ${change?.earlier.revision}의 값으로 되돌립니다`,
					},
				});
	const [name, limiter] = [refText(refOf(workload)), refText(refOf(range))];
	const inWorkload = former ?? narrowed(workload, breach, false);
	return {
		id: 'limit-range-refuses',
		resource: refOf(isWorkload ? workload : range),
		path: isWorkload ? fieldPath(workload, own) : fieldPath(range, bound),
		severity: severityOfStart(workload, survey),
		hurts: [refOf(workload)],
		cause: {
			en: `${limiter} refuses the pods of ${name}: of container ${container} ${text.en}`,
			ko: `${limiter}가 ${name}의 파드를 거절합니다: 컨테이너 ${container}의 ${text.ko}`,
		},
		evidence: [
			{source: limiter, detail: `${fieldPath(range, bound)}: ${String(at(range, bound))}`},
			{source: name, detail: `${fieldPath(workload, own)}: ${String(at(workload, own) ?? 'not set')}`},
			...(isWorkload ? changeEvidence(workload, own) : changeEvidence(range)),
		],
		remedies: isWorkload ? [inWorkload, ...widened(breach, false)] : [...widened(breach, true), inWorkload],
	};
}

/** LimitRanges that refuse pods, whether or not one was made since. */
export const limitRangeFaults: Analyzer = survey =>
	survey.all('LimitRange').flatMap(range => {
		const {namespace = ''} = range.metadata;
		const ranges = survey.all('LimitRange', namespace);
		return startingWorkloads(survey, namespace)
			.filter(({kind, metadata}) => kind !== 'Pod' && metadata.ownerReferences === undefined)
			.filter(workload => Object.keys(podSpecOf(workload)).length > 0)
			.flatMap(workload =>
				placedContainers(workload).flatMap(placed => breachesOf(range, placed, ranges).map(breach => causeOf(workload, breach, survey))),
			);
	});
