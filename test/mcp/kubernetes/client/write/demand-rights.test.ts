import {expect, test} from 'vitest';
import type {Write} from '../../../../../src/core/plan.ts';
import {preconditionOf} from '../../../../../src/core/road/precondition.ts';
import {clientOf, troubleFrom, withDiscovery} from '../../../../support/client-world.ts';
import {refuse, respond, scriptedServer} from '../../../../support/scripted-server.ts';

type Attributes = {
	readonly verb: string;
	readonly group: string;
	readonly resource: string;
	readonly subresource?: string;
	readonly name?: string;
};
const asText = ({verb, group, resource, subresource, name}: Attributes) =>
	[verb, [resource, group].filter(Boolean).join('.') + (subresource === undefined ? '' : `/${subresource}`), name]
		.filter(Boolean)
		.join(' ');

const web = {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'};
const settings = {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'settings'};
const pod = {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1'};
const manifest = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'settings'}};

/** A server that grants what `grants` says, by the words of `asText`. */
async function demand(writes: readonly Write[], grants: (right: string) => boolean) {
	const asked: string[] = [];
	const server = await scriptedServer(
		withDiscovery(({body}, response) => {
			const review: {readonly spec: {readonly resourceAttributes: Attributes}} = JSON.parse(body);
			const {resourceAttributes} = review.spec;
			asked.push(asText(resourceAttributes));
			return respond(response, {status: {allowed: grants(asText(resourceAttributes))}}, 201);
		}),
	);
	const {effector} = await clientOf(server.url);
	const plan = {steps: [{title: 'all', writes}], preconditions: writes.map(({ref}) => preconditionOf(undefined, ref))};
	return {demanded: effector.demandRights(plan), asked};
}

test.each<[string, Write, readonly string[]]>([
	['an apply that creates', {op: 'apply', ref: settings, manifest}, ['patch configmaps', 'create configmaps']],
	['a creation', {op: 'create', ref: settings, manifest}, ['create configmaps']],
	['a replacement', {op: 'replace', ref: settings, manifest}, ['update configmaps']],
	['a deletion', {op: 'delete', ref: web}, ['delete deployments.apps']],
	['a scaling', {op: 'patch', ref: web, type: 'merge', patch: {}, subresource: 'scale'}, ['patch deployments.apps/scale']],
	['an eviction', {op: 'evict', ref: pod}, ['create pods/eviction']],
	['a program', {op: 'exec', ref: pod, command: ['ls']}, ['get pods/exec', 'create pods/exec']],
])('%s needs its own rights', async (_name, write, rights) => {
	const {demanded, asked} = await demand([write], () => true);
	await demanded;
	expect(asked).toEqual(rights);
});

test('a right is asked for once, whatever number of objects needs it', async () => {
	const writes = ['a', 'b', 'c'].map((name): Write => ({op: 'delete', ref: {...settings, name}}));
	const {demanded, asked} = await demand(writes, () => true);
	await demanded;
	expect(asked).toEqual(['delete configmaps']);
});

test('a right to one object alone is enough for that object', async () => {
	const {demanded, asked} = await demand([{op: 'delete', ref: web}], right => right === 'delete deployments.apps web');
	await demanded;
	expect(asked).toEqual(['delete deployments.apps', 'delete deployments.apps web']);
});

test('every right that is missing is named, and the role to ask for', async () => {
	const writes: readonly Write[] = [
		{op: 'delete', ref: settings},
		{op: 'patch', ref: web, type: 'merge', patch: {}, subresource: 'scale'},
		{op: 'patch', ref: web, type: 'merge', patch: {}},
	];
	const {demanded} = await demand(writes, right => right.startsWith('patch deployments.apps') && !right.includes('/'));
	expect(await troubleFrom(demanded)).toEqual({
		kind: 'auth',
		code: 'not-allowed',
		what: 'jane may not delete configmaps "settings" in namespace shop, nor patch deployments.apps/scale "web" in namespace shop',
		why: 'the cluster grants no such right, so nobody was asked and nothing was changed',
		next: 'Ask for a role that allows delete on configmaps, patch on deployments.apps/scale; what you may do shows mkcoa k8s permissions -n shop',
	});
});

test('a kind that the plan itself defines is not asked for', async () => {
	const gadget = {apiVersion: 'example.org/v1', kind: 'Gadget', namespace: 'shop', name: 'g'};
	const {demanded, asked} = await demand([{op: 'delete', ref: gadget}], () => false);
	await demanded;
	expect(asked).toEqual([]);
});

test('a server that does not tell lets it pass', async () => {
	const server = await scriptedServer(withDiscovery((_seen, response) => refuse(response, 403, 'Forbidden')));
	const {effector} = await clientOf(server.url);
	await effector.demandRights({steps: [{title: 'one', writes: [{op: 'delete', ref: web}]}], preconditions: []});
	expect(server.seen.filter(({path}) => path.includes('selfsubjectaccessreviews'))).toHaveLength(1);
});
