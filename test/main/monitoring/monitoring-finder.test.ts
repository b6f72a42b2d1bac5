import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {systemClock} from '../../../src/core/clock.ts';
import {monitoringFinder} from '../../../src/main/monitoring/monitoring-finder.ts';
import {respond, scriptedServer} from '../../support/scripted-server.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';

const vector = {status: 'success', data: {resultType: 'vector', result: [{metric: {}, value: [1, '7']}]}};
const clock = systemClock();
const signal = new AbortController().signal;

test('the Prometheus of the command goes before what the file names; the rest comes from the file, read once', async () => {
	const [named, listed] = await Promise.all([
		scriptedServer((_, response) => respond(response, vector)),
		scriptedServer((_, response) => respond(response, [])),
	]);
	const home = await temporaryFolder();
	const file = join(home, '.config', 'mkcoa', 'monitoring.yaml');
	await mkdir(join(home, '.config', 'mkcoa'), {recursive: true});
	await writeFile(
		file,
		`backends:\n  prom: {type: prometheus, url: "http://127.0.0.1:1"}\n  am: {type: alertmanager, url: "${listed.url}"}\n`,
	);
	const cluster = {
		raw: async () => undefined,
		text: async () => undefined,
		target: async () => ({context: 'prod', cluster: '', clusterId: '', identity: ''}),
	};
	const monitoring = monitoringFinder({options: {prometheus: named.url}, cluster, host: {env: {}, home, clock}, learn() {}, signal});
	const {metrics} = await monitoring.metrics();
	expect(await metrics?.query('up')).toMatchObject([{value: 7}]);
	const {port} = await monitoring.alertmanager();
	expect(await port?.alerts()).toEqual([]);
	await writeFile(file, 'backends: {}\n');
	expect(await monitoring.alertmanager()).toEqual({port});
});

test('what could not be found is looked for again by whoever asks next', async () => {
	const answers = [Promise.reject(new Error('the API server is away')), Promise.resolve(undefined)];
	const cluster = {raw: () => answers.shift() ?? Promise.resolve(undefined), text: async () => undefined, target: () => Promise.reject()};
	const monitoring = monitoringFinder({options: {}, cluster, host: {env: {}, home: undefined, clock}, learn() {}, signal});
	await expect(monitoring.metrics()).rejects.toThrow('the API server is away');
	expect(await monitoring.metrics()).toMatchObject({why: expect.any(String)});
});
