import type {Json} from '../../core/json.ts';
import {isJsonObject} from '../../core/json.ts';
import {objectAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {type PodNeed, podNeeds} from '../../core/kube/pod-needs.ts';
import {templatePath} from '../../core/kube/pod-spec.ts';
import {nearestNames} from '../../core/text/nearest-names.ts';
import {type Case, isUnread, ofKind} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {exchange, merge} from './patch-remedy.ts';

const keysOf = (holder: KubeObject) => ['data', 'stringData', 'binaryData'].flatMap(field => Object.keys(objectAt(holder, field)));

const letters = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The one key or name that was most likely meant: the same but for case and punctuation, or the only near one. */
export function meantName(wanted: string, names: readonly string[]): string | undefined {
	const same = names.filter(name => letters(name) === letters(wanted));
	if (same.length === 1) return same[0];
	const near = nearestNames(wanted, names);
	return near.length === 1 ? near[0] : undefined;
}

type Place = {readonly path: readonly (string | number)[]; readonly value: string};

/** Fields of a pod spec that name an object of a kind, by the key that they stand under. */
const fields: {readonly [kind in PodNeed['kind']]: readonly (readonly [string, string])[]} = {
	ConfigMap: [
		['configMap', 'name'],
		['configMapRef', 'name'],
		['configMapKeyRef', 'name'],
	],
	Secret: [
		['secret', 'secretName'],
		['secret', 'name'],
		['secretRef', 'name'],
		['secretKeyRef', 'name'],
	],
	PersistentVolumeClaim: [['persistentVolumeClaim', 'claimName']],
	ServiceAccount: [],
};

/** Every place below a value where `holder.field` is `wanted`. */
function places(
	value: Json | undefined,
	path: Place['path'],
	fits: (holder: string, object: {readonly [key: string]: Json | undefined}) => readonly string[],
): readonly Place[] {
	if (Array.isArray(value)) return value.flatMap((item, index) => places(item, [...path, index], fits));
	if (!isJsonObject(value)) return [];
	return Object.entries(value).flatMap(([key, inner]) => {
		if (!isJsonObject(inner)) return places(inner, [...path, key], fits);
		const own = fits(key, inner).flatMap(field => {
			const found = inner[field];
			return typeof found === 'string' ? [{path: [...path, key, field], value: found}] : [];
		});
		return [...own, ...places(inner, [...path, key], fits)];
	});
}

const specPath = (workload: KubeObject) => [...(templatePath(workload) ?? []), 'spec'];

function renameRemedy(workload: KubeObject, {kind, name}: PodNeed, meant: string, podSpec: Json): Remedy {
	const found = places(podSpec, specPath(workload), (holder, object) =>
		fields[kind].filter(([under, field]) => under === holder && object[field] === name).map(([, field]) => field),
	);
	return exchange(
		workload,
		found.map(({path, value}) => ({path, from: value, to: meant})),
		{
			side: 'workload',
			sure: found.length > 0,
			text: {
				en: `Make ${refText(refOf(workload))} use ${kind} ${meant} instead of ${name}`,
				ko: `${refText(refOf(workload))}가 ${kind} ${name} 대신 ${meant}을(를) 쓰게 합니다`,
			},
		},
	);
}

function missingObject(need: PodNeed, {workload, podSpec, scene}: Case, have: readonly KubeObject[]): Cause | undefined {
	if (workload === undefined || (need.kind === 'ServiceAccount' && need.name === 'default')) return undefined;
	const meant = meantName(
		need.name,
		have.map(({metadata}) => metadata.name),
	);
	const isKnown = fields[need.kind].length > 0;
	return {
		id: 'reference-not-there',
		lacks: `${need.kind} ${scene.namespace}/${need.name}`,
		resource: refOf(workload),
		cause: {
			en: `Its pods need ${need.kind} ${need.name} (${need.how}), which is not in namespace ${scene.namespace}`,
			ko: `파드가 필요로 하는 ${need.kind} ${need.name}(${need.how})이(가) 네임스페이스 ${scene.namespace}에 없습니다`,
		},
		evidence: [{source: refText(refOf(workload)), detail: `${need.how}: ${need.kind} ${need.name}`}],
		remedies: meant === undefined || !isKnown ? [] : [renameRemedy(workload, need, meant, podSpec)],
	};
}

function keyRemedies(need: PodNeed & {readonly key: string}, holder: KubeObject, {workload, podSpec}: Case): readonly Remedy[] {
	const meant = meantName(need.key, keysOf(holder));
	if (meant === undefined || workload === undefined) return [];
	const under = need.kind === 'Secret' ? 'secretKeyRef' : 'configMapKeyRef';
	const found = places(podSpec, specPath(workload), (at, object) =>
		at === under && object.name === need.name && object.key === need.key ? ['key'] : [],
	);
	const name = refText(refOf(workload));
	const onWorkload = exchange(
		workload,
		found.map(({path, value}) => ({path, from: value, to: meant})),
		{
			side: 'workload',
			sure: true,
			text: {
				en: `Make ${name} take key ${meant} of ${need.kind} ${need.name}`,
				ko: `${name}가 ${need.kind} ${need.name}의 ${meant} 키를 쓰게 합니다`,
			},
		},
	);
	const value = objectAt(holder, 'data')[meant];
	// What a Secret holds is nobody's to copy.
	if (need.kind === 'Secret' || value === undefined) return [onWorkload];
	const onSettings = merge(
		holder,
		{data: {[need.key]: value}},
		{
			side: 'settings',
			sure: false,
			text: {
				en: `Add key ${need.key} to ConfigMap ${need.name}, with the value of ${meant}`,
				ko: `ConfigMap ${need.name}에 ${meant}의 값으로 ${need.key} 키를 더합니다`,
			},
		},
	);
	return [onWorkload, onSettings];
}

function missingKey(need: PodNeed & {readonly key: string}, holder: KubeObject, given: Case): Cause | undefined {
	const have = keysOf(holder);
	if (given.workload === undefined || have.includes(need.key)) return undefined;
	return {
		id: 'key-not-there',
		resource: refOf(given.workload),
		cause: {
			en: `${need.how} takes key ${need.key} of ${need.kind} ${need.name}, which has ${have.join(', ') || 'no keys'}: the container cannot be made`,
			ko: `${need.how}이(가) ${need.kind} ${need.name}의 ${need.key} 키를 찾는데 거기에는 ${have.join(', ') || '키가 하나도 없습니다'}${have.length === 0 ? '' : '만 있습니다'}: 컨테이너를 만들 수 없습니다`,
		},
		evidence: [
			{source: refText(refOf(given.workload)), detail: `${need.how}: key ${need.key} of ${need.kind} ${need.name}`},
			{source: refText(refOf(holder)), detail: `keys ${have.join(', ') || 'none'}`},
		],
		remedies: keyRemedies(need, holder, given),
	};
}

/** Objects and keys that the pods name and that are not there. */
export function referenceCauses(given: Case): readonly Cause[] {
	const needs = podNeeds(given.podSpec).filter(({optional, kind}) => !optional && !isUnread(given.scene, kind));
	const unique = [...new Map(needs.map(need => [`${need.kind} ${need.name} ${need.key ?? ''}`, need])).values()];
	return unique.flatMap(need => {
		const have = ofKind(given.scene, need.kind);
		const holder = have.find(({metadata}) => metadata.name === need.name);
		const {key} = need;
		const found =
			holder === undefined ? missingObject(need, given, have) : key === undefined ? undefined : missingKey({...need, key}, holder, given);
		return found === undefined ? [] : [found];
	});
}
