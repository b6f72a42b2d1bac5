import type {Json} from '../../../../core/json.ts';
import {listAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {nearestNames} from '../../../../core/text/nearest-names.ts';
import {shortLine} from '../../../../core/text/short-line.ts';
import {groupsOf, knownResources, ownGroups, resourceCalled} from '../../../access/resource-groups.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import type {FaultId} from '../../../diagnosis/classes/fault-classes.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';
import type {Access} from './denied.ts';

const verbs = [
	...['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'],
	...['use', 'bind', 'escalate', 'impersonate', 'approve', 'sign', 'attest'],
];

const words = (list: readonly Json[]) => list.map(String);

/** One word in a rule that makes it allow less than it says. */
type Wrong = {readonly id: FaultId; readonly field: string; readonly to: readonly string[]; readonly en: string; readonly ko: string};

const isAllOwn = (groups: readonly string[]) => groups.length > 0 && groups.every(group => ownGroups.has(group));

function groupWrong(rule: Json, role: KubeObject): readonly Wrong[] {
	const groups = words(listAt(rule, 'apiGroups'));
	if (!isAllOwn(groups)) return [];
	const others = listAt(role, 'rules').filter(each => each !== rule);
	return words(listAt(rule, 'resources')).flatMap((resource): readonly Wrong[] => {
		const right = groupsOf(resource);
		const [first] = right;
		if (first === undefined || right.some(group => groups.includes(group))) return [];
		// Rules for an older group often stand beside the one for today's.
		const isGivenElsewhere = others.some(
			each =>
				listAt(each, 'apiGroups').some(group => right.includes(String(group))) &&
				listAt(each, 'resources').some(one => one === resource || one === '*'),
		);
		if (isGivenElsewhere) return [];
		return [
			{
				id: 'rule-group-wrong',
				field: 'apiGroups',
				to: [...groups, first],
				en: `${resource} are in API group "${first}", and the rule names "${groups.join(', ')}"`,
				ko: `${resource}는 API 그룹 "${first}"에 있는데 규칙에는 "${groups.join(', ')}"만 있습니다`,
			},
		];
	});
}

function resourceWrong(rule: Json): readonly Wrong[] {
	const [groups, resources] = [words(listAt(rule, 'apiGroups')), words(listAt(rule, 'resources'))];
	if (!isAllOwn(groups)) return [];
	return resources.flatMap((resource): readonly Wrong[] => {
		const [name = '', part] = resource.split('/');
		if (name === '*' || knownResources.includes(name)) return [];
		const near = resourceCalled(name) ?? nearestNames(name, knownResources)[0];
		if (near === undefined || resources.includes(near) || !groupsOf(near).some(group => groups.includes(group))) return [];
		const meant = part === undefined ? near : `${near}/${part}`;
		return [
			{
				id: 'rule-resource-unknown',
				field: 'resources',
				to: resources.map(each => (each === resource ? meant : each)),
				en: `there is no resource ${resource} in these API groups, and there is ${meant}`,
				ko: `이 API 그룹에는 ${resource}가 없고 ${meant}가 있습니다`,
			},
		];
	});
}

function verbWrong(rule: Json): readonly Wrong[] {
	const own = words(listAt(rule, 'verbs'));
	return own.flatMap((verb): readonly Wrong[] => {
		if (verb === '*' || verbs.includes(verb)) return [];
		const near = nearestNames(verb, verbs);
		const [meant] = near;
		if (near.length !== 1 || meant === undefined || own.includes(meant)) return [];
		return [
			{
				id: 'rule-verb-unknown',
				field: 'verbs',
				to: own.map(each => (each === verb ? meant : each)),
				en: `nobody asks with the verb ${verb}, and ${meant} is one`,
				ko: `${verb}라는 동사는 없고 ${meant}가 있습니다`,
			},
		];
	});
}

/** Rules that allow less than they say. Who is refused for it is told with what it does; here is told what would be. */
export function ruleFaults(access: Access, survey: Survey): readonly Cause[] {
	return ['Role', 'ClusterRole']
		.flatMap(kind => survey.all(kind))
		.filter(({metadata}) => metadata.labels?.['kubernetes.io/bootstrapping'] === undefined && !metadata.name.startsWith('system:'))
		.flatMap(role =>
			listAt(role, 'rules').flatMap((rule, index) =>
				[...groupWrong(rule, role), ...resourceWrong(rule), ...verbWrong(rule)].map(({id, field, to, en, ko}): Cause => {
					const hurt = access.usersOf(role);
					const who = refText(refOf(role));
					return {
						id,
						resource: refOf(role),
						path: `rules[${index}].${field}`,
						severity: hurt.length > 0 ? 'medium' : 'low',
						hurts: hurt.map(refOf),
						cause: {en: `A rule of ${who} gives nothing: ${en}`, ko: `${who}의 규칙이 아무 권한도 주지 않습니다: ${ko}`},
						evidence: [{source: who, detail: `rule ${index}: ${shortLine(JSON.stringify(rule), 200)}`}, ...changeEvidence(role)],
						remedies: [
							exchange(role, [{path: ['rules', index, field], from: listAt(rule, field), to}], {
								side: 'role',
								sure: true,
								text: {
									en: `Let rule ${index} of ${who} name ${to.join(', ')}`,
									ko: `${who}의 규칙 ${index}이(가) ${to.join(', ')}을(를) 가리키게 합니다`,
								},
							}),
						],
					};
				}),
			),
		);
}
