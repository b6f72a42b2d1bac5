import type {JsonObject} from '../../../core/json.ts';
import {badRequest} from '../errors.ts';
import {listAt, textAt, valueAt} from '../json-access.ts';
import type {DeleteOptions} from '../write/remove.ts';

/** Deletion options come in the body or in the query; the body wins. Throws 400 for words that are none. */
export function deleteOptions(body: JsonObject, query: URLSearchParams): DeleteOptions {
	const policy = textAt(body, 'propagationPolicy') ?? query.get('propagationPolicy') ?? undefined;
	const orphan = valueAt(body, 'orphanDependents') ?? (query.get('orphanDependents') === 'true' ? true : undefined);
	const grace = valueAt(body, 'gracePeriodSeconds') ?? query.get('gracePeriodSeconds') ?? undefined;
	const uid = textAt(body, 'preconditions', 'uid');
	const resourceVersion = textAt(body, 'preconditions', 'resourceVersion');
	const propagation = policy ?? (orphan === true ? 'Orphan' : undefined);
	if (propagation !== undefined && propagation !== 'Background' && propagation !== 'Foreground' && propagation !== 'Orphan') {
		throw badRequest(
			`DeleteOptions.propagationPolicy: Unsupported value: ${JSON.stringify(propagation)}: supported values: "Foreground", "Background", "Orphan"`,
		);
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

/** Throws 400 for any other value than All. */
export function isDryRun(query: URLSearchParams): boolean {
	const values = query.getAll('dryRun').filter(value => value !== '');
	const other = values.find(value => value !== 'All');
	if (other !== undefined) throw badRequest(`dryRun: Unsupported value: ${JSON.stringify(other)}: supported values: "All"`);
	return values.length > 0;
}
