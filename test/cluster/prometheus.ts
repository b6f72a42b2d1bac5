import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {stringify} from 'yaml';
import {until} from '../servers/until.ts';
import type {Binary} from './binaries.ts';
import type {ControlPlane} from './control-plane.ts';
import {freePorts} from './free-ports.ts';

type Options = {
	/** Each `HOST:PORT` is scraped at `/metrics` once a second. */
	readonly targets?: readonly string[];
	/** Folder with blocks to begin with. */
	readonly data?: string;
	/** It also scrapes itself, native histograms among them. */
	readonly itself?: boolean;
};

/** What of a control plane it needs. */
type Beside = Pick<ControlPlane, 'folder' | 'signal'> & {
	readonly run: (program: {readonly name: Binary; readonly args: readonly string[]}) => void;
};

/** Starts Prometheus beside a control plane, with which it stops. @returns its URL, when it answers queries */
export async function startPrometheus(plane: Beside, {targets = [], data, itself = false}: Options): Promise<{readonly url: string}> {
	const [port] = await freePorts(1);
	const folder = join(plane.folder, `prometheus-${port}`);
	mkdirSync(folder);
	const config = join(folder, 'prometheus.yml');
	const scraped = {job_name: 'traffic', honor_labels: true, static_configs: [{targets}]};
	writeFileSync(
		config,
		stringify({
			global: {scrape_interval: '1s', scrape_timeout: '1s'},
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
			'--log.level=warn',
		],
	});
	const url = `http://127.0.0.1:${port}`;
	await until({url}, {path: '/-/ready'}, ({status}) => status === 200, {signal: plane.signal});
	return {url};
}
