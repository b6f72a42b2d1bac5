import {expect, test} from 'vitest';
import {post} from '../../servers/questions.ts';
import {pod, podSpec, secret, service} from '../objects.ts';
import {namesOf, refusal} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';

const labelled = {
	blue: {app: 'web', tier: 'front', 'example.com/since': '3'},
	green: {app: 'web', tier: 'back'},
	grey: {app: 'db'},
	plain: {},
};

const listed = async ({ask, path}: Room, selector: string) => {
	for (const [name, labels] of Object.entries(labelled)) await ask(post(path('secrets'), secret(name, {}, {labels})));
	return namesOf(await ask({path: `${path('secrets')}?labelSelector=${encodeURIComponent(selector)}`}));
};

/** Lists of less than everything. */
export const selectors: Chapter = open => {
	test.each([
		['app=web', ['blue', 'green']],
		['app==web', ['blue', 'green']],
		['app!=web', ['grey', 'plain']],
		['tier', ['blue', 'green']],
		['!tier', ['grey', 'plain']],
		['app in (db, web)', ['blue', 'green', 'grey']],
		['app notin (web)', ['grey', 'plain']],
		['app in (web),tier!=front', ['green']],
		['app in (web,,db)', ['blue', 'green', 'grey']],
		['app in ()', []],
		['in', []],
		['example.com/since > 2', ['blue']],
		['app=', []],
		['app=nothing', []],
		['', ['blue', 'green', 'grey', 'plain']],
	])('labels %j select %j', async (selector, names) => {
		expect(await listed(await open(), selector)).toEqual(names);
	});

	test.each([
		['app in web', "unable to parse requirement: found 'web' expected: '('"],
		['=web', "found '=', expected: !, identifier, or 'end of string'"],
		['app web', "unable to parse requirement: found 'web', expected: in, notin, =, ==, !=, gt, lt"],
		['app in (web', "unable to parse requirement: found '', expected: ',' or ')'"],
		['app>b', `unable to parse requirement: values[0]: Invalid value: "b": for 'Gt', 'Lt' operators, the value must be an integer`],
		['app=web,', "found '', expected: identifier after ','"],
		['app=a b', "found 'b', expected: ',' or 'end of string'"],
		[
			'app=-a',
			`unable to parse requirement: values[0][app]: Invalid value: "-a": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
		],
	])('labels %j are refused', async (selector, message) => {
		const {ask, path} = await open();
		expect(await ask({path: `${path('pods')}?labelSelector=${encodeURIComponent(selector)}`})).toMatchObject(
			refusal(400, 'BadRequest', message),
		);
	});

	test('metadata.name selects one object of any kind', async () => {
		const {ask, path} = await open();
		for (const name of ['one', 'two']) await ask(post(path('services'), service(name)));
		expect(namesOf(await ask({path: `${path('services')}?fieldSelector=metadata.name%3Dtwo`}))).toEqual(['two']);
		expect(namesOf(await ask({path: `${path('services')}?fieldSelector=metadata.name!%3Dtwo`}))).toEqual(['one']);
	});

	test('metadata.namespace selects in all namespaces', async () => {
		const {ask, path, namespace} = await open();
		await ask(post(path('services'), service('one')));
		expect(namesOf(await ask({path: `/api/v1/services?fieldSelector=metadata.namespace%3D${namespace}`}))).toEqual(['one']);
	});

	test('a Secret is selected by its type', async () => {
		const {ask, path} = await open();
		await ask(post(path('secrets'), secret('plain')));
		await ask(post(path('secrets'), {...secret('login', {username: 'ann', password: 'x'}), type: 'kubernetes.io/basic-auth'}));
		expect(namesOf(await ask({path: `${path('secrets')}?fieldSelector=type%3Dkubernetes.io/basic-auth`}))).toEqual(['login']);
	});

	test('pods are selected by node and restart policy, joined by a comma', async () => {
		const {ask, path} = await open();
		for (const [name, restartPolicy] of [
			['once', 'Never'],
			['ever', 'Always'],
		] as const) {
			await ask(post(path('pods'), pod(name, {...podSpec(), restartPolicy, schedulerName: 'none'})));
		}
		const select = async (fields: string) => namesOf(await ask({path: `${path('pods')}?fieldSelector=${encodeURIComponent(fields)}`}));
		expect(await select('spec.restartPolicy=Never')).toEqual(['once']);
		expect(await select('spec.nodeName=,spec.restartPolicy!=Never')).toEqual(['ever']);
		expect(await select('spec.nodeName=node-a')).toEqual([]);
	});

	test.each([
		['pods', 'spec.image=x', 'field label not supported: spec.image'],
		['configmaps', 'data.color=x', '"data.color" is not a known field selector: only "metadata.name", "metadata.namespace"'],
		['deployments', 'status.phase=x', '"status.phase" is not a known field selector: only "metadata.name", "metadata.namespace"'],
		['pods', 'metadata.name', "invalid selector: 'metadata.name'; can't understand 'metadata.name'"],
	] as const)('%s are not selected by %j', async (plural, selector, message) => {
		const {ask, path} = await open();
		expect(await ask({path: `${path(plural)}?fieldSelector=${encodeURIComponent(selector)}`})).toMatchObject(
			refusal(400, 'BadRequest', message),
		);
	});
};
