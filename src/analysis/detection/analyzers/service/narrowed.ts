import {objectAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {fitsMap} from '../../../../core/kube/selector.ts';
import type {Remedy} from '../../../diagnosis/cause.ts';
import {labelText} from '../../../diagnosis/label-text.ts';
import {merge} from '../../../diagnosis/patch-remedy.ts';
import {templateLabels} from '../../routing.ts';

/**
 * A Service that selects by one label more: by the first in the selector of who is to serve it that all of them have, and none of the others that it selects.
 * None where no such label sets them apart.
 */
export function narrowed(
	service: KubeObject,
	{to, from}: {readonly to: readonly KubeObject[]; readonly from: readonly KubeObject[]},
	sure: boolean,
): readonly Remedy[] {
	const has = (key: string, value: string) => (workload: KubeObject) => fitsMap({[key]: value}, templateLabels(workload));
	const own = Object.entries(objectAt(to[0], 'spec', 'selector', 'matchLabels'));
	const apart = own.find(([key, value]) => to.every(has(key, String(value))) && !from.some(has(key, String(value))));
	if (apart === undefined) return [];
	const more = {[apart[0]]: apart[1]};
	const name = refText(refOf(service));
	return [
		merge(
			service,
			{spec: {selector: more}},
			{
				side: 'service',
				sure,
				text: {en: `Make ${name} select ${labelText(more)}, too`, ko: `${name}가 ${labelText(more)} 라벨도 고르게 합니다`},
			},
		),
	];
}
