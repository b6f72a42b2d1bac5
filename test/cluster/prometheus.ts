import {execFileSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {stringify} from 'yaml';
import {request} from '../servers/request.ts';
import {until} from '../servers/until.ts';
import type {Beside} from './beside.ts';
import {binaryPath} from './binaries.ts';
import {freePorts} from './free-ports.ts';

type Options = {
	/** Each `HOST:PORT` is scraped at `/metrics` once a second. */
	readonly targets?: readonly string[];
	/** Folder with blocks to begin with. */
	readonly data?: string;
	/** It also scrapes itself, native histograms among them. */
	readonly itself?: boolean;
	/** Paths of files of rules, which are evaluated once a second; a `*` may be in the last part. `reloaded` reads them again. */
	readonly rules?: readonly string[];
	/** URL of the Alertmanager that is told of alerts. */
	readonly alertmanager?: string;
	/** Samples are also sent to it, over OTLP, and may be an hour late. */
	readonly outOfOrder?: boolean;
};

/** Starts Prometheus beside a control plane, with which it stops. @returns its URL, when it answers queries */
export async function startPrometheus(
	plane: Beside,
	{targets = [], data, itself = false, rules = [], alertmanager, outOfOrder = false}: Options,
): Promise<{readonly url: string}> {
	const [port] = await freePorts(1);
	const folder = join(plane.folder, `prometheus-${port}`);
	mkdirSync(folder);
	const config = join(folder, 'prometheus.yml');
	const scraped = {job_name: 'traffic', honor_labels: true, static_configs: [{targets}]};
	writeFileSync(
		config,
		stringify({
			global: {scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s'},
			rule_files: rules,
			...(outOfOrder ? {storage: {tsdb: {out_of_order_time_window: '1h'}}} : {}),
			...(alertmanager === undefined ? {} : {alerting: {alertmanagers: [{static_configs: [{targets: [new URL(alertmanager).host]}]}]}}),
			scrape_configs: [
				...(targets.length === 0 ? [] : [scraped]),
				...(itself ? [{job_name: 'itself', scrape_native_histograms: true, static_configs: [{targets: [`127.0.0.1:${port}`]}]}] : []),
			],
		}),
	);
	plane.run({
		name: 'prometheus',
		args: [
			`--config.file=${config}`,
			`--storage.tsdb.path=${data ?? join(folder, 'data')}`,
			// Blocks of a fixed past must not be thrown away.
			'--storage.tsdb.retention.time=100y',
			`--web.listen-address=127.0.0.1:${port}`,
			'--web.enable-lifecycle',
			// An alert that fires before the Alertmanager is discovered is told to nobody, and again only after this time: a minute if left out.
			'--rules.alert.resend-delay=5s',
			...(outOfOrder ? ['--web.enable-otlp-receiver'] : []),
			'--log.level=warn',
		],
	});
	const url = `http://127.0.0.1:${port}`;
	await until({url}, {path: '/-/ready'}, ({status}) => status === 200, {signal: plane.signal});
	return {url};
}

/** Makes it read its configuration and its rules again. @throws what it says where they are wrong */
export async function reloaded(url: string) {
	const {status, text} = await request({url}, {method: 'POST', path: '/-/reload'});
	if (status !== 200) throw new Error(`Prometheus does not load its configuration: ${text}`);
}

/** Writes samples as blocks that a Prometheus begins with. @returns their folder, for `data` */
export function blocksOf(openMetrics: string, {folder}: Beside): string {
	const [written, data] = [join(folder, 'data.txt'), join(folder, 'data')];
	writeFileSync(written, openMetrics);
	mkdirSync(data);
	// It reads the whole text once for each block.
	execFileSync(binaryPath('promtool'), ['tsdb', 'create-blocks-from', '--quiet', '--max-block-duration=31d', 'openmetrics', written, data]);
	return data;
}
