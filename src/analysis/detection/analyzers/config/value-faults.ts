import {isJsonObject, type Json} from '../../../../core/json.ts';
import {listAt, objectAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podNeeds} from '../../../../core/kube/pod-needs.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {oncePerObject} from '../../../../core/once-per-object.ts';
import {shortLine} from '../../../../core/text/short-line.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {placedContainers} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange, merge} from '../../../diagnosis/patch-remedy.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {startingWorkloads} from '../standing.ts';
import {malformation, shapeLost, withoutStray} from './value-shape.ts';

/** A setting in plain words, where it stands, and what it was before where that is known. */
type Setting = {
	readonly holder: KubeObject;
	readonly place: readonly (string | number)[];
	readonly name: string;
	readonly value: string;
	/** Why it cannot be what its name says. */
	readonly bad: ReturnType<typeof malformation>;
	readonly before: string | undefined;
	readonly users: readonly KubeObject[];
};

/** As its holder alone tells it. */
type Plain = Omit<Setting, 'users'> & {readonly key: string};

/** As JSON writes it, so that signs are seen which have no shape. */
const shown = (value: string) => shortLine(JSON.stringify(value), 62);

const put = ({holder, place, name, value}: Setting, to: string, text: Remedy['text']): Remedy =>
	holder.kind === 'ConfigMap'
		? merge(holder, {data: {[name]: to}}, {side: 'settings', sure: true, text})
		: exchange(holder, [{path: place, from: value, to}], {side: 'workload', sure: true, text});

function putRight(setting: Setting): readonly Remedy[] {
	const {name, value, before} = setting;
	if (before !== undefined && withoutStray(name, before) === undefined)
		return [put(setting, before, {en: `Set ${name} back to ${shown(before)}`, ko: `${name}을(를) ${shown(before)}(으)로 되돌립니다`})];
	const clean = withoutStray(name, value);
	if (clean === undefined) return [];
	return [put(setting, clean, {en: `Set ${name} to ${shown(clean)}`, ko: `${name}을(를) ${shown(clean)}(으)로 바꿉니다`})];
}

function causesOf(setting: Setting): readonly Cause[] {
	const {holder, place, name, value, bad, before, users} = setting;
	const lost = before === undefined ? undefined : shapeLost(before, value);
	if (lost === undefined && bad === undefined) return [];
	const who = refText(refOf(holder));
	return [
		{
			id: lost === undefined ? 'value-malformed' : 'value-changed-shape',
			resource: refOf(holder),
			path: fieldPath(holder, place),
			hurts: users.map(refOf),
			cause:
				lost === undefined
					? {en: `${name} of ${who} is ${shown(value)}: ${bad?.en}`, ko: `${who}의 ${name} 값이 ${shown(value)}입니다: ${bad?.ko}`}
					: {
							en: `${name} of ${who} was ${shown(before ?? '')}, and is ${shown(value)} now: ${lost.en}`,
							ko: `${who}의 ${name} 값이 ${shown(before ?? '')}에서 ${shown(value)}(으)로 바뀌었습니다: ${lost.ko}`,
						},
			evidence: [{source: who, detail: `${fieldPath(holder, place)}: ${shown(value)}`}, ...changeEvidence(holder, place)],
			remedies: putRight(setting),
		},
	];
}

/** Variables of the newest kept revision that has other ones, by container and name. */
function formerVariables(workload: KubeObject, survey: Survey): ReadonlyMap<string, string> {
	const revision = ({metadata}: KubeObject) => Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
	const sets = survey.ownedBy(workload).filter(({kind}) => kind === 'ReplicaSet');
	const [, earlier] = sets.toSorted((a, b) => revision(b) - revision(a));
	const containers = earlier === undefined ? [] : placedContainers(earlier);
	return new Map(
		containers.flatMap(({name, container}) =>
			listAt(container, 'env').flatMap((variable): readonly (readonly [string, string])[] => {
				const value = textAt(variable, 'value');
				return value === undefined ? [] : [[`${name} ${textAt(variable, 'name')}`, value]];
			}),
		),
	);
}

const variablesOf = oncePerObject((workload: KubeObject): readonly Plain[] =>
	placedContainers(workload).flatMap(({name: own, container, place}) =>
		listAt(container, 'env').flatMap((variable, index): readonly Plain[] => {
			const [name, value] = [textAt(variable, 'name'), textAt(variable, 'value')];
			if (name === undefined || value === undefined || value.includes('$(')) return [];
			const at = {holder: workload, place: [...place, 'env', index, 'value'], key: `${own} ${name}`};
			return [{...at, name, value, bad: malformation(name, value), before: undefined}];
		}),
	),
);

const entriesOf = oncePerObject((holder: KubeObject): readonly Plain[] => {
	const applied = objectAt(lastApplied(holder), 'data');
	return Object.entries(objectAt(holder, 'data')).flatMap(([name, value]): readonly Plain[] =>
		typeof value === 'string'
			? [{holder, place: ['data', name], key: name, name, value, bad: malformation(name, value), before: textIn(applied, name)}]
			: [],
	);
});

function ownSettings(workload: KubeObject, survey: Survey): readonly Setting[] {
	const former = formerVariables(workload, survey);
	// Most say what they said, and nothing wrong.
	return variablesOf(workload).flatMap(each => {
		const before = former.get(each.key);
		return each.bad === undefined && (before ?? each.value) === each.value ? [] : [{...each, before, users: []}];
	});
}

const sharedSettings = (holder: KubeObject, users: readonly KubeObject[]): readonly Setting[] =>
	entriesOf(holder).map(each => ({...each, users}));

const textIn = (data: Json, name: string) => (isJsonObject(data) && typeof data[name] === 'string' ? data[name] : undefined);

/** Settings that no longer are what they were, or are not what their name says. Nobody reads what no workload uses. */
export const valueFaults: Analyzer = survey => {
	const workloads = startingWorkloads(survey);
	const uses = workloads.flatMap(workload =>
		podNeeds(podSpecOf(workload)).flatMap(({kind, name}) => {
			const holder = kind === 'ConfigMap' ? survey.find(kind, workload.metadata.namespace, name) : undefined;
			return holder === undefined ? [] : [{holder, workload}];
		}),
	);
	const users = Map.groupBy(uses, ({holder}) => holder);
	return [
		...workloads.flatMap(workload => ownSettings(workload, survey)),
		...[...users].flatMap(([holder, list]) => sharedSettings(holder, [...new Set(list.map(({workload}) => workload))])),
	].flatMap(causesOf);
};
