import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {grantsFor, type Holder, holderText} from '../../../access/grants.ts';
import {deniedOf} from '../../../diagnosis/access-causes.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {changeEvidence, isChangedLately, isChangedSinceMade} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';
import type {Access, Denied} from './denied.ts';
import {isMissing} from './missing-account.ts';
import {subjectRemedy} from './subject-remedy.ts';
import {accountOf, deedsOf} from './workload-deeds.ts';

/** Whether somebody who signs in as an account is known to use its rights. */
const isNeeded = ({namespace, name}: Holder, survey: Survey) =>
	survey.workloads(namespace).some(workload => {
		const {told, usual, election} = deedsOf(workload);
		return accountOf(workload) === name && told.length + usual.length + election.length > 0;
	});

type Mistaken = {readonly binding: KubeObject; readonly workload: KubeObject; readonly holder: Holder; readonly sure: boolean};

/** The only account that a binding gives its rights to; undefined where it names several, or users and groups. */
function onlyAccount(binding: KubeObject): Holder | undefined {
	const [subject, ...others] = listAt(binding, 'subjects');
	const name = textAt(subject, 'name');
	return others.length > 0 || textAt(subject, 'kind') !== 'ServiceAccount' || name === undefined
		? undefined
		: {kind: 'ServiceAccount', name, namespace: textAt(subject, 'namespace') ?? binding.metadata.namespace};
}

const isCalled = (binding: KubeObject, names: readonly string[]) =>
	[binding.metadata.name, textAt(binding, 'roleRef', 'name') ?? ''].some(name => names.includes(name));

function causeOf({binding, workload, holder, sure}: Mistaken, survey: Survey): readonly Cause[] {
	const other = onlyAccount(binding);
	const isElsewhere = other?.namespace !== holder.namespace;
	// The account of another name in another namespace is somebody else's.
	if (other === undefined || (isElsewhere && other.name !== holder.name)) return [];
	const [who, user] = [refText(refOf(binding)), refText(refOf(workload))];
	const remedy =
		!isElsewhere && survey.find('ServiceAccount', other.namespace, other.name) === undefined && !isNeeded(other, survey)
			? subjectRemedy(binding, 0, 'name', holder.name)
			: alsoTo(binding, holder);
	return [
		{
			id: 'binding-of-other-account',
			resource: refOf(binding),
			path: `subjects[${other.name}].${isElsewhere ? 'namespace' : 'name'}`,
			hurts: [refOf(workload)],
			cause: {
				en: `${who} gives its rights to ${holderText(other)}, and ${user}, which needs them, signs in as ${holderText(holder)}`,
				ko: `${who}이(가) ${holderText(other)}에 권한을 주는데, 그 권한이 필요한 ${user}는 ${holderText(holder)}을(를) 씁니다`,
			},
			evidence: [
				{source: who, detail: `subject ${holderText(other)}`},
				{source: user, detail: `signs in as ${holderText(holder)}, which has no such rights`},
				...changeEvidence(binding),
			],
			remedies: [{...remedy, sure}],
		},
	];
}

/** A binding that would allow what a workload does, and gives that to another account. */
export function otherSubject({holder, namespace, actions, workload}: Denied, {grants}: Access, survey: Survey): readonly Cause[] {
	if (namespace === undefined) return [];
	const fitting = survey.all('RoleBinding', namespace).filter(({metadata}) => {
		const grant = grants.find(({binding}) => binding.namespace === namespace && binding.name === metadata.name);
		// As if it were the holder's.
		return grant?.role.kind === 'Role' && deniedOf(holder, actions, namespace, [{...grant, holder}]).length === 0;
	});
	const names = [holder.name, workload.metadata.name];
	const [binding] = fitting.length === 1 ? fitting : fitting.filter(each => isCalled(each, names));
	if (binding === undefined) return [];
	const sure = isCalled(binding, names);
	return sure || isChangedSinceMade(binding) ? causeOf({binding, workload, holder, sure}, survey) : [];
}

/** Bindings that were pointed at another account lately, while the one that is called like them has no rights left and is signed in as. */
export function turnedAway(binding: KubeObject, access: Access, survey: Survey): readonly Cause[] {
	const {namespace} = binding.metadata;
	const other = onlyAccount(binding);
	if (other === undefined || namespace === undefined || !isChangedLately(binding, survey.nowMs)) return [];
	const isMeant = (name: string) =>
		name === other.name ? other.namespace !== namespace && !isMissing(other, survey) : isCalled(binding, [name]);
	const own = survey.all('ServiceAccount', namespace).find(({metadata: {name}}) => name !== 'default' && isMeant(name));
	const holder: Holder | undefined = own === undefined ? undefined : {kind: 'ServiceAccount', name: own.metadata.name, namespace};
	const workload = survey.workloads(namespace).find(each => accountOf(each) === holder?.name);
	if (holder === undefined || workload === undefined) return [];
	const isBare = !grantsFor(holder, access.grants).some(grant => grant.holder.kind === 'ServiceAccount');
	if (!isBare) return [];
	const causes = causeOf({binding, workload, holder, sure: false}, survey);
	// Who signs in without asking for anything misses nothing.
	return isNeeded(holder, survey) ? causes : causes.map(cause => ({...cause, severity: 'low'}));
}

/** Who has the rights needs them too. */
function alsoTo(binding: KubeObject, holder: Holder): Remedy {
	const subjects = listAt(binding, 'subjects');
	const own = {kind: 'ServiceAccount', name: holder.name, namespace: holder.namespace ?? ''};
	return exchange(binding, [{path: ['subjects'], from: [...subjects], to: [...subjects, own]}], {
		side: 'binding',
		sure: true,
		text: {
			en: `Let ${refText(refOf(binding))} give its rights to ${holder.name} too`,
			ko: `${refText(refOf(binding))}이(가) ${holder.name}에도 권한을 주게 합니다`,
		},
	});
}
