import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {stringify} from 'yaml';
import {until} from '../servers/until.ts';
import type {Beside} from './beside.ts';
import {freePorts} from './free-ports.ts';

type Options = {
	/** Its whole configuration, as YAML; without one every alert goes to a receiver that tells nobody, at once. */
	readonly config?: string;
};

const tellsNobody = stringify({
	route: {receiver: 'nobody', group_by: ['...'], group_wait: '0s', group_interval: '1s'},
	receivers: [{name: 'nobody'}],
});

/** Starts one Alertmanager without peers beside a control plane, with which it stops. @returns its URL, when it is ready */
export async function startAlertmanager(beside: Beside, {config = tellsNobody}: Options = {}): Promise<{readonly url: string}> {
	const [port] = await freePorts(1);
	const folder = join(beside.folder, `alertmanager-${port}`);
	mkdirSync(folder);
	const file = join(folder, 'alertmanager.yml');
	writeFileSync(file, config);
	beside.run({
		name: 'alertmanager',
		args: [
			`--config.file=${file}`,
			`--storage.path=${join(folder, 'data')}`,
			`--web.listen-address=127.0.0.1:${port}`,
			// Alone, and so on no other port.
			'--cluster.listen-address=',
			'--log.level=warn',
		],
	});
	const url = `http://127.0.0.1:${port}`;
	await until({url}, {path: '/-/ready'}, ({status}) => status === 200, {signal: beside.signal});
	return {url};
}
