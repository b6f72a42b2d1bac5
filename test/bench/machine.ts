import {execFileSync} from 'node:child_process';
import {cpus, loadavg, release, totalmem, type} from 'node:os';
import packageJson from '../../package.json' with {type: 'json'};
import type {Machine} from './result.ts';

/** The machine and the versions that numbers belong to. */
export function readMachine(kubectl: string): Machine {
	const {clientVersion}: {clientVersion: {gitVersion: string}} = JSON.parse(
		execFileSync(kubectl, ['version', '--client', '-o', 'json'], {encoding: 'utf8'}),
	);
	return {
		cpu: cpus()[0]?.model ?? 'unknown',
		cores: cpus().length,
		memoryGb: Math.round(totalmem() / 1e9),
		kernel: `${type()} ${release()}`,
		busy: loadavg()[0] ?? 0,
		node: process.version,
		kubernetes: clientVersion.gitVersion,
		mkcoa: packageJson.version,
	};
}
