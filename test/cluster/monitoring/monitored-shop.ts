import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {stringify} from 'yaml';
import {startSandbox} from '../../../src/sandbox/start.ts';
import {request} from '../../servers/request.ts';
import {until} from '../../servers/until.ts';
import {runMkcoa} from '../../support/host.ts';
import {startAlertmanager} from '../alertmanager.ts';
import {type Beside, besideNothing} from '../beside.ts';
import {blocksOf, startPrometheus} from '../prometheus.ts';
import {type Gate, gateBefore} from '../traffic/gate.ts';
import {type DrawnSeries, drawnPast, drawnPresent, type SimulatedShop, serveTarget, simulatedShop} from './simulated-shop.ts';

/** A scrape that takes longer than its second ends a series for that second, and must not end an alert. */
const served = 'max by (namespace) (max_over_time(http_requests_total{namespace="shop"}[5m]))';
const severity = 'warning';
const rules = stringify({
	groups: [
		{
			name: 'shop',
			rules: [
				{alert: 'ShopServes', expr: `${served} > 0`, labels: {severity}, annotations: {summary: 'Somebody asks the shop'}},
				{alert: 'ShopWaits', expr: `${served} > 0`, for: '1h', labels: {severity}},
				{alert: 'ShopRests', expr: `${served} < 0`},
				{record: 'shop:http_requests:rate2m', expr: 'sum(rate(http_requests_total{namespace="shop"}[2m]))'},
			],
		},
	],
});

/** A server, and the gate through which mkcoa goes to it. */
type Gated = {readonly url: string; readonly gate: Gate};

/** What a command said: `err`, and of its outcome what there is. */
type Said = {
	readonly code: number;
	readonly err: string;
	readonly output?: unknown;
	readonly plan?: unknown;
	readonly error?: unknown;
};

export type MonitoredShop = Pick<Beside, 'signal'> & {
	readonly shop: SimulatedShop;
	readonly prometheus: Gated;
	readonly alertmanager: Gated;
	/** Id of a silence that is about no alert there is. */
	readonly silence: string;
	/** `HOST:PORT` of the target that stays. */
	readonly target: string;
	/** Its series end. */
	readonly endGoing: () => void;
	/** Where a command line is run, and its flags that say so. */
	readonly place: Pick<Parameters<typeof runMkcoa>[1], 'folder' | 'clock'>;
	readonly flags: readonly string[];
	/** Words of a command line without spaces in one; `SILENCE` stands for the id of the silence. */
	readonly mkcoa: (words: string, more?: readonly string[]) => Promise<Said>;
	/** Waits until a query has so many series. */
	readonly answers: (query: string, count: number) => Promise<unknown>;
	readonly stop: () => Promise<void>;
};

type Drawing = {readonly text?: string; readonly drawn?: (pod: string) => readonly DrawnSeries[]};

/**
 * The embedded shop, whose past and present are in a real Prometheus with rules, and a real Alertmanager that is told of its alerts.
 * @param text what the target tells beside the shop's present
 * @param drawn series that have a past, too, given the name of a pod of web
 */
export async function startMonitoredShop({text = '', drawn = () => []}: Drawing): Promise<MonitoredShop> {
	const [beside, sandbox] = await Promise.all([besideNothing(), startSandbox({scenario: 'shop'})]);
	const shop = simulatedShop(sandbox);
	const folder = await mkdtemp(join(tmpdir(), 'mkcoa-monitoring-'));
	const config = join(folder, 'config', 'mkcoa');
	await mkdir(config, {recursive: true});
	const [kubeconfig, ruleFile] = [join(folder, 'kubeconfig.yaml'), join(folder, 'rules.yaml')];
	await Promise.all([writeFile(kubeconfig, sandbox.kubeconfig, {mode: 0o600}), writeFile(ruleFile, rules)]);
	const pod = /pod="(?<name>web-[^"]+)"/.exec(await shop.present('web-'))?.groups?.name ?? '';
	const series = drawn(pod);
	const stays = await serveTarget(async () => `${await shop.present('web-')}${text}${drawnPresent(series)}`);
	const goes = await serveTarget(() => 'goes_away 1\n');
	const scraped = {job: 'traffic', instance: stays.target};
	const past = await shop.past('web-', scraped);
	const data = blocksOf(`${drawnPast(series, scraped)}${past}`, beside);
	const manager = await startAlertmanager(beside);
	const server = await startPrometheus(beside, {
		...{targets: [stays.target, goes.target], data, outOfOrder: true},
		...{rules: [ruleFile], alertmanager: manager.url},
	});
	const prometheus = {url: server.url, gate: await gateBefore(server.url)};
	const alertmanager = {url: manager.url, gate: await gateBefore(manager.url)};
	await writeFile(join(config, 'monitoring.yaml'), stringify({backends: {alerts: {type: 'alertmanager', url: alertmanager.gate.url}}}));
	const [place, flags] = [{folder, clock: sandbox.clock}, ['-n', 'shop', '--kubeconfig', kubeconfig, '--prometheus', prometheus.gate.url]];
	const silence = await silenced(manager.url);
	await until(manager, {path: '/api/v2/alerts'}, ({text}) => JSON.parse(text).length === 1, {limitMs: 30_000, signal: beside.signal});
	return {
		...{shop, prometheus, alertmanager, silence, target: stays.target, endGoing: goes.close, place, flags, signal: beside.signal},
		async mkcoa(words, given = []) {
			const asked = words.split(' ').map(word => (word === 'SILENCE' ? silence : word));
			const {code, out, err} = await runMkcoa([...asked, ...flags, '--json', ...given], place);
			return {code, err, ...(out === '' ? {} : JSON.parse(out))};
		},
		answers: (query, count) =>
			until(server, {path: `/api/v1/query?${new URLSearchParams({query})}`}, ({text}) => JSON.parse(text).data?.result?.length === count, {
				limitMs: 30_000,
				signal: beside.signal,
			}),
		async stop() {
			await beside.stop();
			await Promise.all([prometheus.gate.close(), alertmanager.gate.close()]);
			for (const target of [stays, goes]) target.close();
			await sandbox.stop();
			await rm(folder, {recursive: true, force: true});
		},
	};
}

async function silenced(url: string): Promise<string> {
	const now = Date.now();
	const [startsAt, endsAt] = [now, now + 3_600_000].map(ms => new Date(ms).toISOString());
	const matchers = [{name: 'alertname', value: 'Nobody', isRegex: false, isEqual: true}];
	const body = {matchers, startsAt, endsAt, createdBy: 'ada', comment: 'known'};
	return JSON.parse((await request({url}, {method: 'POST', path: '/api/v2/silences', body})).text).silenceID;
}

/** Asks with a server that hears and does not answer, then with nobody there, then with all as it was. */
export async function whileAway({gate}: Gated, ask: {readonly [when in 'deaf' | 'gone' | 'back']: () => Promise<void>}) {
	gate.deafen();
	try {
		await ask.deaf();
	} finally {
		await gate.close();
		await gate.open();
	}
	await gate.close();
	try {
		await ask.gone();
	} finally {
		await gate.open();
	}
	await ask.back();
}
