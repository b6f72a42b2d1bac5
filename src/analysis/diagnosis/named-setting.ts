import {isJsonObject, type Json} from '../../core/json.ts';
import {listAt, objectAt, textAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {type PodNeed, podNeeds} from '../../core/kube/pod-needs.ts';
import {podSpecOf, templatePath} from '../../core/kube/pod-spec.ts';
import {type Case, ofKind, type Scene} from './case.ts';
import {placedContainers} from './container-place.ts';

/** A value that pods are given under a name: by a ConfigMap, or by a variable of their own. */
export type NamedSetting = {
	readonly holder: KubeObject;
	readonly place: readonly (string | number)[];
	/** As the program knows it. */
	readonly name: string;
	readonly value: string;
};

const complaint =
	/invalid|illegal|unsupported|unknown|unrecogni[sz]ed|unexpected|not (?:a |an )?(?:valid|supported|allowed|known)|must be|should be|expected|bad value|cannot (?:parse|read|convert)|can't (?:parse|read)|could not (?:parse|read)|failed to parse|malformed|out of range/i;

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A plain word such as `host` is a name only where its value is told as well. */
const isNamedIn = (line: string, {name, value}: Pick<NamedSetting, 'name' | 'value'>) =>
	name.length > 2 &&
	new RegExp(`(?<![\\w-])${escaped(name)}(?![\\w-])`).test(line) &&
	(/[A-Z_.-]/.test(name) || (value !== '' && line.includes(value)));

/** The line in which a program complains of a setting by its name. */
export const complaintOf = (said: string, setting: Pick<NamedSetting, 'name' | 'value'>): string | undefined =>
	said.split('\n').find(line => complaint.test(line) && isNamedIn(line, setting));

/** What the program calls a key: the variable that takes it, or the key behind the prefix of those that are taken whole. */
function nameOf(key: string, {nameAt: [list = '', index, field, item]}: PodNeed, podSpec: Json): string {
	const container = listAt(podSpec, String(list))[Number(index)];
	const from = field === 'env' || field === 'envFrom' ? listAt(container, field)[Number(item)] : undefined;
	return field === 'env' ? (textAt(from, 'name') ?? key) : `${textAt(from, 'prefix') ?? ''}${key}`;
}

/** What a ConfigMap gives to a need: all of it, or one key, under the name that the program sees. */
function givenBy(need: PodNeed, holder: KubeObject, podSpec: Json): readonly NamedSetting[] {
	return Object.entries(objectAt(holder, 'data')).flatMap(([key, value]): readonly NamedSetting[] =>
		typeof value === 'string' && (need.key === undefined || need.key === key)
			? [{holder, place: ['data', key], name: nameOf(key, need, podSpec), value}]
			: [],
	);
}

/** Every setting that the pods of a workload take from ConfigMaps. */
export const sharedSettings = ({podSpec, scene}: Pick<Case, 'podSpec' | 'scene'>): readonly NamedSetting[] => {
	const maps = new Map(ofKind(scene, 'ConfigMap').map(map => [map.metadata.name, map]));
	return podNeeds(podSpec).flatMap(need => {
		const holder = need.kind === 'ConfigMap' ? maps.get(need.name) : undefined;
		return holder === undefined ? [] : givenBy(need, holder, podSpec);
	});
};

/** Variables that stand in the template itself. */
export const ownSettings = (workload: KubeObject): readonly NamedSetting[] =>
	placedContainers(workload).flatMap(({container, place}) =>
		listAt(container, 'env').flatMap((variable, index): readonly NamedSetting[] => {
			const [name, value] = [textAt(variable, 'name'), textAt(variable, 'value')];
			return name === undefined || value === undefined ? [] : [{holder: workload, place: [...place, 'env', index, 'value'], name, value}];
		}),
	);

/** What settings of the same name or key hold in the rest of a namespace. */
export function valuesElsewhere({holder, place, name}: NamedSetting, scene: Scene): readonly string[] {
	const key = String(place.at(-1));
	const maps = ofKind(scene, 'ConfigMap').filter(map => map !== holder);
	const workloads = scene.objects.filter(object => object !== holder && object.kind !== 'Pod' && templatePath(object) !== undefined);
	const isOwn = isJsonObject(podSpecOf(holder)) && templatePath(holder) !== undefined;
	const keep = (object: KubeObject) => object.kind !== 'ReplicaSet' && object.kind !== 'Job';
	return [
		...maps.flatMap(map => [name, ...(isOwn ? [] : [key])].flatMap(each => textAt(map, 'data', each) ?? [])),
		...workloads.filter(keep).flatMap(workload => ownSettings(workload).flatMap(each => (each.name === name ? [each.value] : []))),
	];
}
