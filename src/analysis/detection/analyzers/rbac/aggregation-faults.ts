import {listAt, objectAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {changeEvidence, isChangedSinceMade} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';
import type {Access} from './denied.ts';
import {isSlip} from './is-slip.ts';

/** One label by which a ClusterRole gathers others. */
type Gathering = {readonly role: KubeObject; readonly index: number; readonly key: string; readonly value: string};

const gatheringIn = (roles: readonly KubeObject[]): readonly Gathering[] =>
	roles.flatMap(role =>
		listAt(role, 'aggregationRule', 'clusterRoleSelectors').flatMap((selector, index) =>
			Object.entries(objectAt(selector, 'matchLabels')).map(([key, value]) => ({role, index, key, value: String(value)})),
		),
	);

const labelPlace = (key: string) => ['metadata', 'labels', key] as const;

function roleRemedy(role: KubeObject, key: string, {key: to, value}: Gathering): Remedy {
	const who = refText(refOf(role));
	const from = textAt(role, ...labelPlace(key));
	return exchange(
		role,
		[
			...(key === to ? [] : [{path: labelPlace(key), from, to: undefined}]),
			{path: labelPlace(to), from: key === to ? from : undefined, to: value},
		],
		{
			side: 'role',
			sure: isChangedSinceMade(role),
			text: {en: `Give ${who} the label ${to}=${value}`, ko: `${who}에 ${to}=${value} 라벨을 붙입니다`},
		},
	);
}

function gatheringRemedy({role, index, key, value}: Gathering, to: string): Remedy {
	const who = refText(refOf(role));
	const path = ['aggregationRule', 'clusterRoleSelectors', index, 'matchLabels'];
	return exchange(
		role,
		[
			{path: [...path, key], from: value, to: undefined},
			{path: [...path, to], to: value},
		],
		{
			side: 'role',
			sure: isChangedSinceMade(role),
			text: {en: `Make ${who} gather roles with ${to}=${value}`, ko: `${who}가 ${to}=${value} 라벨의 역할을 모으게 합니다`},
		},
	);
}

/** A label that is nearly the one by which another ClusterRole gathers its rules: of the two the one that stands alone is wrong. */
export function aggregationFaults(access: Access, survey: Survey): readonly Cause[] {
	const roles = survey.all('ClusterRole');
	const gathering = gatheringIn(roles);
	const keys = new Set(gathering.map(({key}) => key));
	const isGathered = (labels: {readonly [key: string]: string}) =>
		gathering.some(({role, index}) => fitsSelector(listAt(role, 'aggregationRule', 'clusterRoleSelectors')[index], labels));
	const stray = roles.flatMap(role => {
		const {labels = {}} = role.metadata;
		return Object.entries(labels).flatMap(([key, value]) => {
			const meant = gathering.filter(
				each =>
					each.role !== role &&
					(each.key === key
						? each.value !== value && each.value.toLowerCase() === value.toLowerCase()
						: !keys.has(key) && each.value === value && labels[each.key] === undefined && isSlip(key, each.key)),
			);
			const [only, ...others] = meant;
			return only === undefined || others.length > 0 || isGathered(labels) ? [] : [{role, key, meant: only}];
		});
	});
	return [...Map.groupBy(stray, ({key, meant}) => `${key} ${meant.key} ${meant.role.metadata.name}`).values()].flatMap(list => {
		const [first] = list;
		if (first === undefined) return [];
		const {key, meant} = first;
		const isAlone = !roles.some(({metadata}) => metadata.labels?.[meant.key] === meant.value);
		const hurts = access.usersOf(meant.role).map(refOf);
		const gatherer = refText(refOf(meant.role));
		return (isAlone ? [first] : list).map(({role}): Cause => {
			const wrong = isAlone ? meant.role : role;
			return {
				id: 'aggregation-label-slip',
				resource: refOf(wrong),
				path: isAlone ? `aggregationRule.clusterRoleSelectors[${meant.index}]` : `metadata.labels[${key}]`,
				severity: hurts.length > 0 || isChangedSinceMade(wrong) ? 'medium' : 'low',
				hurts,
				cause: {
					en: `${refText(refOf(role))} has the label ${key}, and ${gatherer} gathers what has ${meant.key}=${meant.value}: it gets no rule of it`,
					ko: `${refText(refOf(role))}의 라벨은 ${key}인데 ${gatherer}는 ${meant.key}=${meant.value} 라벨의 규칙만 모읍니다`,
				},
				evidence: [
					{source: refText(refOf(role)), detail: `metadata.labels ${key}`},
					{source: gatherer, detail: `aggregationRule ${meant.key}=${meant.value}`},
					...changeEvidence(wrong),
				],
				remedies: [isAlone ? gatheringRemedy(meant, key) : roleRemedy(role, key, meant)],
			};
		});
	});
}
