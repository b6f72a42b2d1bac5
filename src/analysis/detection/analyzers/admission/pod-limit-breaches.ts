import type {Json} from '../../../../core/json.ts';
import {listAt, objectAt, textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {amountText, completed} from '../../../capacity/quota-size.ts';
import type {PlacedContainer} from '../../../diagnosis/container-place.ts';
import {amount, type Breach, type Place} from './limit-range-breaches.ts';

type List = 'limits' | 'requests';

/** What one container takes of a thing once the LimitRanges have filled in what it leaves out; undefined where it names none. */
type Share = {readonly placed: PlacedContainer; readonly full: Json; readonly value: Json | undefined; readonly size: number | undefined};

const sharesOf = (placed: readonly PlacedContainer[], ranges: readonly KubeObject[], list: List, thing: string): readonly Share[] =>
	placed.map(each => {
		const full = objectAt(listAt(completed({containers: [each.container]}, ranges), 'containers')[0], 'resources');
		const value = objectAt(full, list)[thing];
		return {placed: each, full, value, size: amount(value)};
	});

/** The server counts a sum only where every container names the thing. */
const sumOf = (shares: readonly Share[]) =>
	shares.some(({size}) => size === undefined) ? undefined : shares.reduce((sum, {size = 0}) => sum + size, 0);

const placeOf = ({placed}: Share, list: List, thing: string): Place => [...placed.place, 'resources', list, thing];

/** The container to change: the one that names nothing, that the last release changed, or that takes most. */
function culpritOf(shares: readonly Share[], list: List, thing: string, isChanged: (own: Place) => boolean): Share | undefined {
	const bySize = shares.toSorted((a, b) => (b.size ?? 0) - (a.size ?? 0));
	return bySize.find(({size}) => size === undefined) ?? bySize.find(share => isChanged(placeOf(share, list, thing))) ?? bySize[0];
}

/**
 * What a LimitRange has against the containers of a pod together.
 * @param isChanged whether the last release changed a place
 * @see PodValidateLimitFunc in kubernetes plugin/pkg/admission/limitranger
 */
export function podBreachesOf(
	range: KubeObject,
	placed: readonly PlacedContainer[],
	ranges: readonly KubeObject[],
	isChanged: (own: Place) => boolean,
): readonly Breach[] {
	const running = placed.filter(({isInit}) => !isInit);
	return listAt(range, 'spec', 'limits').flatMap((item, index): readonly Breach[] => {
		if (textAt(item, 'type') !== 'Pod') return [];
		const against = (field: 'max' | 'min', list: List, thing: string, bound: Json): readonly Breach[] => {
			const shares = sharesOf(running, ranges, list, thing);
			const [sum, edge] = [sumOf(shares), amount(bound)];
			const isOver = field === 'max';
			const isKept = sum !== undefined && edge !== undefined && (isOver ? sum <= edge : sum >= edge);
			const culprit = culpritOf(shares, list, thing, isChanged);
			if (edge === undefined || culprit === undefined || isKept) return [];
			const others = shares.reduce((total, {size = 0}) => total + size, 0) - (culprit.size ?? 0);
			const fitting = edge - others;
			const total = sum === undefined ? undefined : amountText(thing, sum);
			return [
				{
					range,
					bound: ['spec', 'limits', index, field, thing],
					container: culprit.placed.name,
					own: placeOf(culprit, list, thing),
					full: culprit.full,
					// Nothing is left where the others alone are too many.
					fitting: fitting > 0 ? amountText(thing, fitting) : undefined,
					wider: total,
					shared: [list],
					isOfAll: true,
					text:
						total === undefined
							? {
									en: `container ${culprit.placed.name} has no ${list}.${thing}, and a pod must have ${isOver ? 'at most' : 'at least'} ${String(bound)} in all`,
									ko: `컨테이너 ${culprit.placed.name}에 ${list}.${thing}이(가) 없는데 파드 전체가 ${String(bound)} ${isOver ? '이하' : '이상'}이어야 합니다`,
								}
							: {
									en: `${list}.${thing} of its containers together is ${total}, and a pod must have ${isOver ? 'at most' : 'at least'} ${String(bound)}`,
									ko: `컨테이너들의 ${list}.${thing} 합이 ${total}인데 파드 전체가 ${String(bound)} ${isOver ? '이하' : '이상'}이어야 합니다`,
								},
				},
			];
		};
		const over = Object.entries(objectAt(item, 'max')).flatMap(([thing, most]) => {
			const limits = against('max', 'limits', thing, most ?? '');
			const requests = sharesOf(running, ranges, 'requests', thing);
			// Requests count where all name them; those that are their limits are told with the limits.
			return limits.length > 0 || sumOf(requests) === undefined ? limits : against('max', 'requests', thing, most ?? '');
		});
		const under = Object.entries(objectAt(item, 'min')).flatMap(([thing, least]) => against('min', 'requests', thing, least ?? ''));
		return [...over, ...under];
	});
}
