import {expect, test} from 'vitest';
import type {Hosting} from '../../../src/mcp/git/hosting.ts';
import {requestMerge, type Send} from '../../../src/mcp/git/request-merge.ts';

const gitlab: Hosting = {kind: 'gitlab', api: 'https://lab.example/api/v4', project: 'a/b/c', token: 'planted', variable: 'GITLAB_TOKEN'};
const github: Hosting = {kind: 'github', api: 'https://hub.example/api/v3', project: 'a/b', token: 'planted', variable: 'GH_TOKEN'};
const wish = {branch: 'mkcoa/web-1', into: 'main', title: 'Web', body: 'x'.repeat(70_000)};

/** Answers one after the other, and the questions that came. */
function service(answers: readonly {readonly status: number; readonly json: unknown}[]) {
	const asked: Parameters<Send>[0][] = [];
	const send: Send = async question => {
		const {status, json} = answers[asked.push(question) - 1] ?? {status: 500, json: null};
		return {
			statusCode: status,
			body: (async function* () {
				yield Buffer.from(JSON.stringify(json));
			})(),
		};
	};
	return {asked, how: {send, signal: new AbortController().signal}};
}

test.each([
	{
		hosting: gitlab,
		status: 409,
		earlier: {web_url: 'https://lab.example/a/b/c/-/merge_requests/3'},
		list: '/api/v4/projects/a%2Fb%2Fc/merge_requests?state=opened&source_branch=mkcoa%2Fweb-1',
	},
	{
		hosting: github,
		status: 422,
		earlier: {html_url: 'https://hub.example/a/b/pull/3'},
		list: '/api/v3/repos/a/b/pulls?state=open&head=a%3Amkcoa%2Fweb-1',
	},
])('a request that $hosting.kind has already is found by its branch', async ({hosting, status, earlier, list}) => {
	const {asked, how} = service([
		{status, json: {message: ['Another open merge request already exists for this source branch: !3']}},
		{status: 200, json: [earlier]},
	]);
	expect(await requestMerge(hosting, wish, how)).toEqual({url: Object.values(earlier)[0]});
	expect(asked.map(({method, path}) => [method, path])).toEqual([
		['POST', list.slice(0, list.indexOf('?'))],
		['GET', list],
	]);
	expect(asked[0]?.body?.length).toBeLessThan(61_000);
});

test.each([
	{hosting: gitlab, status: 401, json: {message: '401 Unauthorized'}, why: 'lab.example answered HTTP 401: 401 Unauthorized'},
	{hosting: gitlab, status: 409, json: {message: ['Branch\u001b[31m is gone']}, why: 'lab.example answered HTTP 409: Branch is gone'},
	{hosting: github, status: 201, json: {}, why: 'hub.example answered HTTP 201'},
])('HTTP $status of $hosting.kind without an address is told in its words, without control characters', async row => {
	const {how} = service([row, {status: 200, json: []}]);
	expect(await requestMerge(row.hosting, wish, how)).toEqual({why: row.why});
});
