import type {Json} from '../../../../core/json.ts';
import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {nearestNames} from '../../../../core/text/nearest-names.ts';
import {deniedOf} from '../../../diagnosis/access-causes.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {placedContainers} from '../../../diagnosis/container-place.ts';
import {changeEvidence, isChangedSinceMade} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';
import type {Access} from './denied.ts';
import {isSlip} from './is-slip.ts';
import {accountOf} from './workload-deeds.ts';

/** Kinds of what a rule may name one by one, and that are read; other names, such as those of pods, are given by controllers. */
const kinds: {readonly [resource: string]: string} = {
	configmaps: 'ConfigMap',
	secrets: 'Secret',
	services: 'Service',
	serviceaccounts: 'ServiceAccount',
	persistentvolumeclaims: 'PersistentVolumeClaim',
	deployments: 'Deployment',
	statefulsets: 'StatefulSet',
	daemonsets: 'DaemonSet',
	cronjobs: 'CronJob',
	ingresses: 'Ingress',
};

/** What names the object by which copies of a program agree on a leader. */
const namesLock = /lease|lock|leader|elect/i;

type Spoken = {readonly word: string; readonly where: string; readonly isLock: boolean};

/** Every word that a workload is told, by its variables and its flags. */
const spokenBy = (workload: KubeObject): readonly Spoken[] =>
	placedContainers(workload).flatMap(({container}) => [
		...listAt(container, 'env').flatMap((variable): readonly Spoken[] => {
			const [name = '', word = ''] = [textAt(variable, 'name'), textAt(variable, 'value')];
			return word === '' ? [] : [{word, where: name, isLock: namesLock.test(name)}];
		}),
		...[...listAt(container, 'command'), ...listAt(container, 'args')].flatMap((each): readonly Spoken[] => {
			const [, flag = '', word = ''] = /^(--?[\w-]+)=(\S+)$/.exec(String(each)) ?? [];
			return word === '' ? [] : [{word, where: flag, isLock: namesLock.test(flag)}];
		}),
	]);

/** `settings-v1` and `settings-v2` are two on purpose. */
const isOtherVersion = (one: string, other: string) => one.replace(/\d+/g, '') === other.replace(/\d+/g, '');

const only = (names: readonly string[]) => (names.length === 1 ? names[0] : undefined);

type Meant = {readonly to: string; readonly source: string; readonly detail: string};

/** The name that a rule most likely means instead of one that nothing has. */
function meantFor(name: string, rule: Json, role: KubeObject, users: readonly KubeObject[], survey: Survey): Meant | undefined {
	const namespace = role.metadata.namespace;
	const listed = listAt(rule, 'resourceNames').map(String);
	const resources = listAt(rule, 'resources').map(each => String(each).split('/')[0] ?? '');
	const told = users.flatMap(workload => spokenBy(workload).map(spoken => ({...spoken, workload})));
	if (told.some(({word}) => word === name) || namespace === undefined) return undefined;
	const isLock = resources.some(each => ['leases', 'configmaps', 'endpoints'].includes(each));
	const spoken = told.filter(each => isLock && each.isLock && !listed.includes(each.word));
	const words = spoken.map(({word}) => word);
	const own = only(nearestNames(name, words).filter(each => !isOtherVersion(each, name)));
	const said = spoken.find(({word}) => word === own);
	const held = resources.flatMap(each => kinds[each] ?? []);
	if (held.some(kind => !survey.isRead(kind, namespace) || survey.find(kind, namespace, name) !== undefined)) return undefined;
	if (said !== undefined) return {to: said.word, source: refText(refOf(said.workload)), detail: `${said.where} ${said.word}`};
	// Of what is read nowhere nobody can say that it is not there.
	if (held.length === 0 || held.length !== resources.length) return undefined;
	const there = held.flatMap(kind => survey.all(kind, namespace)).filter(({metadata}) => !listed.includes(metadata.name));
	const near = there.filter(({metadata}) => isSlip(name, metadata.name));
	const found = near.length === 1 ? near[0] : undefined;
	return found === undefined ? undefined : {to: found.metadata.name, source: refText(refOf(found)), detail: 'is there'};
}

/** Whether another rule allows what is used already. */
function isAllowed(name: string, rule: Json, users: readonly KubeObject[], {grants}: Access): boolean {
	const [group, resource, verb] = ['apiGroups', 'resources', 'verbs'].map(field => String(listAt(rule, field)[0] ?? ''));
	const action = {group: group ?? '', resource: resource ?? '', verb: verb ?? '', name};
	return (
		users.length > 0 &&
		users.every(workload => {
			const {namespace} = workload.metadata;
			return deniedOf({kind: 'ServiceAccount', name: accountOf(workload), namespace}, [action], namespace, grants).length === 0;
		})
	);
}

/** Rules of a Role that name an object which is not there, where one that is or that is asked for is called nearly so. */
export function ruleNames(access: Access, survey: Survey): readonly Cause[] {
	return survey.all('Role').flatMap(role => {
		const hurt = access.usersOf(role);
		return listAt(role, 'rules').flatMap((rule, index) => {
			const names = listAt(rule, 'resourceNames').map(String);
			return names.flatMap((name): readonly Cause[] => {
				const meant = meantFor(name, rule, role, hurt, survey);
				if (meant === undefined || isAllowed(meant.to, rule, hurt, access)) return [];
				const who = refText(refOf(role));
				return [
					{
						id: 'rule-name-not-there',
						resource: refOf(role),
						path: `rules[${index}].resourceNames`,
						severity: hurt.length > 0 ? 'medium' : 'low',
						hurts: hurt.map(refOf),
						cause: {
							en: `A rule of ${who} allows ${listAt(rule, 'resources').join(', ')} ${name}, which is not there: ${meant.to} is what is used`,
							ko: `${who}의 규칙이 없는 ${listAt(rule, 'resources').join(', ')} ${name}만 허용합니다: 쓰이는 이름은 ${meant.to}입니다`,
						},
						evidence: [
							{source: who, detail: `rules[${index}].resourceNames ${names.join(', ')}`},
							{source: meant.source, detail: meant.detail},
							...changeEvidence(role),
						],
						remedies: [
							exchange(
								role,
								[{path: ['rules', index, 'resourceNames'], from: names, to: names.map(each => (each === name ? meant.to : each))}],
								{
									side: 'role',
									sure: isChangedSinceMade(role),
									text: {
										en: `Let rule ${index} of ${who} name ${meant.to}`,
										ko: `${who}의 규칙 ${index}이(가) ${meant.to}을(를) 가리키게 합니다`,
									},
								},
							),
						],
					},
				];
			});
		});
	});
}
