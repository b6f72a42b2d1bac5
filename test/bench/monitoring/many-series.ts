import {execFileSync} from 'node:child_process';
import {once} from 'node:events';
import {createWriteStream, mkdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import type {Beside} from '../../cluster/beside.ts';
import {binaryPath} from '../../cluster/binaries.ts';

export type ManySeries = {
	readonly series: number;
	readonly days: number;
	readonly stepSeconds: number;
	/** Of the last sample, a multiple of the step. */
	readonly endSeconds: number;
};

/** Series of one group are asked for together. */
export const groupSize = 500;

/** A load that goes by the day, each series at a level and an hour of its own, with noise that is the same whenever it is written. */
function load(series: number, seconds: number): number {
	const noise = ((Math.imul(series * 7919 + (seconds / 60) * 104_729, 2_654_435_761) >>> 8) % 1000) / 1000;
	return 10 + (series % 97) + (3 + (series % 5)) * Math.sin((2 * Math.PI * (seconds + series * 61)) / 86_400) + noise;
}

/** Writes them as blocks that a Prometheus begins with: line by line, since the whole text is larger than the memory. @returns their folder */
export async function writeManySeries({series, days, stepSeconds, endSeconds}: ManySeries, {folder}: Beside): Promise<string> {
	const [written, data] = [join(folder, 'many.txt'), join(folder, 'many')];
	const out = createWriteStream(written);
	const first = endSeconds - Math.floor((days * 86_400) / stepSeconds) * stepSeconds;
	for (let one = 0; one < series; one++) {
		const name = `load{group="${Math.floor(one / groupSize)}",number="${one}"}`;
		let text = '';
		for (let at = first; at <= endSeconds; at += stepSeconds) text += `${name} ${load(one, at).toFixed(3)} ${at}\n`;
		if (!out.write(text)) await once(out, 'drain');
	}
	out.end('# EOF\n');
	await once(out, 'finish');
	mkdirSync(data);
	// It reads the whole text once for each block.
	const flags = ['--quiet', '--max-block-duration=31d'];
	execFileSync(binaryPath('promtool'), ['tsdb', 'create-blocks-from', ...flags, 'openmetrics', written, data]);
	rmSync(written);
	return data;
}
