import {wantedReplicas} from '../../core/consequences/rollout.ts';
import {listAt, numberAt, objectAt, textAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {podNeeds} from '../../core/kube/pod-needs.ts';
import {type Case, ofKind} from './case.ts';

/** Labels that a StatefulSet gives each of its pods alone: its template has none of them. @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-name-label */
const [nameLabel, indexLabel] = ['statefulset.kubernetes.io/pod-name', 'apps.kubernetes.io/pod-index'];

/** What people call the pod that takes what is written. */
const first = /primary|master|leader|writer|\brw\b/i;

/** The part of a selector that chooses one pod of a StatefulSet. */
export type OnePod = {
	readonly key: string;
	readonly value: string;
	/** Whether the pod is there, or will be. */
	readonly isThere: boolean;
	/** The value that was meant instead; undefined where nobody can tell. */
	readonly meant: {readonly value: string; readonly isTold: boolean} | undefined;
};

const ordinalIn = (name: string): number | undefined => {
	const [, digits] = /(?:^|-)(\d+)$/.exec(name) ?? [];
	return digits === undefined ? undefined : Number(digits);
};

/** What the workload is told: its variables, and the ConfigMaps that it takes. */
function toldOf({podSpec, scene}: Case): readonly (readonly [key: string, text: string])[] {
	const maps = new Set(podNeeds(podSpec).flatMap(({kind, name}) => (kind === 'ConfigMap' ? [name] : [])));
	return [
		...ofKind(scene, 'ConfigMap')
			.filter(({metadata}) => maps.has(metadata.name))
			.flatMap(map => Object.entries(objectAt(map, 'data'))),
		...listAt(podSpec, 'containers')
			.flatMap(container => listAt(container, 'env'))
			.map(each => [textAt(each, 'name') ?? '', textAt(each, 'value') ?? ''] as const),
	].flatMap(([key, text]) => (typeof text === 'string' ? [[key, text.trim()] as const] : []));
}

/** The one pod that a setting names under the word by which the Service differs from its workload: `primary: db-1` for `db-primary`. */
function toldPod(service: KubeObject, ordinals: readonly number[], given: Case, set: KubeObject): number | undefined {
	const own = new Set(set.metadata.name.split('-'));
	const words = service.metadata.name.split('-').filter(word => !own.has(word) && word.length > 1);
	const isMeant = (key: string) => words.some(word => key.toLowerCase().includes(word) || (first.test(word) && first.test(key)));
	const named = toldOf(given).flatMap(([key, text]) => {
		const [host = ''] = text.split(/[.:]/);
		const ordinal = host === `${set.metadata.name}-${ordinalIn(host)}` ? ordinalIn(host) : undefined;
		return ordinal !== undefined && ordinals.includes(ordinal) && isMeant(key) ? [ordinal] : [];
	});
	const [only] = named;
	return new Set(named).size === 1 ? only : undefined;
}

/** Which pod of a StatefulSet a Service selects, and which it should; undefined where it selects none by itself. */
export function onePodOf(service: KubeObject, given: Case): OnePod | undefined {
	const {workload: set} = given;
	const selector = objectAt(service, 'spec', 'selector');
	const key = [nameLabel, indexLabel].find(each => textAt(selector, each) !== undefined);
	if (key === undefined || set?.kind !== 'StatefulSet') return undefined;
	const value = textAt(selector, key) ?? '';
	const start = numberAt(set, 'spec', 'ordinals', 'start') ?? 0;
	const ordinals = Array.from({length: Math.min(wantedReplicas(set), 1000)}, (_, index) => start + index);
	const labelOf = (ordinal: number) => (key === nameLabel ? `${set.metadata.name}-${ordinal}` : String(ordinal));
	const isThere = ordinals.some(ordinal => labelOf(ordinal) === value);
	const [asked, named] = [ordinalIn(value), ordinalIn(service.metadata.name)];
	const told = [named, toldPod(service, ordinals, given, set), named === undefined ? asked : undefined].find(
		ordinal => ordinal !== undefined && ordinals.includes(ordinal),
	);
	// A Service for each pod that is named after one which the set does not have any more is left over: another pod is no stand-in.
	const guess = named === undefined && first.test(service.metadata.name) ? ordinals[0] : undefined;
	const ordinal = told ?? guess;
	return {
		key,
		value,
		isThere,
		meant: isThere || ordinal === undefined ? undefined : {value: labelOf(ordinal), isTold: told !== undefined},
	};
}
