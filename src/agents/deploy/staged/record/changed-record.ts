import {lastWriters} from '../../../../core/diff/managed-fields.ts';
import {MkcoaError} from '../../../../core/error.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {WorkloadName} from '../lease/held-by.ts';

/** The record of a rollout is not as mkcoa left it. */
export class ChangedRecord extends MkcoaError {
	/** @param fields what is not as it was, where that is known */
	constructor({namespace, name}: WorkloadName, record: KubeObject, fields: readonly string[] = []) {
		const where = refText(refOf({...record, apiVersion: 'v1', kind: 'ConfigMap'}));
		const writers = lastWriters(record);
		super({
			kind: 'environment',
			code: 'rollout-changed',
			what: `The record of the rollout of ${name} was changed by somebody else`,
			why: `${fields.length === 0 ? where : `${fields.join(', ')} of ${where}`} ${fields.length > 1 ? 'are' : 'is'} not as mkcoa wrote it${writers.length === 0 ? '' : `; ${writers.join(' or ')} wrote it last`}. So it cannot be told how far the rollout is, nor what was judged`,
			next: `Take it back, which needs nothing of the record: mkcoa deploy abort ${name} -n ${namespace}`,
		});
	}
}
