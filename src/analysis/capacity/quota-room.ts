import type {Json} from '../../core/json.ts';
import {listAt, objectAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {quantityOf} from '../../core/kube/quantity.ts';
import {completed, takes} from './quota-size.ts';

/** How many more pods of one kind a quota lets in, and what it counts that runs out first. */
export type QuotaRoom = {readonly quota: string; readonly pods: number; readonly what: string};

const number = (value: Json | undefined) => (typeof value === 'string' || typeof value === 'number' ? (quantityOf(value) ?? 0) : 0);

/**
 * The room of the tightest quota; undefined where none limits pods like these. Quotas with scopes are left out.
 * @param objects ResourceQuotas and LimitRanges of the namespace
 */
export function quotaRoom(objects: readonly KubeObject[], podSpec: Json): QuotaRoom | undefined {
	const ranges = objects.filter(({kind}) => kind === 'LimitRange');
	const one = takes(completed(podSpec, ranges));
	const rooms = objects
		.filter(quota => quota.kind === 'ResourceQuota' && listAt(quota, 'spec', 'scopes').length === 0)
		.filter(quota => valueAt(quota, 'spec', 'scopeSelector') === undefined)
		.flatMap(quota =>
			Object.entries(objectAt(quota, 'spec', 'hard')).flatMap(([what, hard]) => {
				const each = one[what] ?? 0;
				if (each <= 0) return [];
				const free = number(hard) - number(objectAt(quota, 'status', 'used')[what]);
				return [{quota: refText(refOf(quota)), pods: Math.max(0, Math.floor(free / each + 1e-9)), what}];
			}),
		);
	return rooms.toSorted((a, b) => a.pods - b.pods)[0];
}
