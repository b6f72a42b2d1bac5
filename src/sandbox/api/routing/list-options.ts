import {StatusError} from '../../status-error.ts';
import {badRequest, invalidOptions} from '../errors.ts';
import {forbidden, type Problem, unsupported} from './option-problems.ts';

const field = 'resourceVersionMatch';

/** Refuses the query of a list or a watch that the API server would not act upon, with its words: 422 for all that is against the rules, 400 for what cannot be read. */
export function checkListOptions(verb: 'list' | 'watch', query: URLSearchParams): void {
	const problems = verb === 'watch' ? watchProblems(query) : listProblems(query);
	if (problems.length > 0) throw invalidOptions('ListOptions', problems);
	checkNumbers(verb, query);
}

function listProblems(query: URLSearchParams): readonly Problem[] {
	const match = query.get(field) ?? '';
	const version = query.get('resourceVersion') ?? '';
	const problems: Problem[] = [];
	if (match !== '') {
		if (version === '') problems.push(forbidden(field, `${field} is forbidden unless resourceVersion is provided`));
		if ((query.get('continue') ?? '') !== '') problems.push(forbidden(field, `${field} is forbidden when continue is provided`));
		if (match !== 'Exact' && match !== 'NotOlderThan') problems.push(unsupported(field, match, ['Exact', 'NotOlderThan', '']));
		if (match === 'Exact' && version === '0') problems.push(forbidden(field, `${field} "exact" is forbidden for resourceVersion "0"`));
	}
	if (query.has('sendInitialEvents')) problems.push(forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
	return problems;
}

function watchProblems(query: URLSearchParams): readonly Problem[] {
	const match = query.get(field) ?? '';
	const isInitial = query.has('sendInitialEvents');
	const problems: Problem[] = [];
	if (isInitial && match !== 'NotOlderThan') {
		problems.push(forbidden(field, `sendInitialEvents requires setting ${field} to NotOlderThan`));
	}
	if (match === '') return problems;
	if (!isInitial) problems.push(forbidden(field, `${field} is forbidden for watch unless sendInitialEvents is provided`));
	if (match !== 'NotOlderThan') problems.push(unsupported(field, match, ['NotOlderThan']));
	if ((query.get('continue') ?? '') !== '') problems.push(forbidden(field, `${field} is forbidden when continue is provided`));
	return problems;
}

function checkNumbers(verb: 'list' | 'watch', query: URLSearchParams): void {
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
