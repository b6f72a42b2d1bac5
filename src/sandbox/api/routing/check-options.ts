import {invalidOptions} from '../errors.ts';
import {checkListOptions} from './list-options.ts';
import {forbidden, type Problem, unsupported} from './option-problems.ts';

type Check = (query: URLSearchParams, contentType: string) => Problem | undefined;

const dryRun: Check = query => {
	const values = query.getAll('dryRun').filter(value => value !== '');
	return values.every(value => value === 'All') ? undefined : unsupported('dryRun', values, ['All']);
};
const fieldManager: Check = query =>
	Buffer.byteLength(query.get('fieldManager') ?? '') > 128
		? {reason: 'FieldValueTooLong', message: 'Too long: may not be more than 128 bytes', field: 'fieldManager'}
		: undefined;
const force: Check = (query, contentType) =>
	query.has('force') && !contentType.startsWith('application/apply-patch+')
		? forbidden('force', 'may not be specified for non-apply patch')
		: undefined;
const validationModes = ['', 'Ignore', 'Strict', 'Warn'];
const fieldValidation: Check = query => {
	const mode = query.get('fieldValidation') ?? '';
	return validationModes.includes(mode) ? undefined : unsupported('fieldValidation', mode, validationModes);
};
const propagations = ['Foreground', 'Background', 'Orphan', 'nil'];
const propagation: Check = query => {
	const policy = query.get('propagationPolicy') ?? 'nil';
	return propagations.includes(policy) ? undefined : unsupported('propagationPolicy', policy, propagations);
};

const writing = [dryRun, fieldManager, fieldValidation];
const checks: {readonly [verb: string]: {readonly kind: string; readonly checks: readonly Check[]}} = {
	create: {kind: 'CreateOptions', checks: writing},
	update: {kind: 'UpdateOptions', checks: writing},
	patch: {kind: 'PatchOptions', checks: [...writing, force]},
	delete: {kind: 'DeleteOptions', checks: [dryRun, propagation]},
	deletecollection: {kind: 'DeleteOptions', checks: [dryRun, propagation]},
};

/** Refuses a query that the API server would not act upon, with its words. What a body says is checked where it is read. */
export function checkOptions(verb: string, query: URLSearchParams, contentType: string): void {
	if (verb === 'list' || verb === 'watch') checkListOptions(verb, query);
	const options = checks[verb];
	for (const check of options?.checks ?? []) {
		const problem = check(query, contentType);
		if (options !== undefined && problem !== undefined) throw invalidOptions(options.kind, [problem]);
	}
}
