import type {JsonObject} from '../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {badRequest, invalidOptions} from '../errors.ts';
import type {DeleteOptions} from '../write/remove.ts';

/** Deletion options come in the body or in the query; the body wins. Throws 400 for words that are none. */
export function deleteOptions(body: JsonObject, query: URLSearchParams): DeleteOptions {
	const policy = textAt(body, 'propagationPolicy') ?? query.get('propagationPolicy') ?? undefined;
	const orphan = valueAt(body, 'orphanDependents') ?? (query.get('orphanDependents') === 'true' ? true : undefined);
	const grace = valueAt(body, 'gracePeriodSeconds') ?? query.get('gracePeriodSeconds') ?? undefined;
	if (policy !== undefined && orphan !== undefined) {
		const message = `Invalid value: ${JSON.stringify(policy)}: orphanDependents and deletionPropagation cannot be both set`;
		throw invalidOptions('DeleteOptions', [{reason: 'FieldValueInvalid', message, field: 'propagationPolicy'}]);
	}
	const uid = textAt(body, 'preconditions', 'uid');
	const resourceVersion = textAt(body, 'preconditions', 'resourceVersion');
	const propagation = policy ?? (orphan === true ? 'Orphan' : undefined);
	if (propagation !== undefined && propagation !== 'Background' && propagation !== 'Foreground' && propagation !== 'Orphan') {
		const message = `Unsupported value: ${JSON.stringify(propagation)}: supported values: "Foreground", "Background", "Orphan", "nil"`;
		throw invalidOptions('DeleteOptions', [{reason: 'FieldValueNotSupported', message, field: 'propagationPolicy'}]);
	}
	const graceSeconds = grace === undefined ? undefined : Number(grace);
	if (graceSeconds !== undefined && (!Number.isInteger(graceSeconds) || graceSeconds < 0)) {
		throw badRequest(`gracePeriodSeconds: Invalid value: ${graceSeconds}: must be greater than or equal to 0`);
	}
	return {
		...(propagation === undefined ? {} : {propagation}),
		...(graceSeconds === undefined ? {} : {graceSeconds}),
		...(uid === undefined ? {} : {uid}),
		...(resourceVersion === undefined ? {} : {resourceVersion}),
		dryRun: isDryRun(query) || listAt(body, 'dryRun').includes('All'),
	};
}

/** Other values than All were refused before. */
export const isDryRun = (query: URLSearchParams): boolean => query.getAll('dryRun').includes('All');
