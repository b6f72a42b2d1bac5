import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import type {Survey} from '../../survey.ts';
import {isSlip} from './is-slip.ts';
import {subjectRemedy} from './subject-remedy.ts';

/** All accounts of a namespace as a group, or one of them as the user that it signs in as. */
const ofNamespace = /^(system:serviceaccounts?:)([^:]+)(:[^:]+)?$/;

/** Accounts of a namespace that is not there, where one is called nearly so. Without one it may be still to come. */
export function namespaceSubjects(binding: KubeObject, survey: Survey): readonly Cause[] {
	if (!survey.isRead('Namespace') || survey.all('Namespace').length === 0) return [];
	return listAt(binding, 'subjects').flatMap((subject, index): readonly Cause[] => {
		const name = textAt(subject, 'name') ?? '';
		const [, start = '', namespace = '', account = ''] = ofNamespace.exec(name) ?? [];
		const isAccount = account !== '' || start.endsWith('accounts:');
		if (namespace === '' || !isAccount || survey.find('Namespace', undefined, namespace) !== undefined) return [];
		const others = listAt(binding, 'subjects').map(each => textAt(each, 'name'));
		const near = survey.all('Namespace').flatMap(({metadata}) => (isSlip(namespace, metadata.name) ? [metadata.name] : []));
		const [meant] = near;
		const to = `${start}${meant}${account}`;
		if (meant === undefined || others.includes(to)) return [];
		const who = refText(refOf(binding));
		return [
			{
				id: 'subject-namespace-not-there',
				resource: refOf(binding),
				path: `subjects[${index}].name`,
				hurts: survey.workloads(meant).map(refOf),
				cause: {
					en: `${who} gives its rights to ${name}, and there is no namespace ${namespace} (there is ${meant})`,
					ko: `${who}이(가) ${name}에 권한을 주는데 네임스페이스 ${namespace}이(가) 없습니다 (있는 것: ${meant})`,
				},
				evidence: [{source: who, detail: `subjects[${index}].name ${name}`}, ...changeEvidence(binding)],
				// To whom rights are given a person says.
				remedies: [{...subjectRemedy(binding, index, 'name', to), sure: false}],
			},
		];
	});
}
