import {listAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Remedy} from '../../../diagnosis/cause.ts';
import {exchange, merge} from '../../../diagnosis/patch-remedy.ts';

/** The binding that somebody meant for an account, put right. */
export const subjectRemedy = (binding: KubeObject, index: number, field: 'name' | 'namespace', to: string): Remedy => {
	const subjects = listAt(binding, 'subjects');
	const from = valueAt(subjects[index], field);
	return from === undefined
		? merge(
				binding,
				{subjects: subjects.map((each, at) => (at === index ? {...Object(each), [field]: to} : each))},
				{side: 'binding', sure: true, text: subjectText(binding, to)},
			)
		: exchange(binding, [{path: ['subjects', index, field], from, to}], {side: 'binding', sure: true, text: subjectText(binding, to)});
};

const subjectText = (binding: KubeObject, to: string) => ({
	en: `Make ${refText(refOf(binding))} name ${to}`,
	ko: `${refText(refOf(binding))}이(가) ${to}을(를) 가리키게 합니다`,
});
