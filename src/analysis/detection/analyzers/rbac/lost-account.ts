import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {grantsFor} from '../../../access/grants.ts';
import {caseOf} from '../../../diagnosis/case.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {backRemedy, changeEvidence, changeOf, changesAt} from '../../../diagnosis/template-change.ts';
import type {Survey} from '../../survey.ts';
import {startingWorkloads} from '../standing.ts';
import type {Access} from './denied.ts';
import {accountOf} from './workload-deeds.ts';

/** Accounts of a namespace that were given rights, and that nothing signs in as. */
function idleAccounts(namespace: string, {grants}: Access, survey: Survey): ReadonlySet<string> {
	const used = new Set(survey.workloads(namespace).map(accountOf));
	const idle = survey
		.all('ServiceAccount', namespace)
		.filter(({metadata: {name}}) => name !== 'default' && !used.has(name))
		.filter(({metadata: {name}}) =>
			grantsFor({kind: 'ServiceAccount', namespace, name}, grants).some(({binding}) => binding.namespace === namespace),
		);
	return new Set(idle.map(({metadata}) => metadata.name));
}

function causeOf(workload: KubeObject, idle: ReadonlySet<string>, survey: Survey): readonly Cause[] {
	const given = caseOf(workload, survey.scene(workload.metadata.namespace ?? ''));
	const place = podSpecPlace(workload);
	const change = changeOf(given);
	const changed = ['serviceAccountName', 'serviceAccount'].flatMap(field => changesAt(change, [...place, field]));
	const former = changed.map(({to}) => to).find(to => typeof to === 'string' && idle.has(to));
	if (former === undefined) return [];
	const name = refText(refOf(workload));
	return [
		{
			id: 'account-fell-back',
			resource: refOf(workload),
			path: fieldPath(workload, [...place, 'serviceAccountName']),
			cause: {
				en: `${name} signs in as ServiceAccount default since its last change, and the rights that were given to ${String(former)} are used by nobody`,
				ko: `${name}이(가) 마지막 변경부터 ServiceAccount default를 쓰고, ${String(former)}에 준 권한은 아무도 쓰지 않습니다`,
			},
			evidence: changeEvidence(given, change, changed),
			remedies: backRemedy(given, change, changed),
		},
	];
}

/** Workloads that signed in as an account with rights until their last change, and now as one that has none of its own. */
export const lostAccounts = (access: Access, survey: Survey): readonly Cause[] =>
	survey.namespaces.flatMap(namespace => {
		const isKnown = ['RoleBinding', 'ServiceAccount', 'ReplicaSet'].every(kind => survey.isRead(kind, namespace));
		const idle = isKnown ? idleAccounts(namespace, access, survey) : new Set<string>();
		if (idle.size === 0) return [];
		return startingWorkloads(survey, namespace)
			.filter(workload => accountOf(workload) === 'default')
			.flatMap(workload => causeOf(workload, idle, survey));
	});
