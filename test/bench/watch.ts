/**
 * Measures how soon `mkcoa incident watch` tells a fault on the real control plane: `npm run bench:watch -- [--pods N] [--faults N]`. Each fault breaks a
 * Service that led to pods; the time counts from before the request is sent to the line that tells of it. `--profile FOLDER` leaves a CPU profile of the
 * watching process there, `--program FILE` measures another build too, on the same cluster, and may be given again. `--busy` measures where others want the
 * machine, too, and the control plane comes to rest late. Linux, Go and `npm run cluster:build` are needed.
 */
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {Agent} from 'node:https';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {parseArgs} from 'node:util';
import {auditedRequests} from '../cluster/audit.ts';
import {type ControlPlane, startControlPlane} from '../cluster/start.ts';
import {type Endpoint, request} from '../servers/request.ts';
import {populate} from './load/populate.ts';
import {cpuSeconds, untilQuiet} from './load/quiet.ts';

const fromRoot = (path: string) => join(import.meta.dirname, '../..', path);
const say = (line: string) => process.stderr.write(`${line}\n`);
const namespaceOf = (index: number) => `load-${String(index % 10).padStart(2, '0')}`;

async function asked(admin: Endpoint, method: string, path: string, body: object): Promise<void> {
	const headers = method === 'PATCH' ? {'content-type': 'application/merge-patch+json'} : {};
	const {status, text} = await request(admin, {
		method,
		path,
		body: JSON.stringify(body),
		headers: {'content-type': 'application/json', ...headers},
	});
	if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text.slice(0, 300)}`);
}

/** A Service for each fault. */
async function furnish(admin: Endpoint, faults: number): Promise<void> {
	for (let index = 0; index < faults; index++)
		await asked(admin, 'POST', `/api/v1/namespaces/${namespaceOf(index)}/services`, {
			metadata: {name: `fault-${index}`},
			spec: {selector: {app: 'checkout-api'}, ports: [{name: 'http', port: 80, targetPort: 'http'}]},
		});
}

/** When the program began to look, and when its line came. */
type Told = {readonly heardMs: number; readonly lookedMs: number};

/** Lines of the program, by what they tell. */
function listen(child: ChildProcess) {
	const told = new Map<string, Told>();
	const waiting = new Map<string, (at: Told) => void>();
	if (child.stdout === null) throw new Error('the program has no standard output');
	createInterface({input: child.stdout}).on('line', line => {
		// Every line is JSON of the program, of which two fields are read.
		const {news, key = '', at = ''} = JSON.parse(line) as {readonly news?: string; readonly key?: string; readonly at?: string};
		const word = `${news} ${/Service\/[\w-]+\/[\w-]+/.exec(key)?.[0] ?? key}`;
		const now = {heardMs: Date.now(), lookedMs: Date.parse(at)};
		told.set(word, now);
		waiting.get(word)?.(now);
	});
	return (word: string) =>
		new Promise<Told>((resolve, reject) => {
			const at = told.get(word);
			if (at !== undefined) return resolve(at);
			waiting.set(word, resolve);
			setTimeout(() => reject(new Error(`a minute passed without: ${word}`)), 60_000).unref();
		});
}

const memoryOf = (pid: number) =>
	Object.fromEntries(
		[...readFileSync(`/proc/${pid}/status`, 'utf8').matchAll(/^(VmHWM|VmRSS):\s+(\d+) kB/gm)].map(([, name, kb]) => [
			name,
			Math.round(Number(kb) / 1024),
		]),
	);

const quantile = (sorted: readonly number[], share: number) =>
	Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN);

type Asked = {readonly pods: number; readonly faults: number; readonly busy: boolean; readonly profile?: string | undefined};

async function fill(plane: ControlPlane, {pods, faults}: Asked): Promise<Endpoint> {
	const admin = {url: plane.url, ca: plane.ca, token: plane.tokens.admin, agent: new Agent({keepAlive: true})};
	await populate(admin, pods, say, Math.ceil(pods / 10));
	await furnish(admin, faults);
	return admin;
}

type Watched = Asked & {readonly plane: ControlPlane; readonly admin: Endpoint; readonly folder: string; readonly program: string};

async function measure({plane, admin, folder, program, pods, faults, busy, profile}: Watched) {
	const pids = Object.values(plane.pids).filter(pid => pid !== undefined);
	const usedShare = await untilQuiet(pids, busy ? {limit: 0.5} : {});
	say(`the control plane uses ${Math.round(usedShare * 100)} % of a core`);
	const before = auditedRequests(plane.auditLog).length;
	const start = performance.now();
	const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
	const child = spawn(process.execPath, [...profiling, program, 'incident', 'watch', '--json'], {
		env: {PATH: process.env.PATH, HOME: folder, KUBECONFIG: plane.kubeconfig, MKCOA_LEARN_SECRETS: 'no'},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	process.once('exit', () => child.kill());
	const heard = listen(child);
	let readyMs = 0;
	for await (const line of createInterface({input: child.stderr})) {
		say(line);
		if (!line.startsWith('Watching')) continue;
		readyMs = performance.now() - start;
		break;
	}
	const reads = (from: number) =>
		auditedRequests(plane.auditLog)
			.slice(from)
			.filter(({verb}) => ['get', 'list', 'watch'].includes(verb)).length;
	const opening = reads(before);
	const delays: number[] = [];
	const toLook: number[] = [];
	const toServer: number[] = [];
	const quiet = auditedRequests(plane.auditLog).length;
	const pid = child.pid ?? 0;
	const usedSeconds = cpuSeconds(pid);
	for (let index = 0; index < faults; index++) {
		const [namespace, name] = [namespaceOf(index), `fault-${index}`];
		const path = `/api/v1/namespaces/${namespace}/services/${name}`;
		const sentMs = Date.now();
		await asked(admin, 'PATCH', path, {spec: {selector: {app: 'checkout-apl'}}});
		toServer.push(Date.now() - sentMs);
		const {heardMs, lookedMs} = await heard(`raised Service/${namespace}/${name}`);
		delays.push(heardMs - sentMs);
		toLook.push(lookedMs - sentMs);
		await asked(admin, 'PATCH', path, {spec: {selector: {app: 'checkout-api'}}});
		await heard(`healed Service/${namespace}/${name}`);
	}
	const cpuMs = (1000 * (cpuSeconds(pid) - usedSeconds)) / faults;
	const memory = memoryOf(pid);
	child.kill('SIGINT');
	await once(child, 'exit');
	const sorted = delays.toSorted((a, b) => a - b);
	return {
		program,
		pods,
		faults,
		readyMs: Math.round(readyMs),
		p50Ms: quantile(sorted, 0.5),
		p95Ms: quantile(sorted, 0.95),
		maxMs: quantile(sorted, 1),
		/** Median until the server had answered the request, and until the look began. */
		answeredMs: quantile(
			toServer.toSorted((a, b) => a - b),
			0.5,
		),
		lookedMs: quantile(
			toLook.toSorted((a, b) => a - b),
			0.5,
		),
		/** Of the watching process, for one fault that comes and goes. */
		cpuMsPerFault: Math.round(cpuMs),
		requestsToOpen: opening,
		requestsWhileWatching: reads(quiet),
		memoryMb: memory,
	};
}

async function main() {
	const {values} = parseArgs({
		options: {
			pods: {type: 'string', default: '5000'},
			faults: {type: 'string', default: '50'},
			busy: {type: 'boolean', default: false},
			profile: {type: 'string'},
			program: {type: 'string', multiple: true, default: [fromRoot('dist/mkcoa.js')]},
		},
	});
	const stop = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop.abort(new Error(`stopped by ${name}`)));
	const plane = await startControlPlane({say, signal: stop.signal});
	const folder = mkdtempSync(join(tmpdir(), 'mkcoa-bench-'));
	try {
		const asked = {pods: Number(values.pods), faults: Number(values.faults), busy: values.busy, profile: values.profile};
		const admin = await fill(plane, asked);
		for (const program of values.program) {
			// A home of its own: what one watch recorded the next one does not go on with.
			const home = mkdtempSync(join(folder, 'home-'));
			process.stdout.write(`${JSON.stringify(await measure({...asked, plane, admin, folder: home, program}), null, '\t')}\n`);
		}
	} finally {
		await plane.stop();
		rmSync(folder, {recursive: true, force: true});
	}
}

await main();
