import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect} from 'vitest';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import {openShop, type Shop} from '../support/shop.ts';
import {bytesBelow, leaksIn, planted} from './planted.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const metadata = (name: string, annotations = {}) => ({name, namespace: 'shop', annotations});
const lastApplied = (object: object) => ({'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(object)});

const secret = (name: string, data: {readonly [key: string]: string}): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Secret',
	metadata: metadata(name, lastApplied({apiVersion: 'v1', kind: 'Secret', metadata: {name}, stringData: {password: planted.applied}})),
	type: 'Opaque',
	data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, base64(value)])),
});

const till: KubeObject = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: metadata('till', {
		...lastApplied({kind: 'Deployment', spec: {env: [{name: 'DB_PASSWORD', value: planted.applied}]}}),
		'example.com/api-token': planted.annotation,
		'example.com/link': `https://shop:${planted.annotation}@example.com/`,
	}),
	spec: {
		replicas: 2,
		selector: {matchLabels: {app: 'till'}},
		template: {
			metadata: {labels: {app: 'till'}},
			spec: {
				containers: [
					{
						name: 'till',
						image: 'registry.example/shop/till:1.0.0',
						args: ['--listen=:8080', `--api-key=${planted.argument}`],
						env: [
							{name: 'LOG_LEVEL', value: 'info'},
							{name: 'DB_PASSWORD', value: planted.env},
						],
					},
				],
			},
		},
	},
};

/** A file inside a ConfigMap, with a password among settings. */
export const appYaml = (host: string) =>
	`database:\n  host: ${host}\n  password: ${planted.file}\nmail:\n  url: smtp://till:${planted.file}@mail/\n`;

const warning: KubeObject = {
	apiVersion: 'v1',
	kind: 'Event',
	metadata: metadata('till.1'),
	involvedObject: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'till', namespace: 'shop'},
	type: 'Warning',
	reason: 'Unreachable',
	message: `cannot reach postgres://till:${planted.event}@database.shop:5432/till`,
	count: 3,
	firstTimestamp: new Date().toISOString(),
	lastTimestamp: new Date().toISOString(),
};

const logLines = [`2026-01-01T00:00:00Z connecting with password=${planted.log}`, `2026-01-01T00:00:01Z seen ${planted.token} in a header`];

/** The embedded shop with secrets planted wherever people leave them, reached by a user whose token is one, too. */
export async function vaultShop(): Promise<Shop & {readonly planFile: string; readonly manifest: (text: string) => Promise<string>}> {
	const shop = await openShop({hasty: true, tokens: {[planted.token]: {name: 'admin', groups: ['system:masters']}}});
	const {machine} = shop.sandbox;
	for (const object of [secret('vault', {username: 'till', password: planted.data}), till, warning]) machine.create(object, 'kubectl');
	machine.create({
		apiVersion: 'v1',
		kind: 'ConfigMap',
		metadata: metadata('till'),
		data: {'db.password': planted.env, 'app.yaml': appYaml('a'), mood: 'calm'},
	});
	machine.extend({podLogs: () => logLines});
	await shop.settled();
	return {
		...shop,
		planFile: join(shop.folder, 'plan'),
		async manifest(text) {
			const file = join(shop.folder, 'manifest.yaml');
			await writeFile(file, text);
			return file;
		},
	};
}

/** Fails with the names of the values that were printed, and the command that printed them. */
export function expectNoLeak(words: readonly string[], printed: {readonly out: string; readonly err: string; readonly shown?: string}) {
	const command = words.join(' ');
	const leaks = {out: leaksIn(printed.out), err: leaksIn(printed.err), shown: leaksIn(printed.shown ?? '')};
	const shown = Object.values(leaks).flat().length === 0 ? '' : JSON.stringify(printed, null, 1);
	expect({command, ...leaks, printed: shown}).toEqual({command, out: [], err: [], shown: [], printed: ''});
}

/** No planted value stands in any byte of the user's state. */
export const expectCleanState = ({folder}: Shop) => expect(leaksIn(bytesBelow(join(folder, 'state')))).toEqual([]);
