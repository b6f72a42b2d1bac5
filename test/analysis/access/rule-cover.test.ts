import {describe, expect, test} from 'vitest';
import type {Request} from '../../../src/analysis/access/access-rule.ts';
import {leastRules, provenLeast} from '../../../src/analysis/access/least-rules.ts';
import {missingFrom, ruleOfPart} from '../../../src/analysis/access/rule-cover.ts';
import {requestText} from '../../../src/analysis/access/rule-text.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import {rule} from '../../support/access-objects.ts';

const missing = (held: readonly JsonObject[], wanted: readonly JsonObject[]) => missingFrom(held, wanted).map(requestText);
const urls = (paths: string, verbs = 'get') => ({nonResourceURLs: paths.split(' '), verbs: verbs.split(' ')});

test.each<[string, readonly JsonObject[], readonly JsonObject[], readonly string[]]>([
	['splits up what is missing', [rule('pods', 'get')], [rule('pods services', 'get list')], ['list pods', 'get services', 'list services']],
	['tells each missing part once', [], [rule('pods pods', 'get get'), rule('pods', 'get')], ['get pods']],
	['a whole is no subresource', [rule('pods', '*')], [rule('pods/log', 'get')], ['get pods/log']],
	['a subresource of all is one of each', [rule('*/scale', 'get')], [rule('x/scale x/scale/y */scale', 'get')], ['get x/scale/y']],
	['all resources are all subresources', [rule('*', 'get')], [rule('pods/log */scale *', 'get')], []],
	['a star behind the slash is a name like another', [rule('pods/*', 'get')], [rule('pods/log pods/*', 'get')], ['get pods/log']],
	[
		'names are no whole',
		[rule('pods', 'get', {resourceNames: ['a', 'b']})],
		[rule('pods', 'get', {resourceNames: ['b', 'c']}), rule('pods', 'get')],
		['get pods c', 'get pods'],
	],
	['two rules do not add up to all verbs', [rule('pods', 'get list'), rule('pods', 'watch')], [rule('pods', '*')], ['* pods']],
	['groups count', [rule('pods', 'get', {apiGroups: ['*']})], [rule('pods', 'get', {apiGroups: ['*', 'x']})], []],
	['paths by what they begin with', [urls('/api/*')], [urls('/api /api/ /api/v1 /api/*')], ['get /api']],
	['every path', [urls('*', '*')], [urls('/ /x* *', 'get *')], []],
	['a rule without a resource wants nothing', [], [{apiGroups: [''], verbs: ['get']}], []],
])('%s', (_, held, wanted, expected) => {
	expect(missing(held, wanted)).toEqual(expected);
});

const request = (text: string): Request => {
	const [verb = '', resource = '', name] = text.split(' ');
	return resource.startsWith('/') ? {verb, url: resource} : {verb, group: '', resource, ...(name === undefined ? {} : {name})};
};
const least = (texts: readonly string[], byName = true) => {
	const requests = texts.map(request);
	const rules = leastRules(requests, byName);
	const {refused, beyond} = provenLeast(rules, requests);
	return {rules, refused: refused.map(requestText), beyond: beyond.map(requestText)};
};

describe('a least role', () => {
	test('joins what is alike and multiplies nothing', () => {
		expect(least(['get pods', 'list pods', 'get services', 'list services', 'get /metrics', 'get secrets'])).toEqual({
			rules: [
				{apiGroups: [''], resources: ['pods', 'services'], verbs: ['get', 'list']},
				{nonResourceURLs: ['/metrics'], verbs: ['get']},
				{apiGroups: [''], resources: ['secrets'], verbs: ['get']},
			],
			...{refused: [], beyond: []},
		});
	});

	test('keeps to names, each with its own verbs', () => {
		expect(least(['get secrets a', 'get secrets b', 'update secrets b'])).toEqual({
			rules: [
				{apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: ['a', 'b']},
				{apiGroups: [''], resources: ['secrets'], verbs: ['update'], resourceNames: ['b']},
			],
			...{refused: [], beyond: []},
		});
	});

	test('gives no name to what has none when it is made', () => {
		expect(least(['create pods web', 'create pods/eviction web']).rules).toEqual([
			{apiGroups: [''], resources: ['pods'], verbs: ['create']},
			{apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'], resourceNames: ['web']},
		]);
	});

	test('tells what it gives beyond the requests where names are left out', () => {
		expect(least(['get secrets a'], false)).toEqual({
			rules: [{apiGroups: [''], resources: ['secrets'], verbs: ['get']}],
			...{refused: [], beyond: ['get secrets']},
		});
	});

	test('of any requests is proven both ways', () => {
		const words = ['get', 'list', 'create', 'update'].flatMap(verb =>
			['pods', 'pods/log', 'secrets'].flatMap(what => ['', ' a', ' b'].map(name => `${verb} ${what}${name}`)),
		);
		for (let mask = 1; mask < 4000; mask += 7) {
			const texts = words.filter((_, index) => ((mask * 2654435761) >>> (index % 31)) & 1);
			expect(least(texts)).toMatchObject({refused: [], beyond: []});
		}
	});
});

test('a part as a rule covers itself', () => {
	for (const part of ['get pods', 'get pods/log x', 'get /x'].map(request))
		expect(missingFrom([ruleOfPart(part)], [ruleOfPart(part)])).toEqual([]);
});
