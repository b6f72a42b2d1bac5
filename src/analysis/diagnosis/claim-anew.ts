import type {JsonObject} from '../../core/json.ts';
import {objectAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import type {Remedy} from './cause.ts';
import {asHandedIn, inOrder, madeAnew} from './writes-remedy.ts';

/** Notes of the controllers that bind and provision. */
const isTheirs = (key: string) => /^(?:volume(?:\.beta)?|pv)\.kubernetes\.io\//.test(key);

/**
 * A claim made anew with another spec, since it never lets its own change. Only one that was never bound: there is nothing in it. None for others.
 */
export function claimAnew(
	claim: KubeObject,
	changed: JsonObject,
	{sure, what}: {readonly sure: boolean; readonly what: string},
): readonly Remedy[] {
	const phase = textAt(claim, 'status', 'phase') ?? 'Pending';
	if (phase !== 'Pending' || claim.metadata.deletionTimestamp !== undefined) return [];
	const {annotations, ...metadata} = asHandedIn(claim).metadata;
	const kept = Object.fromEntries(Object.entries(annotations ?? {}).filter(([key]) => !isTheirs(key)));
	const name = refText(refOf(claim));
	const writes = madeAnew(claim, {
		metadata: {...metadata, ...(Object.keys(kept).length === 0 ? {} : {annotations: kept})},
		spec: {...objectAt(claim, 'spec'), ...changed},
	});
	return [
		inOrder(writes, {
			side: 'storage',
			sure,
			text: {
				en: `Make ${name}, which is empty, anew with ${what}`,
				ko: `비어 있는 ${name}을(를) ${what}(으)로 다시 만듭니다`,
			},
		}),
	];
}
