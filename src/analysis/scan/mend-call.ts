import type {Json, JsonObject} from '../../core/json.ts';
import {type KubeObject, refText} from '../../core/kube/kube-object.ts';
import {jsonPatchBetween} from '../../core/patch/json-patch-between.ts';
import type {Fault, Mend} from '../checks/check.ts';
import {mended} from './mended.ts';

/** How the faults of one object are mended: by a call that makes a plan, or by nothing that a program may decide. */
export type Way = {readonly tool: string; readonly input: JsonObject; readonly text: string} | {readonly none: string};

const nobody = () => undefined;

const says = (mend: Mend) => ('ask' in mend ? `${mend.path}: ${mend.ask}` : mend.path);

/**
 * One JSON patch that mends all faults of an object; none where a person must choose a value, or where no field of it does.
 * @param keeper who writes the object anew, such as `Helm release shop/web`: a patch alone would not last
 */
export function wayOf(object: KubeObject, faults: readonly Fault[], keeper: string | undefined): Way {
	const mends = faults.flatMap(fault => fault.mends);
	const asked = mends.filter(mend => 'ask' in mend);
	if (asked.length > 0) return {none: `a person decides: ${[...new Set(asked.map(says))].join('; ')}`};
	if (mends.length === 0 || faults.some(fault => fault.mends.length === 0)) return {none: 'no field of this object alone mends it'};
	const patch: Json = jsonPatchBetween(object, mended(object, mends, nobody)).map(operation => ({...operation}));
	const {kind, metadata} = object;
	const last = keeper === undefined ? '' : `; ${keeper} writes it anew, so change it there as well`;
	return {
		tool: 'resource_patch',
		input: {
			kind,
			name: metadata.name,
			...(metadata.namespace === undefined ? {} : {namespace: metadata.namespace}),
			type: 'json',
			patch: JSON.stringify(patch),
		},
		text: `Change ${[...new Set(mends.map(({path}) => path))].join(', ')} of ${refText({apiVersion: '', kind, ...metadata})}${last}`,
	};
}
