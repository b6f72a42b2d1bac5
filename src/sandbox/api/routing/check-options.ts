import {type StatusCause, StatusError} from '../../status-error.ts';
import {badRequest, invalidOptions} from '../errors.ts';

type Problem = StatusCause & {readonly field: string};
type Check = (query: URLSearchParams, verb: string, contentType: string) => Problem | undefined;

const forbidden = (field: string, why: string): Problem => ({reason: 'FieldValueForbidden', message: `Forbidden: ${why}`, field});
const unsupported = (field: string, value: string, supported: readonly string[]): Problem => ({
	reason: 'FieldValueNotSupported',
	message: `Unsupported value: ${value}: supported values: ${supported.map(word => JSON.stringify(word)).join(', ')}`,
	field,
});

const dryRun: Check = query => {
	const values = query.getAll('dryRun').filter(value => value !== '');
	return values.every(value => value === 'All') ? undefined : unsupported('dryRun', JSON.stringify(values), ['All']);
};
const fieldManager: Check = query =>
	Buffer.byteLength(query.get('fieldManager') ?? '') > 128
		? {reason: 'FieldValueTooLong', message: 'Too long: may not be more than 128 bytes', field: 'fieldManager'}
		: undefined;
const force: Check = (query, _verb, contentType) =>
	query.has('force') && !contentType.startsWith('application/apply-patch+')
		? forbidden('force', 'may not be specified for non-apply patch')
		: undefined;
const validationModes = ['', 'Ignore', 'Strict', 'Warn'];
const fieldValidation: Check = query => {
	const mode = query.get('fieldValidation') ?? '';
	return validationModes.includes(mode) ? undefined : unsupported('fieldValidation', JSON.stringify(mode), validationModes);
};
const propagations = ['Foreground', 'Background', 'Orphan', 'nil'];
const propagation: Check = query => {
	const policy = query.get('propagationPolicy') ?? 'nil';
	return propagations.includes(policy) ? undefined : unsupported('propagationPolicy', JSON.stringify(policy), propagations);
};

const versionMatch: Check = (query, verb) => {
	const match = query.get('resourceVersionMatch') ?? '';
	const isInitial = verb === 'watch' && query.get('sendInitialEvents') !== null;
	const refuse = (why: string) => forbidden('resourceVersionMatch', why);
	if (isInitial) {
		return match === 'NotOlderThan' ? undefined : refuse('sendInitialEvents requires setting resourceVersionMatch to NotOlderThan');
	}
	if (match === '') return undefined;
	if (verb === 'watch') return refuse('resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided');
	const version = query.get('resourceVersion') ?? '';
	if (version === '') return refuse('resourceVersionMatch is forbidden unless resourceVersion is provided');
	if ((query.get('continue') ?? '') !== '') return refuse('resourceVersionMatch is forbidden when continue is provided');
	if (match === 'Exact' && version === '0') return refuse('resourceVersionMatch "exact" is forbidden for resourceVersion "0"');
	const matches = ['', 'Exact', 'NotOlderThan'];
	return matches.includes(match) ? undefined : unsupported('resourceVersionMatch', JSON.stringify(match), matches);
};

const writing = [dryRun, fieldManager, fieldValidation];
const checks: {readonly [verb: string]: {readonly kind: string; readonly checks: readonly Check[]}} = {
	create: {kind: 'CreateOptions', checks: writing},
	update: {kind: 'UpdateOptions', checks: writing},
	patch: {kind: 'PatchOptions', checks: [...writing, force]},
	delete: {kind: 'DeleteOptions', checks: [dryRun, propagation]},
	deletecollection: {kind: 'DeleteOptions', checks: [dryRun, propagation]},
	list: {kind: 'ListOptions', checks: [versionMatch]},
	watch: {kind: 'ListOptions', checks: [versionMatch]},
};

/** Refuses a query that the API server would not act upon, with its words. What a body says is checked where it is read. */
export function checkOptions(verb: string, query: URLSearchParams, contentType: string): void {
	const options = checks[verb];
	for (const check of options?.checks ?? []) {
		const problem = check(query, verb, contentType);
		if (options !== undefined && problem !== undefined) throw invalidOptions(options.kind, problem);
	}
	if (verb === 'list' || verb === 'watch') checkNumbers(verb, query);
}

function checkNumbers(verb: string, query: URLSearchParams): void {
	const limit = query.get('limit') ?? '';
	if (!/^\d*$/.test(limit)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(limit)}: invalid syntax`);
	const version = query.get('resourceVersion') ?? '';
	if (version !== '' && version !== '0' && (query.get('continue') ?? '') !== '') {
		throw badRequest('specifying resource version is not allowed when using continue');
	}
	if (/^\d*$/.test(version)) return;
	const quoted = JSON.stringify(version);
	const why = `resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`;
	// A watch meets the number deeper inside, where no reason is given.
	throw verb === 'watch' ? new StatusError(500, '', why) : badRequest(`invalid resource version: ${why}`);
}
