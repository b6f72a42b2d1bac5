import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {withDiscovery} from '../../../support/client-world.ts';
import {scriptedServer} from '../../../support/scripted-server.ts';

/** A pod of about 7.9 KB, the size of an ordinary one with its status and managed fields. */
const pod = (index: number) => ({
	metadata: {name: `pod-${index}`, namespace: `team-${index % 40}`, uid: `uid-${index}`, labels: {app: `app-${index % 300}`}},
	spec: {
		containers: Array.from({length: 4}, (_, at) => ({
			name: `c${at}`,
			image: `registry/app:${index}`,
			env: Array.from({length: 20}, (_none, key) => ({name: `VARIABLE_${key}`, value: `value ${index} ${key}`})),
		})),
	},
	status: {
		phase: 'Running',
		conditions: Array.from({length: 6}, (_, at) => ({type: `Condition${at}`, status: 'True', message: `message ${index}`.repeat(6)})),
	},
});

const clientCode = (base: URL, server: string) => `
const {readFile} = await import('node:fs/promises');
const {connect} = await import(${JSON.stringify(new URL('src/mcp/kubernetes/client/connect.ts', base).href)});
const {systemClock} = await import(${JSON.stringify(new URL('src/core/clock.ts', base).href)});
const kubeconfig = {
	currentContext: 'c',
	contexts: new Map([['c', {name: 'c', cluster: 'c', user: '', source: ''}]]),
	clusters: new Map([['c', {name: 'c', server: ${JSON.stringify(server)}, skipTlsVerify: false, disableCompression: false}]]),
	users: new Map(),
	sources: [],
};
const {cluster, close} = await connect({kubeconfig, clock: systemClock(), environment: {}, interactive: false, learn() {}, warn() {}});
let count = 0;
for await (const {metadata} of cluster.each({type: await cluster.typeOf('pods')})) count += metadata.name.length > 0 ? 1 : 0;
await close();
// Linux counts the memory of the process that started this one into maxRSS, but not into the high-water mark of its own pages.
const own = await readFile('/proc/self/status', 'utf8').then(text => Number(/^VmHWM:\\s+(\\d+) kB/m.exec(text)[1]), () => process.resourceUsage().maxRSS);
console.log(JSON.stringify({count, peakMb: Math.round(own / 1024)}));
`;

test.each([true, false])('5,000 pods go through each() in less than 150 MB for the whole process (compressed: %s)', async compressed => {
	const pages = Array.from({length: 10}, (_, page) => {
		const items = Array.from({length: 500}, (_none, index) => pod(page * 500 + index));
		const body = Buffer.from(
			JSON.stringify({kind: 'PodList', metadata: {resourceVersion: '1', continue: page === 9 ? '' : String(page + 1)}, items}),
		);
		return compressed ? gzipSync(body) : body;
	});
	const server = await scriptedServer(
		withDiscovery(({query}, response) => {
			response.writeHead(200, compressed ? {'content-encoding': 'gzip'} : {}).end(pages[Number(query.continue ?? 0)]);
		}),
	);
	const {stdout} = await promisify(execFile)(process.execPath, [
		'--input-type=module',
		'-e',
		clientCode(new URL('../../../../', import.meta.url), server.url),
	]);
	const {count, peakMb} = JSON.parse(stdout);
	expect(count).toBe(5000);
	expect(peakMb).toBeLessThan(150);
});
