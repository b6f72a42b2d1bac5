import {writeFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {temporaryFolder} from '../support/temporary-folder.ts';
import {auditedRequests, writes} from './audit.ts';

const folder = await temporaryFolder();
const line = (auditID: string, code?: number, more: object = {}) =>
	JSON.stringify({
		auditID,
		verb: 'create',
		requestURI: `/api/v1/namespaces/shop/configmaps?is=${auditID}`,
		user: {username: 'admin'},
		requestReceivedTimestamp: '2026-01-01T00:00:00.000000Z',
		stageTimestamp: code === undefined ? '2026-01-01T00:00:00.000000Z' : '2026-01-01T00:00:00.250000Z',
		...(code === undefined ? {} : {responseStatus: {code}}),
		...more,
	});
function requestsIn(text: string) {
	writeFileSync(`${folder}/audit.log`, text);
	return auditedRequests(`${folder}/audit.log`);
}

test('a request is there from its coming on, in that order, and knows its end later', () => {
	const requests = requestsIn([line('a'), line('b'), line('b', 409), line('a', 201), line('c'), ''].join('\n'));
	expect(requests.map(({path, code, ms}) => [path.at(-1), code, ms])).toEqual([
		['a', 201, 250],
		['b', 409, 250],
		['c', undefined, 0],
	]);
});

test.each([
	['nothing yet', '', []],
	['half of its first line', line('a').slice(0, 40), []],
	['half of its second line', `${line('a')}\n${line('a', 201).slice(0, -1)}`, [undefined]],
	['a line without its end', `${line('a')}\n${line('a', 201)}`, [undefined]],
])('a file with %s is read as far as it goes', (_, text, codes) => {
	expect(requestsIn(text).map(({code}) => code)).toEqual(codes);
});

test('reads, dry runs and questions about rights are no writes', () => {
	const texts = [
		line('a', 200, {verb: 'list'}),
		line('b', 201, {requestURI: '/api/v1/namespaces/shop/configmaps?dryRun=All'}),
		line('c', 201, {requestURI: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'}),
		line('d', 401, {user: {}}),
	];
	expect(writes(requestsIn(`${texts.join('\n')}\n`)).map(({user, code}) => ({user, code}))).toEqual([{user: '', code: 401}]);
});
