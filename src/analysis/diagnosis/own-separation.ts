import type {Json} from '../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {fitsSelector} from '../../core/kube/selector.ts';
import type {Case} from './case.ts';
import type {Remedy} from './cause.ts';
import {placedContainers, podSpecPlace} from './container-place.ts';
import {exchange} from './patch-remedy.ts';

type Place = readonly (string | number)[];
/** One rule about other pods, and where it stands. */
type Term = {readonly term: Json; readonly place: Place};

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

/** Required rules about other pods, each where it stands. */
export const termsOf = (workload: KubeObject, podSpec: Json, which: 'podAntiAffinity' | 'podAffinity'): readonly Term[] =>
	listAt(podSpec, 'affinity', which, required).map((term, index) => ({
		term,
		place: [...podSpecPlace(workload), 'affinity', which, required, index],
	}));

/** How many places there are of a kind: nodes, zones. */
export const domains = (nodes: readonly KubeObject[], key: string) =>
	new Set(nodes.flatMap(({metadata}) => metadata.labels?.[key] ?? [])).size;

/** A rule of a workload that lets only so many of its own pods start, and what would soften it. */
type Separation = {readonly place: Place; readonly places: number; readonly what: string; readonly softer: readonly Remedy[]};

/** Spreading counts places where nothing may start, such as a zone whose only node is closed: the others may hold no more than the skew beyond none. */
function spreadLimits(
	workload: KubeObject,
	{podSpec, labels}: Pick<Case, 'podSpec' | 'labels'>,
	open: readonly KubeObject[],
	chosen: readonly KubeObject[],
): readonly Separation[] {
	return listAt(podSpec, 'topologySpreadConstraints').flatMap((term, index): readonly Separation[] => {
		if (textAt(term, 'whenUnsatisfiable') === 'ScheduleAnyway' || !fitsSelector(valueAt(term, 'labelSelector'), labels)) return [];
		const key = textAt(term, 'topologyKey') ?? '';
		const usable = domains(open, key);
		const counted = textAt(term, 'nodeTaintsPolicy') === 'Honor' ? usable : domains(chosen, key);
		const least = numberAt(term, 'minDomains') ?? 1;
		if (usable === 0 || (counted <= usable && least <= counted)) return [];
		const place = [...podSpecPlace(workload), 'topologySpreadConstraints', index];
		const name = refText(refOf(workload));
		const softer = exchange(workload, [{path: [...place, 'whenUnsatisfiable'], from: 'DoNotSchedule', to: 'ScheduleAnyway'}], {
			side: 'workload',
			sure: false,
			text: {en: `Let pods of ${name} start where they cannot be spread`, ko: `${name}의 파드를 분산할 수 없어도 뜨게 합니다`},
		});
		const what =
			least > counted
				? `minDomains ${least} by ${key} with ${counted} there`
				: `spreading by ${key}, of whose ${counted} places ${usable} can be used,`;
		return [
			{
				place: [...place, least > counted ? 'minDomains' : 'whenUnsatisfiable'],
				places: usable * (numberAt(term, 'maxSkew') ?? 1),
				what,
				softer: [softer],
			},
		];
	});
}

/** The narrowest of the rules that keep a workload's own pods from each other. */
export function ownSeparation(
	workload: KubeObject,
	given: Pick<Case, 'podSpec' | 'labels'>,
	open: readonly KubeObject[],
	chosen: readonly KubeObject[] = open,
): Separation | undefined {
	const {podSpec, labels} = given;
	const apart = termsOf(workload, podSpec, 'podAntiAffinity')
		.filter(({term}) => fitsSelector(valueAt(term, 'labelSelector'), labels))
		.map((each): Separation => {
			const key = textAt(each.term, 'topologyKey') ?? '';
			return {
				place: each.place.slice(0, -1),
				places: domains(open, key),
				what: `anti-affinity by ${key}`,
				softer: [softened(workload, each)],
			};
		});
	const ports = hostPortsOf(workload).map(
		({place, number}): Separation => ({place, places: open.length, what: `hostPort ${number}`, softer: []}),
	);
	return [...apart, ...ports, ...spreadLimits(workload, given, open, chosen)].toSorted((a, b) => a.places - b.places)[0];
}

/** Ports of the node that a workload's containers take. */
export const hostPortsOf = (workload: KubeObject) =>
	placedContainers(workload).flatMap(({container, place}) =>
		listAt(container, 'ports').flatMap((port, index) => {
			const number = numberAt(port, 'hostPort');
			return number === undefined || number === 0
				? []
				: [{number, protocol: textAt(port, 'protocol') ?? 'TCP', place: [...place, 'ports', index, 'hostPort']}];
		}),
	);

/** The rule becomes a wish: pods are kept apart where there is room, and start all the same where there is none. */
function softened(workload: KubeObject, {term, place}: Term): Remedy {
	const which = place.slice(0, -2);
	const kind = listAt(workload, ...which.map(String), required);
	const wishes = listAt(workload, ...which.map(String), preferred);
	const others = kind.filter(each => each !== term);
	return exchange(
		workload,
		[
			{path: [...which, required], from: kind, to: others.length === 0 ? undefined : others},
			{path: [...which, preferred], from: wishes.length === 0 ? undefined : wishes, to: [...wishes, {weight: 100, podAffinityTerm: term}]},
		],
		{
			side: 'workload',
			sure: false,
			text: {
				en: `Let ${refText(refOf(workload))} prefer that its pods stand apart, and not require it`,
				ko: `${refText(refOf(workload))}의 파드 분산을 필수에서 선호로 바꿉니다`,
			},
		},
	);
}
