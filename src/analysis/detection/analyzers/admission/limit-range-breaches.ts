import type {Json} from '../../../../core/json.ts';
import {listAt, objectAt, textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {quantityOf} from '../../../../core/kube/quantity.ts';
import {completed} from '../../../capacity/quota-size.ts';
import type {placedContainers} from '../../../diagnosis/container-place.ts';

export const amount = (value: Json | undefined) => (typeof value === 'string' || typeof value === 'number' ? quantityOf(value) : undefined);

/** A field of an object, step by step. */
export type Place = readonly (string | number)[];

/** What a LimitRange has against a container. */
export type Breach = {
	readonly range: KubeObject;
	/** Of the bound in the LimitRange. */
	readonly bound: Place;
	readonly container: string;
	/** Of the amount in the workload, which the LimitRange may have filled in. */
	readonly own: Place;
	/** What the container asks for and may use, with what the LimitRange fills in. */
	readonly full: Json;
	/** The amount that keeps to the bound; undefined where none does. */
	readonly fitting: Json | undefined;
	/** It is about the containers together, of which the one named is to be changed. */
	readonly isOfAll?: true;
	/** A bound that lets the amount pass. */
	readonly wider: Json | undefined;
	/** Which amounts of the thing the pods must share with the template, for one that runs to show that this was let in once. */
	readonly shared: readonly ('limits' | 'requests')[];
	readonly text: {readonly en: string; readonly ko: string};
};

type Placed = ReturnType<typeof placedContainers>[number];

/** What a LimitRange has against one container, once all of them have filled in what it leaves out. */
export function breachesOf(range: KubeObject, {container, name, place}: Placed, ranges: readonly KubeObject[]): readonly Breach[] {
	const own = objectAt(container, 'resources');
	const full = objectAt(listAt(completed({containers: [container]}, ranges), 'containers')[0], 'resources');
	return listAt(range, 'spec', 'limits').flatMap((item, index): readonly Breach[] => {
		if (textAt(item, 'type') !== 'Container') return [];
		const common = {range, container: name, full};
		const at = (field: string, thing: string): Place => ['spec', 'limits', index, field, thing];
		const over = Object.entries(objectAt(item, 'max')).flatMap(([thing, most]) =>
			(['limits', 'requests'] as const).flatMap((list): readonly Breach[] => {
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
						fitting: most ?? '',
						wider: value,
						shared: [list],
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
					fitting: least ?? '',
					wider: value,
					shared: ['requests'],
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
			return [
				{
					...common,
					bound: at('maxLimitRequestRatio', thing),
					own: [...place, 'resources', 'limits', thing],
					fitting: objectAt(full, 'requests')[thing] ?? '',
					wider: String(Math.ceil(limit / request)),
					shared: ['limits', 'requests'],
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
					fitting: filled ?? '',
					wider: asked,
					shared: ['requests'],
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
