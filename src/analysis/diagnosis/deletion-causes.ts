import {listAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {shortLine} from '../../core/text/short-line.ts';
import type {Cause} from './cause.ts';

/** What holds an object that is to go: finalizers that nobody takes away, and what a namespace still holds. */
export function deletionCauses(object: KubeObject): readonly Cause[] {
	const {deletionTimestamp, finalizers = []} = object.metadata;
	if (deletionTimestamp === undefined) return [];
	const name = refText(refOf(object));
	const told = listAt(object, 'status', 'conditions')
		.filter(each => textAt(each, 'status') === 'True' && textAt(each, 'message') !== undefined)
		.map(each => ({source: `${name}, ${textAt(each, 'type')}`, detail: shortLine(textAt(each, 'message') ?? '', 240)}));
	if (told.length === 0 && finalizers.length === 0) return [];
	const held = told[0]?.detail ?? `finalizers ${finalizers.join(', ')}`;
	return [
		{
			id: 'deletion-held',
			resource: refOf(object),
			path: finalizers.length === 0 ? 'metadata.deletionTimestamp' : 'metadata.finalizers',
			cause: {
				en: `${name} is to be deleted since ${deletionTimestamp}, and something holds it: ${held}`,
				ko: `${name}는 ${deletionTimestamp}부터 삭제 중인데 남아 있습니다: ${held}`,
			},
			evidence: [...told, ...(finalizers.length === 0 ? [] : [{source: name, detail: `finalizers ${finalizers.join(', ')}`}])],
			remedies: [],
		},
	];
}
